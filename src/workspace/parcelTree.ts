/**
 * The watches of a context through @parcel/watcher: one subscription for the tree, and one for each folder that has
 * appeared since. For on Linux the library
 *   - lists a tree first and watches its folders then, so that a folder which is made in between is not watched;
 *   - watches a folder that appears, but not the folders that are in it already;
 *   - goes on to tell the old paths of what is below a folder that was renamed.
 * A subscription cannot be made twice: when a folder appears again, or too many have appeared, all are made anew, in
 * another process, while the one before goes on.
 */
import { dirname, sep } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toText } from '../base/bytes.ts';
import { systemErrorCode } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import { isWithin, joinPath, parentPath, rootPath } from '../context/path.ts';
import type { FolderIdentity } from './fileTimes.ts';
import { isSameFolder, nowNs } from './fileTimes.ts';
import { workspaceLimits } from './limits.ts';
import { Pacer } from './pacer.ts';
import { ParcelProcess } from './parcelProcess.ts';
import { listFolders, nativePath, statPath } from './safeOpen.ts';
import type { TreeOptions, WatchedTree } from './watchBackend.ts';

/** What stands for bytes that are no UTF-8 in a path that is handed over as text. */
const replacement = '\ufffd';

/** What one process watches. */
interface Generation {
  readonly process: ParcelProcess;
  /** Folders that it leaves out. */
  readonly skipped: readonly Path[];
  readonly subscribed: Set<Path>;
}

export class ParcelTree implements WatchedTree {
  readonly blind = [];
  readonly #script: string;
  readonly #options: TreeOptions;
  readonly #identity: FolderIdentity;
  readonly #root: string;
  readonly #pending = new Set<Promise<void>>();
  readonly #pacer = new Pacer(new AbortController().signal);
  /** The last that is complete. */
  #current: Generation | undefined;
  #renewing = false;
  #appearedAt = 0;
  #disposed = false;

  constructor(script: string, options: TreeOptions, identity: FolderIdentity) {
    this.#script = script;
    this.#options = options;
    this.#identity = identity;
    this.#root = toText(options.root) ?? '';
    this.#track(this.#begin());
  }

  get rootIsThere(): boolean {
    return isSameFolder(this.#identity, this.#stat(rootPath));
  }

  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async caughtUp(signal?: AbortSignal): Promise<void> {
    if (process.platform === 'linux') await this.#current?.process.catchUp(this.#options.cookieDirectory);
    else await delay(workspaceLimits.unorderedEvents, signal);
  }

  watchCookies(): void {
    this.#renew();
  }

  reconsiderSkipped(): void {
    const stillSkipped = this.#current?.skipped.every((path) => this.#options.skipsFolder(path)) ?? true;
    if (!stillSkipped) this.#renew();
  }

  refresh(): void {
    this.#renew();
  }

  dispose(): void {
    this.#disposed = true;
    this.#current?.process.dispose();
  }

  #changed(texts: readonly string[]): void {
    const { cookieDirectory, cookie, changed } = this.#options;
    for (const text of texts) {
      if (this.#disposed) return;
      if (dirname(text) === cookieDirectory) {
        cookie(text.slice(cookieDirectory.length + 1));
        continue;
      }
      if (text !== this.#root && !text.startsWith(this.#root + sep)) continue;
      const path = this.#pathOf(text);
      changed(path);
      if (process.platform === 'linux') this.#consider(path);
    }
  }

  /** If it is a folder, it may be one that appeared, and that nobody watches as a whole. */
  #consider(path: Path): void {
    const generation = this.#current;
    if (generation === undefined || path === rootPath || this.#stat(path)?.isDirectory() !== true) return;
    this.#appearedAt = performance.now();
    const { subscribed, skipped } = generation;
    // The library watches what appears, also where nothing is to be watched.
    if (this.#options.skipsFolder(path)) {
      if (!skipped.some((folder) => isWithin(path, folder))) this.#renew();
    } else if (subscribed.has(path) || subscribed.size >= workspaceLimits.subscriptions) {
      this.#renew();
    } else {
      this.#track(this.#subscribeToo(generation, path));
    }
  }

  /** Makes all subscriptions anew, when no folders have appeared for a moment: they come in crowds. */
  #renew(): void {
    if (this.#renewing || this.#disposed) return;
    this.#renewing = true;
    this.#track(this.#renewSoon());
  }

  async #renewSoon(): Promise<void> {
    const patience = performance.now() + workspaceLimits.crowdLongest;
    do await delay(workspaceLimits.crowdPause);
    while (performance.now() - this.#appearedAt < workspaceLimits.crowdPause && performance.now() < patience);
    this.#renewing = false;
    if (!this.#disposed) await this.#begin();
  }

  /** Watches everything, in a new process. */
  async #begin(): Promise<void> {
    if (this.#root === '') throw new Error('its path is no UTF-8');
    const skipped: Path[] = [];
    await this.#findSkipped(rootPath, skipped);
    if (this.#disposed) return;
    const process = new ParcelProcess(this.#script, {
      changed: (texts) => this.#changed(texts),
      lost: () => {
        if (!this.#disposed) this.#options.lost();
      },
      failed: (error) => this.#failed(error),
    });
    const generation = { process, skipped, subscribed: new Set<Path>() };
    try {
      await process.subscribeInOrder(this.#options.cookieDirectory).catch(() => {}); // then no cookie comes
      await this.#subscribe(generation, rootPath);
    } catch (error) {
      process.dispose();
      throw error;
    }
    if (this.#disposed) return process.dispose();
    this.#current?.process.dispose();
    this.#current = generation;
    // What happened since the process before saw something of it.
    this.#options.changed(rootPath);
  }

  async #findSkipped(folder: Path, found: Path[]): Promise<void> {
    for (const child of this.#foldersIn(folder)) {
      if (this.#pacer.due()) await this.#pacer.rest();
      if (!this.#options.skipsFolder(child)) await this.#findSkipped(child, found);
      else if (found.push(child) > workspaceLimits.skippedFolders) throw new Error('too many folders are excluded');
    }
  }

  /** Unless another generation takes its place meanwhile, which watches the folder too. */
  async #subscribeToo(generation: Generation, path: Path): Promise<void> {
    try {
      await this.#subscribe(generation, path);
    } catch (error) {
      if (generation === this.#current) throw error;
    }
  }

  /** Subscribes to a folder, and to those in it that may have appeared too late for that, and tells of it. */
  async #subscribe(generation: Generation, path: Path): Promise<void> {
    const since = nowNs() - BigInt(workspaceLimits.clockTicks) * 1_000_000n;
    generation.subscribed.add(path);
    const text = toText(this.#absolute(path));
    if (text === undefined) throw new Error('a path in it is no UTF-8');
    const ignored = generation.skipped.map((skipped) => toText(this.#absolute(skipped)) ?? '');
    for (let attempt = 1; ; attempt++) {
      try {
        await generation.process.subscribe(text, ignored);
        break;
      } catch (error) {
        // Any folder in it may go while it is subscribed to.
        if (systemErrorCode(error) !== 'ENOENT' || attempt === workspaceLimits.subscribeAttempts) throw error;
        if (this.#stat(path)?.isDirectory() !== true) return;
      }
    }
    this.#options.changed(path);
    await this.#subscribeToYoung(generation, path, since);
  }

  async #subscribeToYoung(generation: Generation, folder: Path, since: bigint): Promise<void> {
    if (process.platform !== 'linux') return;
    for (const child of this.#foldersIn(folder)) {
      if (this.#pacer.due()) await this.#pacer.rest();
      if (this.#disposed || this.#options.skipsFolder(child)) continue;
      const stat = this.#stat(child);
      if (stat === undefined || stat.ctimeNs < since) await this.#subscribeToYoung(generation, child, since);
      else if (!generation.subscribed.has(child)) await this.#subscribe(generation, child);
      else this.#renew();
    }
  }

  /** For one: a single folder that cannot be read fails the whole tree. */
  #failed(error: unknown): void {
    if (!this.#disposed) this.#options.failed(error);
  }

  #track(work: Promise<void>): void {
    const done: Promise<void> = work
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#pending.delete(done);
      });
    this.#pending.add(done);
  }

  /** The path of an event; the folder that it is in for a name that is not known exactly. */
  #pathOf(text: string): Path {
    const native = text.slice(this.#root.length + 1);
    const path = sep === '/' ? native : native.replaceAll(sep, '/');
    const inexact = path.indexOf(replacement);
    return inexact < 0 ? fromText(path) : parentPath(fromText(path.slice(0, inexact)));
  }

  #foldersIn(folder: Path): Path[] {
    try {
      return listFolders(nativePath(this.#absolute(folder))).map((name) => joinPath(folder, name));
    } catch {
      return [];
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
