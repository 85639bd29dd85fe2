/**
 * Watching with chokidar: folders only, since a watch for each file costs seconds and hundreds of megabytes in a large
 * tree. What happens to files comes through the raw events of the folder that they are in.
 */
import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { FSWatcher } from 'chokidar';
import { watch } from 'chokidar';
import { fromText } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { errorMessage } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { systemClock } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import { rootPath } from '../context/path.ts';
import { Cookies } from './cookies.ts';
import { workspaceLimits } from './limits.ts';
import type { ChangeHint, Watcher } from './watcher.ts';
import { YoungFolders } from './youngFolders.ts';

export interface WatcherOptions {
  /** Canonical and absolute. */
  readonly root: string;
  /** Folders that need no watch: nothing below them is in the context. */
  skipsFolder(path: Path): boolean;
  /** Private to the user, on a local file system, outside of every context. */
  readonly cookieDirectory: string;
  readonly clock?: Clock;
}

/** What stands for bytes that are no UTF-8 in a name that Node hands over as text. */
const replacement = '\ufffd';

export class ChokidarWatcher implements Watcher {
  readonly #options: WatcherOptions;
  readonly #clock: Clock;
  readonly #changed = new Emitter<ChangeHint>();
  readonly #young: YoungFolders;
  readonly #cookies: Cookies;
  readonly ready: Promise<void>;
  #watcher: FSWatcher;
  #isReady = false;
  #disposed = false;
  #degraded: string | undefined;
  #poll: Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#young = new YoungFolders(this.#clock, (paths) => this.#hint(paths));
    this.#cookies = new Cookies(options.cookieDirectory);
    this.#watcher = this.#start();
    this.ready = new Promise((resolve) => this.#watcher.once('ready', () => resolve()));
  }

  get degraded(): string | undefined {
    return this.#degraded;
  }

  async barrier(signal?: AbortSignal): Promise<void> {
    const watched = this.#isReady && this.#degraded === undefined;
    const seen = watched && (await this.#cookies.crumb(signal));
    if (!seen) return this.#everything(this.#degraded ?? 'the watcher is not up to date');
    this.#hint(this.#young.all);
  }

  dispose(): void {
    this.#disposed = true;
    this.#poll?.dispose();
    this.#young.dispose();
    this.#cookies.dispose();
    this.#changed.dispose();
    void this.#watcher.close();
  }

  #start(): FSWatcher {
    this.#isReady = false;
    const watcher = watch(this.#options.root, {
      ignored: (path: string, stats?: Stats) => this.#ignores(path, stats),
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
    });
    watcher.on('raw', (_event, name: string | null, details) => this.#raw(name, details));
    watcher.on('addDir', (path) => this.#appeared(this.#path(path)));
    watcher.on('unlinkDir', (path) => this.#vanished(this.#path(path)));
    watcher.on('error', (error) => this.#degrade(errorMessage(error)));
    watcher.once('ready', () => (this.#isReady = true));
    return watcher;
  }

  #ignores(path: string, stats: Stats | undefined): boolean {
    if (stats !== undefined && !stats.isDirectory()) return true;
    const relativePath = this.#path(path);
    return relativePath !== rootPath && this.#options.skipsFolder(relativePath);
  }

  /** An event of a watched folder: something of that name in it, or the folder itself. */
  #raw(name: string | null, details: unknown): void {
    const folder = (details as { watchedPath: string }).watchedPath;
    if (name === null || name.includes(replacement)) return this.#hint([this.#path(folder)]);
    const full = join(folder, name);
    const path = this.#path(full);
    if (isFolder(full)) this.#young.add(path);
    // A folder that is removed or moved tells its own name, not that of something in it.
    this.#hint(basename(folder) === name ? [path, this.#path(folder)] : [path]);
    if (folder === this.#options.root && !isFolder(folder)) this.#rootGone();
  }

  #appeared(path: Path): void {
    if (path !== rootPath) this.#young.add(path);
    this.#hint([path]);
  }

  #vanished(path: Path): void {
    if (path === rootPath) this.#rootGone();
    else this.#hint([path]);
  }

  /** Nothing can be watched where nothing is: looks until the folder is back, then begins anew. */
  #rootGone(): void {
    this.#degrade('the folder is gone');
  }

  /** Watching does not work: says so, has everything looked at now and then, and tries again. */
  #degrade(why: string): void {
    if (this.#disposed || this.#degraded !== undefined) return;
    this.#degraded = why;
    this.#everything(why);
    this.#poll = this.#clock.schedule(workspaceLimits.rootPoll, () => this.#restart());
  }

  #restart(): void {
    this.#poll = undefined;
    if (this.#disposed) return;
    if (!isFolder(this.#options.root)) {
      this.#poll = this.#clock.schedule(workspaceLimits.rootPoll, () => this.#restart());
      return;
    }
    void this.#watcher.close();
    this.#degraded = undefined;
    this.#watcher = this.#start();
    this.#watcher.once('ready', () => this.#everything('watching again'));
  }

  #hint(paths: readonly Path[]): void {
    if (paths.includes(rootPath)) this.#everything('the folder itself changed');
    else if (paths.length > 0) this.#changed.emit({ paths });
  }

  #everything(why: string): void {
    this.#changed.emit({ everything: true, why });
  }

  #path(absolute: string): Path {
    const path = relative(this.#options.root, absolute);
    return fromText(sep === '/' ? path : path.replaceAll(sep, '/'));
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
