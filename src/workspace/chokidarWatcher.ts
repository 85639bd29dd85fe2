/**
 * Watching a context: its folders through chokidar, a barrier through cookies, and the truth about what does not work.
 *
 * Whatever goes wrong is told as "everything may have changed": a watcher that cannot see must not look as if there was
 * nothing to see.
 */
import { basename } from 'node:path';
import { fromText } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { cancelled, errorMessage, systemErrorCode } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { systemClock } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import { rootPath } from '../context/path.ts';
import { Cookies } from './cookies.ts';
import { EventBurst } from './eventBurst.ts';
import { workspaceLimits } from './limits.ts';
import { nativePath, statPath } from './safeOpen.ts';
import type { ChangeHint, Watcher } from './watcher.ts';
import { WatchTree } from './watchTree.ts';

export interface WatcherOptions {
  /** Canonical and absolute. */
  readonly root: string;
  /** Folders that need no watch: nothing below them is in the context. Asked again at every barrier. */
  skipsFolder(path: Path): boolean;
  /** Private to the user, on a local file system, outside of every context. */
  readonly cookieDirectory: string;
  readonly clock?: Clock;
}

const rootGone = 'the folder is gone';

export class ChokidarWatcher implements Watcher {
  readonly ready: Promise<void>;
  readonly #options: WatcherOptions;
  readonly #clock: Clock;
  readonly #changed = new Emitter<ChangeHint>();
  readonly #burst = new EventBurst(() => this.#lostEvents());
  readonly #cookies: Cookies;
  readonly #rootName: Path;
  /** Undefined while the folder is gone. */
  #tree: WatchTree | undefined;
  #isReady = false;
  #disposed = false;
  #degraded: string | undefined;
  #retry: Disposable | undefined;
  #retryAfter: number = workspaceLimits.retry;

  readonly onDidChange = this.#changed.event;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#cookies = new Cookies(options.cookieDirectory);
    this.#rootName = fromText(basename(options.root));
    this.ready = this.#start();
  }

  get degraded(): string | undefined {
    return this.#degraded;
  }

  async barrier(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled(signal.reason);
    this.#checkRoot();
    if (!this.#works) return this.#everything(this.#degraded ?? 'the folders are not all watched yet');
    const seen = await this.#cookies.crumb(signal);
    this.#tree?.reconsiderSkipped();
    await abortable(this.#tree?.settled(), signal);
    if (!seen || !this.#works) return this.#everything(this.#degraded ?? 'the watcher does not answer');
    this.#hint(this.#tree?.blind ?? []);
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry?.dispose();
    this.#cookies.dispose();
    this.#changed.dispose();
    this.#tree?.dispose();
  }

  get #works(): boolean {
    return this.#isReady && this.#degraded === undefined;
  }

  /** Resolves when everything is watched, or is known not to be. */
  async #start(): Promise<void> {
    this.#isReady = false;
    const root = fromText(this.#options.root);
    const folder = statPath(nativePath(root));
    if (folder?.isDirectory() !== true) return this.#degrade(rootGone);
    const tree = new WatchTree(
      {
        root,
        skipsFolder: (path) => this.#options.skipsFolder(path),
        changed: (path) => this.#event(path),
        failed: (error) => this.#degrade(reasonOf(error)),
      },
      folder,
    );
    this.#tree = tree;
    await tree.settled();
    if (this.#tree === tree) this.#isReady = true;
  }

  #event(path: Path): void {
    this.#burst.count();
    // A folder that is deleted or moved tells its own name, as if that were in it.
    if (path === rootPath || path === this.#rootName) this.#checkRoot();
    if (this.#isReady) this.#hint([path]);
  }

  #lostEvents(): void {
    if (this.#disposed) return;
    this.#everything('more happened than could be followed');
    this.#tree?.refresh();
  }

  #checkRoot(): void {
    if (this.#tree !== undefined && !this.#tree.rootIsThere) this.#degrade(rootGone);
  }

  /** Watching does not work: says so, and tries again later, less and less often. */
  #degrade(why: string): void {
    if (this.#disposed || this.#retry !== undefined) return;
    this.#tree?.dispose();
    this.#tree = undefined;
    this.#retry = this.#clock.schedule(this.#retryAfter, () => void this.#again());
    // Looking whether a folder is back costs nothing, and nothing can be read until it is.
    if (why !== rootGone) this.#retryAfter = Math.min(this.#retryAfter * 2, workspaceLimits.retryLongest);
    else if (this.#degraded === rootGone) return;
    this.#degraded = why;
    this.#everything(why);
  }

  async #again(): Promise<void> {
    this.#retry = undefined;
    await this.#start();
    if (!this.#isReady) return;
    this.#degraded = undefined;
    this.#retryAfter = workspaceLimits.retry;
    this.#everything('watching again');
  }

  #hint(paths: readonly Path[]): void {
    if (paths.includes(rootPath)) this.#everything('the folder itself changed');
    else if (paths.length > 0) this.#changed.emit({ paths });
  }

  #everything(why: string): void {
    this.#changed.emit({ everything: true, why });
  }
}

function reasonOf(error: unknown): string {
  switch (systemErrorCode(error)) {
    case 'ENOSPC':
      return 'the system has no more watches to give (see fs.inotify.max_user_watches)';
    case 'EMFILE':
      return 'the system lets no more watchers in (see fs.inotify.max_user_instances)';
    default:
      return errorMessage(error);
  }
}

/** The promise, or CANCELLED as soon as the signal fires. */
function abortable(promise: Promise<void> | undefined, signal: AbortSignal | undefined): Promise<void> | undefined {
  if (signal === undefined || promise === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
