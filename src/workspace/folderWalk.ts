/**
 * One pass over a context, in lockstep with what is known of it.
 *
 * A folder whose names and stat keys are as they were is the very node that it was: nothing is made for it. Only what
 * differs is read. A folder is either read whole, or, when hints name what may have changed, only those names are
 * looked at.
 */
import type { BigIntStats } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { delay } from '../base/time.ts';
import { toBytes } from '../base/bytes.ts';
import type { DirectoryHead } from '../context/entry.ts';
import type { Name, Path } from '../context/path.ts';
import { joinPath, pathProblem, rootPath } from '../context/path.ts';
import type { ContextFilter, FilterState, FilterVerdict } from './contextFilter.ts';
import type { Cutting } from './cutterThreads.ts';
import type { DirtyFolder } from './dirtyPaths.ts';
import { wholeFolder } from './dirtyPaths.ts';
import type { Found } from './foundNames.ts';
import { FoundNames, gone } from './foundNames.ts';
import { OpenedFolder } from './openedFolder.ts';
import type { FileSystem } from './fileSystem.ts';
import { plainFileSystem } from './fileSystem.ts';
import { isRacy, isSameFolder, isYoung, nowNs, timeToRest } from './fileTimes.ts';
import { folderHead, FolderNode, rootHead } from './folderNode.ts';
import type { Status } from './folderRecords.ts';
import { afterError, failed } from './failedPaths.ts';
import { FolderRecords, packFolderRecord, packRecord, status, withStatus } from './folderRecords.ts';
import type { KeptContents } from './keptContents.ts';
import { workspaceLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import { ContentReader } from './readFile.ts';
import type { NativePath } from './safeOpen.ts';
import { listNames, nativePath, nativePathsIn, statPath } from './safeOpen.ts';

export interface WalkOptions {
  readonly root: ByteString;
  readonly filter: ContextFilter;
  /** What is recorded as excluded was excluded by this very filter. */
  readonly trustVerdicts: boolean;
  /** When it begins: see `isRacy`. */
  readonly start: bigint;
  /** Of the root. */
  readonly fileSystem: FileSystem;
  /** Where that is. */
  readonly device: bigint;
  readonly pacer: Pacer;
  /** Gets what is read. */
  readonly kept: KeptContents;
  /** Who runs ahead of it. */
  readonly scouting: Scouting | undefined;
  /** Who reads large files. */
  readonly cutting: Cutting | undefined;
  readonly signal: AbortSignal;
}

/** Looks at folders before the walk comes to them. */
export interface Scouting {
  /**
   * Whether every file and link in a folder was found with the stat key that it had. Asked once for each folder, in the
   * order of the walk.
   */
  foundAsKnown(node: FolderNode): boolean;
}

/** A name to be looked at, and what is known of it. */
interface Place {
  readonly opened: OpenedFolder;
  readonly name: Name;
  readonly known: FolderNode | undefined;
  /** Of the name in what is known. */
  readonly index: number | undefined;
  /** Of the folder. */
  readonly state: FilterState;
  readonly dirty: DirtyFolder;
}

const unchanged: Found = { record: undefined };

export class FolderWalk {
  readonly #options: WalkOptions;
  readonly #reader: ContentReader;
  #atRest = true;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#reader = new ContentReader(options.pacer, options.kept, options.cutting);
  }

  /**
   * Whether nothing that was looked at had changed since the walk began. Then what a walk of everything found is what
   * the context was when the walk began.
   */
  get atRest(): boolean {
    return this.#atRest;
  }

  /** The context as it is now. Throws the system's error when the root itself cannot be read. */
  run(known: FolderNode | undefined, dirty: DirtyFolder): Promise<FolderNode> {
    return this.#folder(rootPath, rootHead, known, this.#options.filter.root, dirty);
  }

  async #folder(
    path: Path,
    head: DirectoryHead,
    known: FolderNode | undefined,
    state: FilterState,
    dirty: DirtyFolder,
    namesKnown = false,
  ): Promise<FolderNode> {
    const whole = dirty.whole || known === undefined;
    const records = known?.content.records ?? FolderRecords.empty;
    const opened = new OpenedFolder(this.#options.root, path);
    let listing = whole && !namesKnown ? listNames(this.#native(path)) : withHinted(records.names(), dirty);
    let joined = listing.join('/');
    const sameNames = joined === records.listing;
    if (whole && !sameNames) {
      // Names that are news come from the folder itself, not from what a link in its place may lead to.
      listing = opened.folder.list();
      joined = listing.join('/');
    }
    const indexes = sameNames ? undefined : indexOf(records.names());
    const found = new FoundNames(path, known, listing, sameNames);
    const asKnown = known !== undefined && this.#options.scouting?.foundAsKnown(known) === true;
    const native = nativePathsIn(this.#absolute(path), joined);
    try {
      for (let i = 0; i < listing.length; i++) {
        const name = listing[i]!;
        const index = sameNames ? i : indexes!.get(name);
        const below = whole ? wholeFolder : dirty.below.get(name);
        if (below === undefined && index !== undefined) {
          found.keep(i, index);
          continue;
        }
        if (this.#options.pacer.due()) await this.#options.pacer.rest();
        const seen = this.#glance(native, name, known, index, asKnown);
        found.take(
          i,
          index,
          seen ?? (await this.#look({ opened, name, known, index, state, dirty: below ?? wholeFolder })),
        );
      }
    } finally {
      opened.close();
    }
    const content = found.content();
    return content === known?.content ? known.withHead(head) : FolderNode.of(head, content);
  }

  /** The quick way for what did not change at all: no promise, no object. Undefined when a closer look is needed. */
  #glance(
    native: (name: Name) => NativePath,
    name: Name,
    known: FolderNode | undefined,
    index: number | undefined,
    asKnown: boolean,
  ): Found | undefined {
    if (index === undefined || !this.#options.trustVerdicts) return undefined;
    const { records } = known!.content;
    const was = records.status(index);
    if (was === status.pruned) return unchanged;
    if (was !== status.entry || records.isFolder(index)) return undefined;
    if (asKnown) return unchanged;
    const stat = statPath(native(name));
    return stat !== undefined && records.matches(index, stat) ? unchanged : undefined;
  }

  async #look(place: Place): Promise<Found | typeof gone> {
    const { opened, name, state } = place;
    const path = joinPath(opened.path, name);
    const verdict = this.#options.filter.judge(path, state);
    if (verdict.excluded && verdict.prune) return { record: packRecord(status.pruned, undefined) };
    const excess = pathProblem(path);
    if (excess !== undefined) return failed(path, 'too-long', `The path ${excess}.`);
    for (let attempt = 0; attempt < workspaceLimits.readAttempts; attempt++) {
      try {
        const found = await this.#attempt(place, path, verdict);
        if (found !== 'changed') return found;
      } catch (thrown) {
        const problem = afterError(thrown, path);
        if (problem !== 'changed') return problem;
      }
      this.#atRest = false;
    }
    return this.#busy(place, path);
  }

  /** What is at the path, or 'changed' when it became something else meanwhile. */
  async #attempt(place: Place, path: Path, verdict: FilterVerdict): Promise<Found | typeof gone | 'changed'> {
    const { opened, name } = place;
    const stat = statPath(this.#native(path));
    if (stat === undefined) {
      // A folder that had it was listed, or somebody saw it change.
      this.#atRest = false;
      return gone;
    }
    if (stat.isDirectory()) return this.#lookIntoFolder(place, path, stat, verdict);
    if (verdict.excluded && !(verdict.way === true && stat.isSymbolicLink()))
      return { record: packRecord(status.passed, stat) };
    if (stat.isSymbolicLink()) {
      return { record: packRecord(this.#trust(stat), stat), extra: toBytes(opened.folder.readLink(name)) };
    }
    if (stat.isFile()) return this.#readFile(place, stat);
    return failed(path, 'special', 'It is a socket, a FIFO or a device, which a build context cannot carry.');
  }

  async #lookIntoFolder(
    place: Place,
    path: Path,
    stat: BigIntStats,
    verdict: FilterVerdict,
  ): Promise<Found | 'changed'> {
    const { opened, name, known, index } = place;
    // One descriptor for each level of a deep tree would be too many.
    opened.close();
    const before = index === undefined ? undefined : known!.folderAt(index);
    // Hints that name something in a folder say nothing of another folder that has taken its place.
    const same = before !== undefined && known!.content.records.isSameThing(index!, stat);
    const namesKnown =
      before !== undefined && this.#fileSystemOf(stat).datesFolders && known!.content.records.namesMatch(index!, stat);
    const head = folderHead(name, Number(stat.mode), stat.mtimeNs);
    const dirty = same ? place.dirty : wholeFolder;
    const node = await this.#folder(path, head, before, verdict.state, dirty, namesKnown);
    if (node !== before || !known!.content.records.matches(index!, stat)) {
      const now = statPath(this.#native(path));
      // What was found by way of a path is only true of the folder that the path still leads to.
      if (now === undefined || !isSameFolder(stat, now)) return 'changed';
      // Something may have been in it when the walk began that was gone when it was listed.
      this.#trust(now);
    }
    const state = verdict.excluded && verdict.way !== true ? status.passed : status.entry;
    // Where only hints were followed, what they did not name may have changed as well.
    const settled = namesKnown || (dirty.whole && !this.#isRacy(stat));
    return { record: packFolderRecord(state, stat, settled), node };
  }

  async #readFile(place: Place, stat: BigIntStats): Promise<Found | 'changed'> {
    const { opened, name, known, index } = place;
    const records = known?.content.records;
    if (index !== undefined && records!.status(index) === status.entry && records!.matches(index, stat)) {
      return { record: records!.record(index), extra: records!.extra(index) };
    }
    const fileSystem = this.#fileSystemOf(stat);
    const rest = timeToRest(stat, nowNs(), fileSystem);
    if (rest > 0) await delay(Math.ceil(rest), this.#options.signal);
    const unfinished = fileSystem.locksWrites && isYoung(stat, nowNs());
    const content = await this.#reader.read(opened.folder, name, stat, unfinished);
    if (content === undefined) return 'changed';
    return { record: packRecord(this.#trust(stat), stat, content.digest), extra: content.chunks?.packed };
  }

  #trust(stat: BigIntStats): Status {
    if (!this.#isRacy(stat)) return status.entry;
    this.#atRest = false;
    return status.racy;
  }

  #isRacy(stat: BigIntStats): boolean {
    return isRacy(stat, this.#options.start, this.#options.fileSystem.clockError);
  }

  /** What is mounted in the context lies elsewhere. */
  #fileSystemOf(stat: BigIntStats): FileSystem {
    return stat.dev === this.#options.device ? this.#options.fileSystem : plainFileSystem;
  }

  /** A file that never comes to rest: as it was found earlier, if it was. */
  #busy({ known, index }: Place, path: Path): Found {
    const { problem, record } = failed(path, 'busy', 'It changed during each of several attempts to read it.');
    const records = known?.content.records;
    if (index === undefined || !records!.isFile(index)) return { problem, record };
    return { problem, record: withStatus(records!.record(index), status.stale), extra: records!.extra(index) };
  }

  #native(path: Path): NativePath {
    return nativePath(this.#absolute(path));
  }

  #absolute(path: Path): ByteString {
    const { root } = this.#options;
    return path === '' ? root : (`${root}/${path}` as ByteString);
  }
}

function withHinted(names: Name[], dirty: DirtyFolder): Name[] {
  const present = new Set(names);
  return [...names, ...[...dirty.below.keys()].filter((name) => !present.has(name))];
}

function indexOf(names: readonly Name[]): Map<Name, number> {
  return new Map(names.map((name, index) => [name, index]));
}
