/**
 * One pass over a context, in lockstep with what is known of it.
 *
 * A folder whose names and stat keys are as they were is the very node that it was: nothing is made for it. Only what
 * differs is read. A folder is either read whole, or, when hints name what may have changed, only those names are
 * looked at.
 */
import type { BigIntStats } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { errorMessage, systemErrorCode } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import { toBytes } from '../base/bytes.ts';
import type { DirectoryHead } from '../context/entry.ts';
import type { Name, Path } from '../context/path.ts';
import { joinPath, pathProblem, rootPath } from '../context/path.ts';
import type { Problem, ProblemKind } from '../context/problem.ts';
import type { ContextFilter, FilterState, FilterVerdict } from './contextFilter.ts';
import type { DirtyFolder } from './dirtyPaths.ts';
import { wholeFolder } from './dirtyPaths.ts';
import type { Found } from './foundNames.ts';
import { FoundNames, gone } from './foundNames.ts';
import { OpenedFolder } from './openedFolder.ts';
import { isRacy, nowNs, timeToRest } from './fileTimes.ts';
import { folderHead, FolderNode, rootHead } from './folderNode.ts';
import { FolderRecords, packRecord, status, withStatus } from './folderRecords.ts';
import { workspaceLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import { ContentReader } from './readFile.ts';
import { listNames, nativePath, statPath } from './safeOpen.ts';

export interface WalkOptions {
  readonly root: ByteString;
  readonly filter: ContextFilter;
  /** What is recorded as excluded was excluded by this very filter. */
  readonly trustVerdicts: boolean;
  /** How far the file system's clock may be from ours, in milliseconds. */
  readonly clockError: number;
  readonly pacer: Pacer;
  readonly signal: AbortSignal;
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
  readonly #start = nowNs();

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#reader = new ContentReader(options.pacer);
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
  ): Promise<FolderNode> {
    const whole = dirty.whole || known === undefined;
    const records = known?.content.records ?? FolderRecords.empty;
    const listing = whole ? listNames(this.#native(path)) : withHinted(records.names(), dirty);
    const sameNames = listing.join('/') === records.listing;
    const indexes = sameNames ? undefined : indexOf(records.names());
    const found = new FoundNames(path, known, listing, sameNames);
    const opened = new OpenedFolder(this.#options.root, path);
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
        const seen = this.#glance(path, name, known, index);
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
  #glance(path: Path, name: Name, known: FolderNode | undefined, index: number | undefined): Found | undefined {
    if (index === undefined || !this.#options.trustVerdicts) return undefined;
    const { records } = known!.content;
    const was = records.status(index);
    if (was === status.pruned) return unchanged;
    if (was !== status.entry || records.isFolder(index)) return undefined;
    const stat = statPath(this.#native(joinPath(path, name)));
    return stat !== undefined && records.matches(index, stat) ? unchanged : undefined;
  }

  async #look(place: Place): Promise<Found | typeof gone> {
    const { opened, name, state } = place;
    const path = joinPath(opened.path, name);
    const verdict = this.#options.filter.judge(path, state);
    if (verdict.excluded && verdict.prune) return { record: packRecord(status.pruned, undefined) };
    const excess = pathProblem(path);
    if (excess !== undefined) return failed(path, 'too-long', `The path ${excess}.`);
    try {
      const stat = statPath(this.#native(path));
      if (stat === undefined) return gone;
      if (stat.isDirectory()) return await this.#lookIntoFolder(place, path, stat, verdict);
      if (verdict.excluded) return { record: packRecord(status.passed, stat) };
      if (stat.isSymbolicLink())
        return { record: packRecord(status.entry, stat), extra: toBytes(opened.folder.readLink(name)) };
      if (stat.isFile()) return await this.#readFile(place, path, stat);
      return failed(path, 'special', 'It is a socket, a FIFO or a device, which a build context cannot carry.');
    } catch (thrown) {
      return afterError(thrown, path);
    }
  }

  async #lookIntoFolder(place: Place, path: Path, stat: BigIntStats, verdict: FilterVerdict): Promise<Found> {
    const { opened, name, known, index, dirty } = place;
    // One descriptor for each level of a deep tree would be too many.
    opened.close();
    const before = index === undefined ? undefined : known!.folderAt(index);
    const head = folderHead(name, Number(stat.mode), stat.mtimeNs);
    const node = await this.#folder(path, head, before, verdict.state, dirty);
    return { record: packRecord(verdict.excluded ? status.passed : status.entry, stat), node };
  }

  async #readFile(place: Place, path: Path, stat: BigIntStats): Promise<Found | typeof gone> {
    const { opened, name, known, index } = place;
    const records = known?.content.records;
    if (index !== undefined && records!.status(index) === status.entry && records!.matches(index, stat)) {
      return { record: records!.record(index), extra: records!.extra(index) };
    }
    let current: BigIntStats | undefined = stat;
    for (let attempt = 0; attempt < workspaceLimits.readAttempts; attempt++) {
      const rest = timeToRest(current, nowNs());
      if (rest > 0) {
        await delay(rest, this.#options.signal);
        current = statPath(this.#native(path));
        if (current?.isFile() !== true) return gone;
      }
      const content = await this.#reader.read(opened.folder, name, current);
      if (content !== undefined) {
        const state = isRacy(current, this.#start, this.#options.clockError) ? status.racy : status.entry;
        return { record: packRecord(state, current, content.digest), extra: content.chunks?.packed };
      }
      current = statPath(this.#native(path));
      if (current?.isFile() !== true) return gone;
    }
    return this.#busy(path, records, index);
  }

  /** A file that never comes to rest: as it was found earlier, if it was. */
  #busy(path: Path, records: FolderRecords | undefined, index: number | undefined): Found {
    const { problem, record } = failed(path, 'busy', 'It changed during each of several attempts to read it.');
    const earlier = index === undefined ? undefined : records!.status(index);
    const usable = earlier === status.entry || earlier === status.racy || earlier === status.stale;
    if (!usable) return { problem, record };
    return { problem, record: withStatus(records!.record(index!), status.stale), extra: records!.extra(index!) };
  }

  #native(path: Path) {
    const { root } = this.#options;
    return nativePath((path === '' ? root : `${root}/${path}`) as ByteString);
  }
}

function failed(path: Path, kind: ProblemKind, message: string): { record: Uint8Array; problem: Problem } {
  return { record: packRecord(status.failed, undefined), problem: { path, kind, message } };
}

function afterError(thrown: unknown, path: Path): Found | typeof gone {
  const code = systemErrorCode(thrown);
  switch (code) {
    // It went, or became something else, while it was looked at: the next pass sees what it is then.
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
      return gone;
    case 'ENAMETOOLONG':
      return failed(path, 'too-long', 'The path is longer than the system can open.');
    case undefined:
      throw thrown;
    default:
      return failed(path, 'unreadable', `${code === 'EACCES' ? 'No permission to read it' : errorMessage(thrown)}.`);
  }
}

function withHinted(names: Name[], dirty: DirtyFolder): Name[] {
  const present = new Set(names);
  return [...names, ...[...dirty.below.keys()].filter((name) => !present.has(name))];
}

function indexOf(names: readonly Name[]): Map<Name, number> {
  return new Map(names.map((name, index) => [name, index]));
}
