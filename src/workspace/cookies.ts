/**
 * Cookies: files that are made in a directory of our own to learn when events have been seen.
 *
 * On Linux every fs.watch of a thread shares one inotify instance, whose events come in order: when a cookie's event
 * is here, everything that was written before the cookie has been told. Elsewhere events of different folders come in
 * no order, so a pause follows that is longer than they usually take.
 */
import { randomBytes } from 'node:crypto';
import type { FSWatcher } from 'node:fs';
import { mkdirSync, watch } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../base/disposable.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import { workspaceLimits } from './limits.ts';

export class Cookies implements Disposable {
  readonly #directory: string;
  readonly #waiting = new Map<string, () => void>();
  /** Undefined while the directory cannot be watched. */
  #watcher: FSWatcher | undefined;
  #disposed = false;

  /** @param directory private to the user and never in a context; made if need be */
  constructor(directory: string) {
    this.#directory = directory;
    this.#watch();
  }

  /** Makes a cookie and waits for its event: true when it came, false when it does not come. CANCELLED. */
  async crumb(signal?: AbortSignal): Promise<boolean> {
    const name = `${process.pid}-${randomBytes(8).toString('hex')}`;
    const path = join(this.#directory, name);
    const patience = new AbortController();
    const end = signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]);
    const seen = new Promise<true>((resolve) => this.#waiting.set(name, () => resolve(true)));
    try {
      await writeFile(path, '', { mode: 0o600 });
      const late = delay(workspaceLimits.cookieLongest, end).then(
        () => false,
        () => false,
      );
      const came = this.#watcher !== undefined && (await Promise.race([seen, late]));
      if (signal?.aborted) throw cancelled(signal.reason);
      if (came && process.platform !== 'linux') await delay(workspaceLimits.unorderedEvents, signal);
      if (!came) this.#watch();
      return came;
    } catch (error) {
      if (error instanceof PresyncError) throw error;
      this.#watch();
      return false;
    } finally {
      patience.abort();
      this.#waiting.delete(name);
      await rm(path, { force: true }).catch(() => {});
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#watcher?.close();
  }

  /** Watches the directory, also if it was removed meanwhile. When that fails no cookie is seen, which `crumb` tells. */
  #watch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    if (this.#disposed) return;
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
      this.#watcher = watch(this.#directory, { persistent: false }, (_, name) => {
        if (name !== null) this.#waiting.get(name)?.();
      });
      this.#watcher.on('error', () => {});
    } catch {
      // Out of watches or watchers, or a directory that is not to be had.
    }
  }
}
