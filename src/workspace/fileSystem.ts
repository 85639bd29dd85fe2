/**
 * What a file system lets us know about a file that somebody writes while we read it.
 *
 * A write(2) sets the file's times first and copies its bytes then, so stats before and after a read cannot tell a
 * write that was under way all the time: its writer may have lost the processor in the midst of it. ext4, XFS and btrfs
 * lock the file for as long as a write lasts, and make a direct read wait for that. And since Linux 6.13 they and tmpfs
 * give a file whose times somebody has looked at another time with the next change, however soon that is.
 */
import { statfsSync } from 'node:fs';
import { release } from 'node:os';
import { workspaceLimits } from './limits.ts';
import type { NativePath } from './safeOpen.ts';

export interface FileSystem {
  /** How far its clock may be from ours, in milliseconds. */
  readonly clockError: number;
  /** A direct read waits for a write that is under way: see `SafeFolder.awaitWrites`. */
  readonly locksWrites: boolean;
  /** No change leaves a file with times that were seen before. */
  readonly fineTimes: boolean;
  /** A folder's times tell of every change to the names in it. */
  readonly datesFolders: boolean;
}

/** Of which nothing is known but that its clock is ours. */
export const plainFileSystem: FileSystem = { clockError: 0, locksWrites: false, fineTimes: false, datesFolders: false };

const ext4 = 0xef53;
const xfs = 0x58465342;
const btrfs = 0x9123683e;
const tmpfs = 0x01021994;
const overlay = 0x794c7630;
const zfs = 0x2fc12fc1;
const f2fs = 0xf2f52010;

const ownClock: ReadonlySet<number> = new Set([ext4, xfs, btrfs, tmpfs, overlay, zfs, f2fs]);
const lockingWrites: ReadonlySet<number> = new Set([ext4, xfs, btrfs]);
const withFineTimes: ReadonlySet<number> = new Set([ext4, xfs, btrfs, tmpfs]);
const datingFolders: ReadonlySet<number> = new Set([ext4, xfs, btrfs, tmpfs]);

export function fileSystemAt(path: NativePath): FileSystem {
  if (process.platform !== 'linux') return plainFileSystem;
  const { type } = statfsSync(path);
  return {
    clockError: ownClock.has(type) ? 0 : workspaceLimits.serverClock,
    locksWrites: lockingWrites.has(type),
    fineTimes: withFineTimes.has(type) && kernelHasFineTimes(release()),
    datesFolders: datingFolders.has(type),
  };
}

/** Whose changes another machine can make, of which no watcher here hears: statfs(2)'s types. */
const shared: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x786f4256, 'a shared folder of a virtual machine'],
]);

/** The kind of the shared file system that a path is on; undefined for one of this machine alone. */
export function sharedFileSystem(path: NativePath): string | undefined {
  return process.platform === 'linux' ? shared.get(statfsSync(path).type) : undefined;
}

/** Whether a kernel of this release is 6.13 or newer. */
export function kernelHasFineTimes(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 13);
}
