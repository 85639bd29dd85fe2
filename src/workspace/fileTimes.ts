/**
 * What a file's times tell about whether it was at rest.
 *
 * A file is known by its stat key. Two changes within one tick of the kernel's clock leave the same key, so a key that
 * is younger than that proves nothing: git calls such entries racily clean. Any change of content, size or mode sets
 * ctime, which no program can choose.
 */
import type { BigIntStats } from 'node:fs';
import { statfsSync } from 'node:fs';
import { workspaceLimits } from './limits.ts';
import type { NativePath } from './safeOpen.ts';

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

/**
 * Milliseconds until a file that changed just now may be read. A write sets the times first and copies its bytes then,
 * so a read in between finds a mixture under times that stay. 0 for a file at rest, and for one whose times lie in the
 * future, which waiting would not mend.
 */
export function timeToRest(stat: BigIntStats, now: bigint): number {
  const rest = ms(restTime(stat));
  const age = now - lastChange(stat, now);
  return age >= rest || age < -rest ? 0 : Math.min(Number(rest), Number(rest - age)) / 1e6;
}

/** How long after its last change a file is taken to be written to the end, in milliseconds. */
function restTime(stat: BigIntStats): number {
  const ticks = stat.ctimeNs % second === 0n ? workspaceLimits.wholeSeconds : workspaceLimits.clockTicks;
  return ticks + Math.ceil(Number(stat.size) / workspaceLimits.writeBytesPerMs);
}

/** mtime counts where a file system has no ctime worth the name, but one in the future was set by hand. */
function lastChange(stat: BigIntStats, now: bigint): bigint {
  return stat.mtimeNs > stat.ctimeNs && stat.mtimeNs <= now ? stat.mtimeNs : stat.ctimeNs;
}

function ms(milliseconds: number): bigint {
  return BigInt(milliseconds) * 1_000_000n;
}

/** Linux file systems whose times come from this machine's clock: ext, xfs, btrfs, tmpfs, overlay, zfs, f2fs. */
const localFileSystems: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010,
]);

/** How far the clock of the file system at `path` may be from ours, in milliseconds. */
export function clockErrorOf(path: NativePath): number {
  if (process.platform !== 'linux') return 0;
  return localFileSystems.has(statfsSync(path).type) ? 0 : workspaceLimits.serverClock;
}
