/** Reads a folder into snapshots, and remembers enough to read next time only what changed. */
import type { BigIntStats } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toDisplay } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import { cancelled, PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { Entry } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import { joinPath, splitPath } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { loadTree, saveTree } from './cacheFile.ts';
import type { ContextFilter } from './contextFilter.ts';
import type { CutterThreads } from './cutterThreads.ts';
import type { DirtyFolder } from './dirtyPaths.ts';
import { dirtyTree, wholeFolder } from './dirtyPaths.ts';
import { fileSystemAt } from './fileSystem.ts';
import { isRacy, isSameFolder, nowNs } from './fileTimes.ts';
import type { FolderNode } from './folderNode.ts';
import type { Scouting } from './folderWalk.ts';
import { FolderWalk } from './folderWalk.ts';
import { KeptContents } from './keptContents.ts';
import { Pacer } from './pacer.ts';
import { PieceReader } from './pieceReader.ts';
import { nativePath, statPath } from './safeOpen.ts';
import type { PackedTree } from './treeBytes.ts';

export interface ScannerOptions {
  /** Canonical and absolute. */
  readonly root: string;
  readonly filter: ContextFilter;
  /** Tells filters apart: equal keys judge equally. */
  readonly filterKey: string;
  /** Undefined: nothing is remembered beyond the process. */
  readonly cachePath: string | undefined;
  /** What another scanner knew last, judged by this very filter. */
  readonly known?: FolderNode;
  /** Help with large trees. */
  readonly scouts?: Scouts | undefined;
  /** Help with large files. */
  readonly cutters?: CutterThreads | undefined;
}

export interface Scouts {
  /**
   * Sends them out over what is known of `root`, which they only compare; disposal calls them back. Undefined where the
   * tree is too small for them. `packed`: the same tree, where it is at hand.
   */
  sendOut(root: ByteString, known: FolderNode, packed?: PackedTree): (Scouting & Disposable) | undefined;
}

export interface ScanResult {
  readonly snapshot: FolderNode;
  readonly problems: readonly Problem[];
  /** Everything was looked at, and nothing had changed since the scan began: the context was just that at that moment. */
  readonly atRest: boolean;
}

/** What the filter left out. */
export interface ExcludedEntry {
  readonly path: Path;
  readonly kind: Entry['kind'];
  /** Of a file; what is in an excluded folder is never looked at. */
  readonly bytes: number;
}

const never = new AbortController().signal;

export class ContextScanner {
  readonly #root: ByteString;
  /** What the scan that runs, or ran last, has read. */
  readonly kept = new KeptContents();
  readonly #pieces: PieceReader;
  readonly #cachePath: string | undefined;
  readonly #scouts: Scouts | undefined;
  readonly #cutters: CutterThreads | undefined;
  #filter: ContextFilter;
  #filterKey: ByteString;
  /** Whose verdicts the known tree holds. */
  #knownKey: ByteString | undefined;
  #known: FolderNode | undefined;
  #saved: FolderNode | undefined;
  #loaded = false;
  /** The folder that the known tree is of; undefined until it was read by this process. */
  #folder: BigIntStats | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #remembered: Snapshot | undefined;

  constructor(options: ScannerOptions) {
    this.#root = fromText(options.root);
    this.#pieces = new PieceReader(this.#root, this.kept);
    this.#cachePath = options.cachePath;
    this.#scouts = options.scouts;
    this.#cutters = options.cutters;
    this.#filter = options.filter;
    this.#filterKey = fromText(options.filterKey);
    if (options.known === undefined) return;
    this.#loaded = true;
    this.#known = options.known;
    this.#knownKey = this.#filterKey;
  }

  /** What an earlier process knew last; known once something was read. */
  get remembered(): Snapshot | undefined {
    return this.#remembered;
  }

  /** Takes up what an earlier process saved, if there is something, and returns it. */
  #load(): PackedTree | undefined {
    this.#loaded = true;
    const tree = this.#cachePath === undefined ? undefined : loadTree(this.#cachePath);
    if (tree === undefined) return undefined;
    this.#known = this.#saved = tree.root;
    this.#knownKey = tree.filterKey;
    this.#remembered = tree.root;
    return tree.packed;
  }

  /** The next scan judges by another filter. */
  setFilter(filter: ContextFilter, key: string): void {
    this.#filter = filter;
    this.#filterKey = fromText(key);
  }

  /**
   * Looks at everything. CONTEXT_NOT_FOUND and CONTEXT_UNREADABLE for the folder itself, CONTEXT_BUSY when it was
   * replaced meanwhile, CANCELLED.
   */
  scan(signal: AbortSignal = never): Promise<ScanResult> {
    return this.#enqueue(() => this.#walk(undefined, signal));
  }

  /**
   * Looks at the hinted paths, and at what is below those that are folders; shares the rest with the scan before. At
   * everything where there was none, or by another filter.
   */
  rescan(paths: Iterable<Path>, signal: AbortSignal = never): Promise<ScanResult> {
    const hinted = dirtyTree(paths);
    return this.#enqueue(() => this.#walk(hinted, signal));
  }

  /** The topmost paths that the filter left out of the last scan. */
  excluded(): Path[] {
    return this.#known === undefined ? [] : [...this.#known.excluded()];
  }

  /** What the filter left out directly in one folder: the first `limit`, as they are now, and how many more there are. */
  excludedIn(folder: Path, limit: number): { entries: ExcludedEntry[]; more: number } {
    let node = this.#known;
    for (const name of splitPath(folder)) node = node?.folderNamed(name);
    const names = node?.excludedNames() ?? [];
    const entries = names.slice(0, limit).map((name) => excludedEntry(this.#root, joinPath(folder, name)));
    return { entries: entries.filter((entry) => entry !== undefined), more: Math.max(0, names.length - limit) };
  }

  /** A piece of a file, for sending. CONTEXT_BUSY unless its bytes have the digest still. */
  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array> {
    return this.#pieces.read(path, offset, size, expected);
  }

  /** Keeps what is known for the next process. */
  async save(): Promise<void> {
    const root = this.#known;
    if (this.#cachePath === undefined || root === undefined || root === this.#saved) return;
    await saveTree(this.#cachePath, { root, filterKey: this.#knownKey! });
    this.#saved = root;
  }

  /** One after the other: each starts from what the one before has found. */
  #enqueue<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => {});
    return result;
  }

  async #walk(hinted: DirtyFolder | undefined, signal: AbortSignal): Promise<ScanResult> {
    if (signal.aborted) throw cancelled(signal.reason);
    const packed = this.#loaded ? undefined : this.#load();
    const filterKey = this.#filterKey;
    const trustVerdicts = this.#knownKey === filterKey;
    let atRest = false;
    let scouting: (Scouting & Disposable) | undefined;
    const cutting = this.#cutters?.forWalk();
    this.kept.clear();
    try {
      const folder = this.#statRoot();
      const current = trustVerdicts && this.#folder !== undefined && isSameFolder(folder, this.#folder);
      const start = nowNs();
      const fileSystem = fileSystemAt(nativePath(this.#root));
      if (hinted === undefined && trustVerdicts && this.#known !== undefined) {
        scouting = this.#scouts?.sendOut(this.#root, this.#known, packed);
      }
      const walk = new FolderWalk({
        root: this.#root,
        filter: this.#filter,
        trustVerdicts,
        start,
        fileSystem,
        device: folder.dev,
        pacer: new Pacer(signal),
        kept: this.kept,
        scouting,
        cutting,
        signal,
      });
      const known = await walk.run(this.#known, hinted !== undefined && current ? hinted : wholeFolder);
      // A folder that is deleted looks empty while it goes: not to be taken for a context without files.
      const now = this.#statRoot();
      if (!isSameFolder(folder, now)) throw replaced(this.#root);
      atRest = hinted === undefined && walk.atRest && !isRacy(now, start, fileSystem.clockError);
      this.#known = known;
      this.#folder = folder;
    } catch (thrown) {
      throw rootFailure(thrown, this.#root);
    } finally {
      scouting?.dispose();
      cutting?.dispose();
    }
    this.#knownKey = filterKey;
    return { snapshot: this.#known, problems: [...this.#known.problems()], atRest };
  }

  #statRoot(): BigIntStats {
    const stat = statPath(nativePath(this.#root));
    if (stat?.isDirectory() === true) return stat;
    throw missing(this.#root);
  }
}

function excludedEntry(root: ByteString, path: Path): ExcludedEntry | undefined {
  const stat = statPath(nativePath(joinPath(root, path)));
  if (stat === undefined) return undefined;
  const kind = stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'file';
  return { path, kind, bytes: kind === 'file' ? Number(stat.size) : 0 };
}

function replaced(root: ByteString): PresyncError {
  return new PresyncError('CONTEXT_BUSY', `The folder ${toDisplay(root)} was replaced while it was read.`, {
    hint: 'Try again.',
  });
}

function missing(root: ByteString, cause?: unknown): PresyncError {
  return new PresyncError('CONTEXT_NOT_FOUND', `The folder ${toDisplay(root)} is gone.`, {
    hint: 'Check its path, and that its file system is mounted.',
    cause,
  });
}

function rootFailure(thrown: unknown, root: ByteString): unknown {
  const code = systemErrorCode(thrown);
  if (thrown instanceof PresyncError || code === undefined) return thrown;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return missing(root, thrown);
  }
  return new PresyncError('CONTEXT_UNREADABLE', `The folder ${toDisplay(root)} cannot be read (${code}).`, {
    hint: 'Check its permissions.',
    cause: thrown,
  });
}
