/**
 * Watching a context: its folders through a backend, a barrier through cookies, and the truth about what does not work.
 *
 * Whatever goes wrong is told as "everything may have changed": a watcher that cannot see must not look as if there was
 * nothing to see.
 */
import type { BigIntStats } from 'node:fs';
import { basename } from 'node:path';
import { abortable } from '../base/abortable.ts';
import { fromText } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { cancelled, errorMessage, systemErrorCode } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { delay, systemClock } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import { rootPath } from '../context/path.ts';
import { Cookies } from './cookies.ts';
import { sharedFileSystem } from './fileSystem.ts';
import { workspaceLimits } from './limits.ts';
import { nativePath, statPath } from './safeOpen.ts';
import type { WatchBackend, WatchedTree } from './watchBackend.ts';
import type { ChangeHint, Watcher } from './watcher.ts';

export interface WatcherOptions {
  /** The one that is preferred first. One that fails gives way to the next. */
  readonly backends: readonly WatchBackend[];
  /** Canonical and absolute. */
  readonly root: string;
  /** Folders that need no watch: nothing below them is in the context. Asked again at every barrier. */
  skipsFolder(path: Path): boolean;
  /** Private to the user, on a local file system, outside of every context. */
  readonly cookieDirectory: string;
  readonly clock?: Clock;
  /** For tests. */
  readonly sharedFileSystem?: typeof sharedFileSystem;
}

const rootGone = 'the folder is gone';

export class ContextWatcher implements Watcher {
  readonly ready: Promise<void>;
  readonly #options: WatcherOptions;
  readonly #clock: Clock;
  readonly #changed = new Emitter<ChangeHint>();
  readonly #backends: WatchBackend[];
  readonly #cookies: Cookies;
  readonly #rootName: Path;
  /** Undefined while the folder is gone. */
  #tree: WatchedTree | undefined;
  /** The start of a backend in the place of one that was not suitable. */
  #replacement: Promise<void> | undefined;
  #isReady = false;
  #disposed = false;
  /** Why nothing is watched. */
  #degraded: string | undefined;
  /** What is wrong though everything is watched. */
  #incomplete: string | undefined;
  #retry: Disposable | undefined;
  #reread: Disposable | undefined;
  #retryAfter: number = workspaceLimits.retry;

  readonly onDidChange = this.#changed.event;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#backends = [...options.backends];
    this.#cookies = new Cookies(options.cookieDirectory);
    this.#rootName = fromText(basename(options.root));
    this.ready = this.#start();
  }

  /** What watches the tree. */
  get backend(): string {
    return this.#backend.name;
  }

  get degraded(): string | undefined {
    return this.#degraded ?? this.#incomplete;
  }

  async barrier(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled(signal.reason);
    this.#checkRoot();
    if (!this.#works) return this.#everything(this.#degraded ?? 'the folders are not all watched yet');
    const tree = this.#tree!;
    const seen = await this.#cookies.crumb(tree, signal);
    tree.reconsiderSkipped();
    const settled = await this.#settled(tree, signal);
    const works = this.#works && tree === this.#tree;
    if (!seen || !settled || !works) return this.#everything(this.#degraded ?? 'the watcher does not answer');
    this.#hint(tree.blind);
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry?.dispose();
    this.#reread?.dispose();
    this.#changed.dispose();
    this.#tree?.dispose();
  }

  get #backend(): WatchBackend {
    return this.#backends[0]!;
  }

  get #works(): boolean {
    return this.#isReady && this.#degraded === undefined;
  }

  /** Resolves when everything is watched, or is known not to be. */
  async #start(): Promise<void> {
    this.#isReady = false;
    const root = fromText(this.#options.root);
    let folder: BigIntStats | undefined;
    let kind: string | undefined;
    try {
      folder = statPath(nativePath(root));
      if (folder?.isDirectory() !== true) return this.#degrade(rootGone);
      kind = (this.#options.sharedFileSystem ?? sharedFileSystem)(nativePath(root));
    } catch (error) {
      // A mount that died, a way that may not be gone any more: it may come back as a folder does.
      return this.#degrade(isGone(error) ? rootGone : reasonOf(error));
    }
    this.#incomplete = kind && `the folder is on a file system that other machines can change (${kind})`;
    this.#rereadSoon();
    const tree = this.#backend.watchTree(
      {
        root,
        skipsFolder: (path) => this.#options.skipsFolder(path),
        changed: (path) => this.#event(path),
        lost: () => this.#lostEvents(),
        failed: (error) => this.#failed(error),
        cookieDirectory: this.#options.cookieDirectory,
        cookie: (name) => this.#cookies.seen(name),
      },
      folder,
    );
    this.#tree = tree;
    await tree.settled();
    if (this.#tree === tree) this.#isReady = true;
    else await this.#replacement;
  }

  #failed(error: unknown): void {
    if (this.#disposed) return;
    this.#checkRoot();
    if (this.#tree === undefined) return;
    // What the system has too few of, no other backend would get either.
    if (this.#backends.length === 1 || scarce(error) !== undefined) return this.#degrade(reasonOf(error));
    this.#backends.shift();
    this.#tree?.dispose();
    this.#replacement = this.#start();
    void this.#replacement.then(() => this.#everything('watching again'));
  }

  /** Whether all is watched by now: where folders come and go all the time that may not be for long. */
  async #settled(tree: WatchedTree, signal: AbortSignal | undefined): Promise<boolean> {
    const patience = new AbortController();
    const late = delay(workspaceLimits.settleLongest, patience.signal, this.#clock).then(
      () => false,
      () => false,
    );
    const settled = tree.settled().then(() => true);
    try {
      return await abortable(Promise.race([settled, late]), signal);
    } finally {
      patience.abort();
    }
  }

  #event(path: Path): void {
    // A folder that is deleted or moved tells its own name, as if that were in it.
    if (path === rootPath || path === this.#rootName) this.#checkRoot();
    if (this.#works) this.#hint([path]);
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
    this.#rereadSoon();
  }

  /** While changes are not all told, everything is read now and then. */
  #rereadSoon(): void {
    this.#reread?.dispose();
    if (this.#disposed || this.degraded === undefined || this.degraded === rootGone) return;
    this.#reread = this.#clock.schedule(workspaceLimits.reread, () => {
      if (this.degraded !== undefined) this.#everything(this.degraded);
      this.#rereadSoon();
    });
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
  return scarce(error) ?? errorMessage(error);
}

function isGone(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** What the system has no more of. */
function scarce(error: unknown): string | undefined {
  switch (systemErrorCode(error)) {
    case 'ENOSPC':
      return 'the system has no more watches to give (see fs.inotify.max_user_watches)';
    case 'EMFILE':
      return 'the system lets no more watchers in (see fs.inotify.max_user_instances)';
    default:
      return undefined;
  }
}
