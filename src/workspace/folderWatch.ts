import { sep } from 'node:path';
import { watch } from 'chokidar';
import type { Disposable } from '../base/disposable.ts';

export interface FolderEvents {
  /** Something of this name, directly in the folder; or the folder itself, which tells its own name; or who knows. */
  changed(name: string | undefined): void;
  failed(error: unknown): void;
}

/**
 * Watches one folder, and nothing below it, with a chokidar of its own.
 *
 * One chokidar for a whole tree would be simpler, but cannot be relied on: it lists a new folder first and watches it
 * later, so that a folder made in between is never watched; one that is deleted and made again keeps its dead watch;
 * and nothing tells when a watch is in place. Of a single folder `ready` tells just that. It is lighter as well, since
 * nothing is remembered of what is in the folder.
 */
export class FolderWatch implements Disposable {
  /** Resolves when the watch is in place, has failed, or is disposed. */
  readonly ready: Promise<void>;
  #settle = (): void => {};
  readonly #watcher: ReturnType<typeof watch>;

  constructor(path: string, events: FolderEvents) {
    const folder = sep === '/' ? path : path.replaceAll(sep, '/');
    this.#watcher = watch(folder, {
      // Files raise raw events through their folder, so that they need no watches.
      ignored: (other: string) => other !== folder,
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
    });
    this.#watcher.on('raw', (_event, name: string | null, details) => {
      // When told to poll (by its environment variable), chokidar names no folder.
      const { watchedPath } = details as { watchedPath?: string };
      if (watchedPath === folder) events.changed(name ?? undefined);
      else if (watchedPath === undefined) events.changed(undefined);
    });
    this.#watcher.on('error', (error) => events.failed(error));
    this.ready = new Promise((resolve) => (this.#settle = resolve));
    this.#watcher.once('ready', this.#settle);
  }

  dispose(): void {
    void this.#watcher.close();
    this.#settle();
  }
}
