/**
 * The watches of a context through chokidar: one for each folder that may hold something of it.
 *
 * A folder is listed only after its watch is in place. So whatever is made in it is either in that listing or raises an
 * event, and a folder that appears, however it does, is watched down to its last descendant. Each is told as changed
 * once it is watched, since its files may have changed before.
 */
import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { sep } from 'node:path';
import pLimit from 'p-limit';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toText } from '../base/bytes.ts';
import { systemErrorCode } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import type { Name, Path } from '../context/path.ts';
import { baseName, joinPath, rootPath } from '../context/path.ts';
import { EventBurst } from './eventBurst.ts';
import type { FolderIdentity } from './fileTimes.ts';
import { isSameFolder } from './fileTimes.ts';
import { FolderWatch } from './folderWatch.ts';
import { workspaceLimits } from './limits.ts';
import { listFolders, nativePath, statPath } from './safeOpen.ts';
import type { TreeOptions, WatchedTree } from './watchBackend.ts';

interface WatchedFolder {
  readonly path: Path;
  readonly identity: FolderIdentity;
  readonly below: Map<Name, WatchedFolder>;
  /** Undefined when it cannot be watched: see `blind`. */
  watch: FolderWatch | undefined;
  dropped: boolean;
  /** Not permitted to us: tried again when something happens to it. */
  closed: boolean;
}

/** What stands for bytes that are no UTF-8 in a name that Node hands over as text. */
const replacement = '\ufffd';

export class ChokidarTree implements WatchedTree {
  readonly #options: TreeOptions;
  readonly #root: WatchedFolder;
  readonly #burst: EventBurst;
  readonly #setups = pLimit(workspaceLimits.watchesAtOnce);
  readonly #pending = new Set<Promise<void>>();
  /** Folders that no watcher can be told of. */
  readonly #blind = new Set<WatchedFolder>();
  readonly #skipped = new Map<Path, WatchedFolder>();
  #cookies: FSWatcher | undefined;

  constructor(options: TreeOptions, identity: FolderIdentity) {
    this.#options = options;
    this.#burst = new EventBurst(() => options.lost());
    this.#root = newFolder(rootPath, identity);
    this.watchCookies();
    this.#track(this.#open(this.#root));
  }

  get rootIsThere(): boolean {
    return isSameFolder(this.#root.identity, this.#stat(rootPath));
  }

  get blind(): Path[] {
    return [...this.#blind].map((folder) => folder.path);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /**
   * On Linux every fs.watch of a thread shares one inotify instance, whose events come in order. Elsewhere events of
   * different folders come in no order: a pause follows that is longer than they usually take.
   */
  async caughtUp(signal?: AbortSignal): Promise<void> {
    if (process.platform !== 'linux') await delay(workspaceLimits.unorderedEvents, signal);
  }

  watchCookies(): void {
    const { cookieDirectory, cookie } = this.#options;
    this.#cookies?.close();
    if (this.#root.dropped) return;
    try {
      this.#cookies = watch(cookieDirectory, { persistent: false }, (_, name) => name !== null && cookie(name));
      this.#cookies.on('error', () => {});
    } catch {
      // Out of watches or watchers, or the directory is not to be had: then no cookie comes.
      this.#cookies = undefined;
    }
  }

  reconsiderSkipped(): void {
    // A copy: considering a folder takes it out of the map, and may put it back.
    for (const [path, parent] of [...this.#skipped]) {
      if (parent.dropped) this.#skipped.delete(path);
      else if (!this.#skips(path)) this.#track(this.#consider(parent, baseName(path)));
    }
  }

  refresh(): void {
    this.#refresh(this.#root);
  }

  dispose(): void {
    this.#cookies?.close();
    this.#drop(this.#root);
  }

  #refresh(folder: WatchedFolder): void {
    for (const child of [...folder.below.values()]) this.#refresh(child);
    this.#track(this.#relist(folder));
  }

  /** An event in a folder. */
  #event(folder: WatchedFolder, text: string | undefined): void {
    if (folder.dropped) return;
    this.#burst.count();
    if (text === undefined || text.includes(replacement)) {
      this.#options.changed(folder.path);
      this.#track(this.#relist(folder));
      return;
    }
    const name = fromText(text);
    // A folder tells its own name when it is deleted or moved. Its parent tells that as well, and reliably.
    if (folder !== this.#root && name === baseName(folder.path)) this.#renew(folder);
    this.#options.changed(joinPath(folder.path, name));
    this.#track(this.#consider(folder, name));
  }

  /**
   * Watches what is at `name` if that is a folder, and no longer what was there before. Undefined when there is nothing
   * to do, else resolves when the folder and everything below it is watched.
   */
  #consider(parent: WatchedFolder, name: Name): Promise<void> | undefined {
    const path = joinPath(parent.path, name);
    const known = parent.below.get(name);
    const now = this.#stat(path);
    if (known !== undefined) {
      if (isSameFolder(known.identity, now) && !known.closed) return undefined;
      this.#drop(known);
      parent.below.delete(name);
    }
    this.#skipped.delete(path);
    if (now?.isDirectory() !== true) return undefined;
    if (this.#skips(path)) {
      this.#skipped.set(path, parent);
      return undefined;
    }
    const folder = newFolder(path, now);
    parent.below.set(name, folder);
    return this.#open(folder);
  }

  async #open(folder: WatchedFolder): Promise<void> {
    const native = watchablePath(this.#absolute(folder.path));
    if (native === undefined) {
      this.#blind.add(folder);
      this.#options.changed(folder.path);
      return;
    }
    await this.#setups(() => this.#watch(folder, native));
    if (folder.dropped) return;
    this.#options.changed(folder.path);
    // If it is another folder by now, its parent's event is on the way.
    if (!folder.closed && isSameFolder(folder.identity, this.#stat(folder.path))) await this.#relist(folder);
  }

  async #watch(folder: WatchedFolder, native: string): Promise<void> {
    if (folder.dropped) return;
    const watch = new FolderWatch(native, {
      changed: (name) => this.#event(folder, name),
      failed: (error) => this.#fail(folder, error),
    });
    folder.watch = watch;
    await watch.ready;
  }

  #fail(folder: WatchedFolder, error: unknown): void {
    if (folder.dropped) return;
    // What may not be read is a problem of the scan, not one of watching.
    if (isDenied(error)) folder.closed = true;
    else this.#options.failed(error);
  }

  /** Considers every folder in it, and forgets those that are gone. */
  async #relist(folder: WatchedFolder): Promise<void> {
    let names: Name[];
    try {
      names = listFolders(nativePath(this.#absolute(folder.path)));
    } catch (error) {
      if (isDenied(error)) folder.closed = true;
      return;
    }
    const found = [...new Set([...names, ...folder.below.keys()])].map((name) => this.#consider(folder, name));
    await Promise.all(found.filter((work) => work !== undefined));
  }

  /** Watches the folder anew if nothing in it bears its name: then the event was about itself. */
  #renew(folder: WatchedFolder): void {
    const name = baseName(folder.path);
    if (this.#stat(joinPath(folder.path, name)) === undefined) folder.closed = true;
  }

  #drop(folder: WatchedFolder): void {
    folder.dropped = true;
    folder.watch?.dispose();
    this.#blind.delete(folder);
    for (const child of folder.below.values()) this.#drop(child);
    folder.below.clear();
  }

  #track(work: Promise<void> | undefined): void {
    if (work === undefined) return;
    const done: Promise<void> = work.finally(() => this.#pending.delete(done));
    this.#pending.add(done);
  }

  #skips(path: Path): boolean {
    try {
      return this.#options.skipsFolder(path);
    } catch {
      // A malformed rule is the scan's to report.
      return false;
    }
  }

  #stat(path: Path) {
    try {
      return statPath(nativePath(this.#absolute(path)));
    } catch {
      return undefined;
    }
  }

  #absolute(path: Path): ByteString {
    return path === '' ? this.#options.root : (`${this.#options.root}/${path}` as ByteString);
  }
}

function newFolder(path: Path, { dev, ino, birthtimeNs }: FolderIdentity): WatchedFolder {
  const identity = { dev, ino, birthtimeNs };
  return { path, identity, below: new Map(), watch: undefined, dropped: false, closed: false };
}

function isDenied(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'EACCES' || code === 'EPERM';
}

/** The path as chokidar takes it: text, in which a backslash parts folders. Undefined where that says another path. */
function watchablePath(path: ByteString): string | undefined {
  const text = toText(path);
  return sep === '/' && text?.includes('\\') === true ? undefined : text;
}
