/**
 * Looks at the things directly in one folder.
 *
 * The common case, a thing whose stat key is as recorded, is quick: one lstat and no object made. Everything else is
 * examined: judged by the filter, and read if it is a file or a link that belongs to the context.
 */
import type { BigIntStats } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { toBytes } from '../base/bytes.ts';
import { delay } from '../base/time.ts';
import type { Name, Path } from '../context/path.ts';
import { joinPath } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import type { ContextFilter, FilterState, FilterVerdict } from './contextFilter.ts';
import { isRacy, nowNs, timeToRest } from './fileTimes.ts';
import type { Earlier, FreshSlot, Slot } from './folderDraft.ts';
import type { Status } from './folderRecords.ts';
import { fileType, isFolderMode, packRecord, status, withStatus } from './folderRecords.ts';
import { workspaceLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import { busyProblem, failureProblem, isDenied, isReplaced, lengthProblem, specialProblem } from './problems.ts';
import type { ContentReader } from './readFile.ts';
import type { NativePath } from './safeOpen.ts';
import { isAscii, listNames, nativePath, SafeFolder, statPath } from './safeOpen.ts';
import type { Scope } from './scope.ts';

/** What all the folders of one walk share. */
export interface WalkContext {
  /** Absolute, canonical. */
  readonly root: ByteString;
  readonly filter: ContextFilter;
  /** Whether what is recorded was judged by this very filter. */
  readonly verdictsHold: boolean;
  readonly signal: AbortSignal;
  readonly pacer: Pacer;
  readonly reader: ContentReader;
  /** When the walk began, in nanoseconds. */
  readonly start: bigint;
  /** Milliseconds that the file system's clock may be off. */
  readonly clockError: number;
}

export interface Place {
  readonly path: Path;
  readonly state: FilterState;
  /** The root's is 0. */
  readonly depth: number;
}

/** A folder that was found and is to be walked. */
export class FoundFolder {
  constructor(
    readonly name: Name,
    /** Its earlier record, or -1. */
    readonly was: number,
    readonly stat: BigIntStats,
    readonly verdict: FilterVerdict,
  ) {}
}

export class FolderVisit {
  readonly earlier: Earlier;
  readonly #walk: WalkContext;
  readonly #place: Place;
  readonly #prefix: string;
  /** Whether all the paths here can go to the system as they are. */
  #ascii = false;
  #folder: SafeFolder | undefined;

  constructor(walk: WalkContext, place: Place, earlier: Earlier) {
    this.#walk = walk;
    this.#place = place;
    this.earlier = earlier;
    this.#prefix = place.path === '' ? `${walk.root}/` : `${walk.root}/${place.path}/`;
  }

  /** The names to go through. Throws the system's error when the folder cannot be listed. */
  list(scope: Scope): Name[] {
    const { earlier } = this;
    const known = !scope.lists && [...scope.names].every((name) => earlier.indexOf(name) >= 0);
    const names = known ? earlier.records.names() : listNames(nativePath(this.#prefix as ByteString));
    this.#ascii = isAscii(this.#prefix) && names.every(isAscii);
    return names;
  }

  /** What became of each name, with the folders yet to be walked. */
  async look(names: readonly Name[], scope: Scope): Promise<(Slot | FoundFolder)[]> {
    const { pacer } = this.#walk;
    const sameListing = names.join('/') === this.earlier.records.listing;
    const slots: (Slot | FoundFolder)[] = [];
    try {
      for (const [index, name] of names.entries()) {
        if (pacer.due()) await pacer.rest();
        const was = sameListing ? index : this.earlier.indexOf(name);
        if (was >= 0 && !scope.looksAt(name)) slots.push(was);
        else slots.push(this.#glance(name, was) ?? (await this.examine(name, was)));
      }
    } finally {
      this.#folder?.close();
      this.#folder = undefined;
    }
    return slots;
  }

  /** The outcome for a name whose record still holds; undefined when a closer look is needed. */
  #glance(name: Name, was: number): number | FoundFolder | undefined {
    if (was < 0 || !this.#walk.verdictsHold) return undefined;
    const { records } = this.earlier;
    const state = records.status(was);
    if (state === status.pruned) return was;
    if (state !== status.entry) return undefined;
    const stat = this.#stat(name);
    if (stat === undefined || 'problem' in stat || !records.matches(was, stat)) return undefined;
    if (!isFolderMode(Number(stat.mode))) return was;
    return new FoundFolder(name, was, stat, this.#judge(name));
  }

  /** Looks at `name` for what it is. A file that changes meanwhile is tried several times. */
  async examine(name: Name, was: number): Promise<Slot | FoundFolder> {
    const verdict = this.#judge(name);
    if (verdict.excluded && verdict.prune) return this.#unless(was, { record: packRecord(status.pruned, undefined) });
    for (let attempt = 0; attempt < workspaceLimits.readAttempts; attempt++) {
      const stat = this.#stat(name);
      if (stat === undefined) return undefined;
      if ('problem' in stat) return verdict.excluded ? undefined : stat;
      const found = await this.#entry(name, was, stat, verdict);
      if (found !== 'changed') return found;
    }
    return this.busy(name, was);
  }

  /** For what would not hold still: the file as it was found earlier, or else nothing. */
  busy(name: Name, was: number): FreshSlot {
    const { records } = this.earlier;
    const problem = busyProblem(this.pathOf(name));
    const known = was >= 0 && isFile(records.mode(was)) ? records.status(was) : status.failed;
    if (known === status.failed || known === status.passed) return failed(problem);
    return { record: withStatus(records.record(was), status.stale), extra: records.extra(was), problem };
  }

  pathOf(name: Name): Path {
    return joinPath(this.#place.path, name);
  }

  async #entry(
    name: Name,
    was: number,
    stat: BigIntStats,
    verdict: FilterVerdict,
  ): Promise<Slot | FoundFolder | 'changed'> {
    const mode = Number(stat.mode);
    const { excluded } = verdict;
    const problem = excluded ? undefined : this.#problemOf(name, mode);
    if (problem !== undefined) return failed(problem, stat);
    if (isFolderMode(mode)) return new FoundFolder(name, was, stat, verdict);
    if (excluded) return this.#unless(was, { record: packRecord(status.passed, stat) });
    const { records } = this.earlier;
    if (was >= 0 && records.status(was) === status.entry && records.matches(was, stat)) return was;
    try {
      return isFile(mode) ? await this.#file(name, stat) : this.#link(name, stat);
    } catch (error) {
      return isReplaced(error) ? 'changed' : failed(failureProblem(this.pathOf(name), error), stat);
    }
  }

  async #file(name: Name, stat: BigIntStats): Promise<FreshSlot | 'changed'> {
    const { reader, signal } = this.#walk;
    const wait = timeToRest(stat, nowNs());
    if (wait > 0) await delay(Math.ceil(wait), signal);
    const content = await reader.read(this.#open(), name, stat);
    if (content === undefined) return 'changed';
    return { record: packRecord(this.#trust(stat), stat, content.digest), extra: content.chunks?.packed };
  }

  #link(name: Name, stat: BigIntStats): FreshSlot {
    const target = this.#open().readLink(name);
    return { record: packRecord(this.#trust(stat), stat), extra: toBytes(target) };
  }

  #trust(stat: BigIntStats): Status {
    return isRacy(stat, this.#walk.start, this.#walk.clockError) ? status.racy : status.entry;
  }

  #problemOf(name: Name, mode: number): Problem | undefined {
    const type = mode & fileType.mask;
    if (type !== fileType.folder && type !== fileType.file && type !== fileType.link) {
      return specialProblem(this.pathOf(name));
    }
    return lengthProblem(this.#place.path, name, this.#place.depth + 1);
  }

  /** Throws when the folder may not be searched: that is a problem of the folder, not of each thing in it. */
  #stat(name: Name): BigIntStats | FreshSlot | undefined {
    try {
      return statPath(this.#native(name));
    } catch (error) {
      if (isDenied(error)) throw error;
      return isReplaced(error) ? undefined : failed(failureProblem(this.pathOf(name), error));
    }
  }

  #native(name: Name): NativePath {
    const path = this.#prefix + name;
    return this.#ascii ? path : nativePath(path as ByteString);
  }

  #judge(name: Name): FilterVerdict {
    return this.#walk.filter.judge(this.pathOf(name), this.#place.state);
  }

  /** The number of the earlier record if the new one is the same. */
  #unless(was: number, slot: FreshSlot): Slot {
    return was >= 0 && Buffer.compare(this.earlier.records.record(was), slot.record) === 0 ? was : slot;
  }

  #open(): SafeFolder {
    return (this.#folder ??= SafeFolder.open(this.#walk.root, this.#place.path));
  }
}

function isFile(mode: number): boolean {
  return (mode & fileType.mask) === fileType.file;
}

export function failed(problem: Problem, stat?: BigIntStats): FreshSlot {
  return { record: packRecord(status.failed, stat), problem };
}
