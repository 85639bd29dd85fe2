/**
 * What a file's times tell about whether it was at rest.
 *
 * A file is known by its stat key. Two changes within one tick of the kernel's clock leave the same key, so a key that
 * is younger than that proves nothing: git calls such entries racily clean. Any change of content, size or mode sets
 * ctime, which no program can choose.
 */
import type { BigIntStats } from 'node:fs';
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import type { FileSystem } from './fileSystem.ts';
import { workspaceLimits } from './limits.ts';

const second = 1_000_000_000n;

/** Whether two stats are of one file that was not changed in between, as far as stats can tell. */
export function sameFile(a: BigIntStats, b: BigIntStats): boolean {
  return (
    a.ino === b.ino &&
    a.dev === b.dev &&
    a.size === b.size &&
    a.mtimeNs === b.mtimeNs &&
    a.ctimeNs === b.ctimeNs &&
    a.mode === b.mode
  );
}

/** Which folder it is. Inode numbers are used again, births are not. */
export type FolderIdentity = Pick<BigIntStats, 'dev' | 'ino' | 'birthtimeNs'>;

/** Whether a folder is still the one it was, whatever is in it now. */
export function isSameFolder(before: FolderIdentity, now: BigIntStats | undefined): boolean {
  if (now?.isDirectory() !== true) return false;
  return now.ino === before.ino && now.dev === before.dev && now.birthtimeNs === before.birthtimeNs;
}

/** Nanoseconds since 1970 by our own clock. */
export function nowNs(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

/** A moment, on the clock of files, that nothing which has happened so far is later than. */
export function momentNs(): bigint {
  return nowNs() + 1_000_000n;
}

/**
 * Whether a file that was looked at after `start` may have changed again since, unseen: its last change is not older
 * than `start` by two ticks. `clockError` is how far the file system's clock may be from ours, in milliseconds.
 */
export function isRacy(stat: BigIntStats, start: bigint, clockError: number): boolean {
  return lastChange(stat, start) + ms(restTime(stat) + clockError) > start;
}

/** Whether a file was changed so recently that the write may still be under way. */
export function isYoung(stat: BigIntStats, now: bigint): boolean {
  return now - lastChange(stat, now) < ms(workspaceLimits.writeLongest);
}

/**
 * Milliseconds until a file that changed just now may be read, on a file system that does not tell when a write is over,
 * or where two changes may bear one time: see fileSystem.ts. 0 for a file at rest, and for one whose times lie in the
 * future, which waiting would not mend.
 */
export function timeToRest(
  stat: BigIntStats,
  now: bigint,
  { locksWrites, fineTimes }: Pick<FileSystem, 'locksWrites' | 'fineTimes'>,
): number {
  if (locksWrites && fineTimes) return 0;
  const age = now - lastChange(stat, now);
  const longest = restTime(stat) + workspaceLimits.writerAway;
  if (age >= ms(longest) || age < -ms(longest)) return 0;
  const rest = locksWrites ? ticks(stat) : restTime(stat) + writerAway();
  return Math.max(0, Math.min(rest, Number(ms(rest) - age) / 1e6));
}

/** How long after its last change a file is taken to be written to the end, in milliseconds. */
function restTime(stat: BigIntStats): number {
  return ticks(stat) + Math.ceil(Number(stat.size) / workspaceLimits.writeBytesPerMs);
}

/** How long two changes may bear one time. */
function ticks(stat: BigIntStats): number {
  return stat.ctimeNs % second === 0n ? workspaceLimits.wholeSeconds : workspaceLimits.clockTicks;
}

/** How long a writer may be kept from the processor by others, in milliseconds. */
function writerAway(): number {
  const waiting = runnableTasks() / availableParallelism();
  return waiting <= 1 ? 0 : Math.min(workspaceLimits.writerAway, Math.ceil(waiting * workspaceLimits.turn));
}

function runnableTasks(): number {
  try {
    return Number(/(\d+)\/\d+/.exec(readFileSync('/proc/loadavg', 'latin1'))?.[1] ?? 0);
  } catch {
    return loadavg()[0]!;
  }
}

/** mtime counts where a file system has no ctime worth the name, but one in the future was set by hand. */
function lastChange(stat: BigIntStats, now: bigint): bigint {
  return stat.mtimeNs > stat.ctimeNs && stat.mtimeNs <= now ? stat.mtimeNs : stat.ctimeNs;
}

function ms(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}
