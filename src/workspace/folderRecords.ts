/**
 * What a scan knows of the things in one folder, packed: in memory and in the cache file alike.
 *
 *     u32     how many
 *     u32     bytes of the listing
 *     records of 77 bytes: u8 status and flag, u32 mode, i64 dev, ino, size, mtime ns, ctime ns, 32 bytes digest
 *     listing: the names, '/' in between, in the order of the file system
 *     extras:  { u32 record, u32 length, bytes }*: the target of a link, the chunk list of a large file
 *
 * Integers are little-endian. The order of the file system stays the same while a folder does, so an unchanged folder
 * is recognised by one comparison of strings and then compared record by record, without making an object for any.
 */
import type { BigIntStats } from 'node:fs';
import { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { Digest } from '../context/digest.ts';
import { digestLength } from '../context/digest.ts';
import type { Name } from '../context/path.ts';

/** How far a record can be trusted. */
export const status = {
  /** Excluded, and so is all below: never looked at. */
  pruned: 0,
  /** Excluded by itself, but a folder of this name may hold something that is not. */
  passed: 1,
  /** In the context, as recorded. */
  entry: 2,
  /** The same, but changed so shortly before it was read that its stat key proves nothing. */
  racy: 3,
  /** In the context as it was found earlier, since it could not be read again. */
  stale: 4,
  /** Not in the context, because of a problem. */
  failed: 5,
} as const;

/** With a folder's status: it changed so shortly before it was listed that its stat key says nothing of its names. */
const young = 0x80;

export type Status = (typeof status)[keyof typeof status];

const headLength = 8;
const recordLength = 77;
const at = { mode: 1, dev: 5, ino: 13, size: 21, mtime: 29, ctime: 37, digest: 45 } as const;
const latestTime = 2n ** 63n - 1n;
const noDigest = '\0'.repeat(digestLength) as Digest;

export const fileType = { mask: 0xf000, folder: 0x4000, file: 0x8000, link: 0xa000 } as const;

/** The records of one folder. Immutable. */
export class FolderRecords {
  static readonly empty = new FolderRecords(new ByteWriter(8).u32(0).u32(0).view());

  readonly count: number;
  readonly #bytes: Buffer;
  // Not the Buffer's own readers: those make a bigint out of eight single bytes.
  readonly #view: DataView;
  readonly #listingEnd: number;
  #extras: ReadonlyMap<number, Uint8Array> | undefined;

  /** @param bytes as `bytes` of others; kept, not copied. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.count = this.#view.getUint32(0, true);
    this.#listingEnd = this.#listingStart + this.#view.getUint32(4, true);
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** The names, with '/' in between. */
  get listing(): string {
    return this.#bytes.toString('latin1', this.#listingStart, this.#listingEnd);
  }

  names(): Name[] {
    return this.count === 0 ? [] : (this.listing.split('/') as Name[]);
  }

  status(index: number): Status {
    return (this.#bytes[this.#start(index)]! & ~young) as Status;
  }

  mode(index: number): number {
    return this.#view.getUint32(this.#start(index) + at.mode, true);
  }

  size(index: number): number {
    return Number(this.#view.getBigInt64(this.#start(index) + at.size, true));
  }

  mtime(index: number): bigint {
    return this.#view.getBigInt64(this.#start(index) + at.mtime, true);
  }

  ctime(index: number): bigint {
    return this.#view.getBigInt64(this.#start(index) + at.ctime, true);
  }

  digest(index: number): Digest {
    const start = this.#start(index) + at.digest;
    return this.#bytes.toString('latin1', start, start + digestLength) as Digest;
  }

  /** Whether there is a folder here that was walked. */
  isFolder(index: number): boolean {
    const now = this.status(index);
    return (now === status.entry || now === status.passed) && isFolderMode(this.mode(index));
  }

  /** Whether a file is in the context here, as it is or as it was found earlier. */
  isFile(index: number): boolean {
    const now = this.status(index);
    const present = now === status.entry || now === status.racy || now === status.stale;
    return present && (this.mode(index) & fileType.mask) === fileType.file;
  }

  /** Whether the stat key is the one of `stat`. */
  matches(index: number, stat: BigIntStats): boolean {
    const start = this.#start(index);
    const view = this.#view;
    return (
      view.getBigInt64(start + at.ctime, true) === stat.ctimeNs &&
      view.getBigInt64(start + at.ino, true) === stat.ino &&
      view.getBigInt64(start + at.mtime, true) === stat.mtimeNs &&
      view.getBigInt64(start + at.size, true) === stat.size &&
      view.getUint32(start + at.mode, true) === Number(stat.mode) &&
      view.getBigInt64(start + at.dev, true) === stat.dev
    );
  }

  /** Whether a folder with the stat key of `stat` has the names that it had, where a folder's times tell of its names. */
  namesMatch(index: number, stat: BigIntStats): boolean {
    return this.isFolder(index) && (this.#bytes[this.#start(index)]! & young) === 0 && this.matches(index, stat);
  }

  /** Whether this is the very thing of `stat`, changed or not. */
  isSameThing(index: number, stat: BigIntStats): boolean {
    const start = this.#start(index);
    return (
      this.#view.getBigInt64(start + at.ino, true) === stat.ino &&
      this.#view.getBigInt64(start + at.dev, true) === stat.dev
    );
  }

  record(index: number): Uint8Array {
    return this.#bytes.subarray(this.#start(index), this.#start(index + 1));
  }

  /** The link target or chunk list that belongs to a record. */
  extra(index: number): Uint8Array | undefined {
    return (this.#extras ??= this.#readExtras()).get(index);
  }

  #readExtras(): ReadonlyMap<number, Uint8Array> {
    const extras = new Map<number, Uint8Array>();
    const reader = new ByteReader(this.#bytes.subarray(this.#listingEnd));
    while (!reader.done) extras.set(reader.u32(), reader.raw(reader.u32()));
    return extras;
  }

  get #listingStart(): number {
    return headLength + this.count * recordLength;
  }

  #start(index: number): number {
    return headLength + index * recordLength;
  }
}

export function isFolderMode(mode: number): boolean {
  return (mode & fileType.mask) === fileType.folder;
}

/** A time as 64 bits of nanoseconds hold it: later than the year 2262 is then. BuildKit can take no other either. */
export function clampTime(ns: bigint): bigint {
  return ns > latestTime ? latestTime : ns;
}

/** A record by itself. `stat` is undefined for what was not looked at. */
export function packRecord(state: Status, stat: BigIntStats | undefined, digest: Digest = noDigest): Uint8Array {
  const writer = new ByteWriter(recordLength).u8(state).u32(Number(stat?.mode ?? 0));
  writer
    .i64(stat?.dev ?? 0n)
    .i64(stat?.ino ?? 0n)
    .i64(stat?.size ?? 0n);
  writer.i64(clampTime(stat?.mtimeNs ?? 0n)).i64(clampTime(stat?.ctimeNs ?? 0n));
  return writer.byteString(digest).view();
}

/** The record of a folder. `settled`: its last change was well before it was listed. */
export function packFolderRecord(state: Status, stat: BigIntStats, settled: boolean): Uint8Array {
  const record = packRecord(state, stat);
  if (!settled) record[0]! |= young;
  return record;
}

/** The record with another status. */
export function withStatus(record: Uint8Array, state: Status): Uint8Array {
  const changed = record.slice();
  changed[0] = state;
  return changed;
}

export interface PackedEntry {
  readonly name: Name;
  readonly record: Uint8Array;
  readonly extra: Uint8Array | undefined;
}

export function packFolder(entries: readonly PackedEntry[]): FolderRecords {
  const listing = entries.map((entry) => entry.name).join('/') as Name;
  const writer = new ByteWriter(headLength + entries.length * recordLength + listing.length);
  writer.u32(entries.length).u32(listing.length);
  for (const { record } of entries) writer.raw(record);
  writer.byteString(listing);
  for (const [index, { extra }] of entries.entries()) {
    if (extra !== undefined) writer.u32(index).u32(extra.length).raw(extra);
  }
  return new FolderRecords(writer.view().slice());
}
