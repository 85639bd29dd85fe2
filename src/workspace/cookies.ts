/**
 * Cookies: files that are made in a directory of our own to learn when events have been seen. When a cookie was told,
 * and the tree has caught up with it, everything that was written before the cookie has been told.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled, PresyncError } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import { workspaceLimits } from './limits.ts';
import type { WatchedTree } from './watchBackend.ts';

export class Cookies {
  readonly #directory: string;
  readonly #waiting = new Map<string, () => void>();

  /** @param directory private to the user and never in a context; made if need be */
  constructor(directory: string) {
    this.#directory = directory;
    this.#make();
  }

  /** A watcher saw this file in the directory. */
  seen(name: string): void {
    this.#waiting.get(name)?.();
  }

  /** Makes a cookie and waits for its event: true when it came, false when it does not come. CANCELLED. */
  async crumb(tree: WatchedTree, signal?: AbortSignal): Promise<boolean> {
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
      const came = await Promise.race([seen, late]);
      if (signal?.aborted) throw cancelled(signal.reason);
      if (came) await tree.caughtUp(signal);
      else this.#mend(tree);
      return came;
    } catch (error) {
      if (error instanceof PresyncError) throw error;
      this.#mend(tree);
      return false;
    } finally {
      patience.abort();
      this.#waiting.delete(name);
      await rm(path, { force: true }).catch(() => {});
    }
  }

  /** The directory may have been removed. */
  #mend(tree: WatchedTree): void {
    this.#make();
    tree.watchCookies();
  }

  #make(): void {
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    } catch {
      // It is not to be had: no cookie comes, which `crumb` tells.
    }
  }
}
