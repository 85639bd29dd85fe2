/**
 * A pack is a row of records, appended and never changed:
 *
 *     magic u32 ("PsC1" a chunk, "PsD1" a directory record) · length u32 · digest 32 bytes · the bytes
 *
 * Integers are little-endian. The digest is the sha256 of the bytes, so it proves the record as well as naming it.
 * Chunks come from clients and directory records are our own; the two are told apart by the magic, so that a client
 * can never make up a directory record by sending its bytes as a chunk.
 */
import type { FileHandle } from 'node:fs/promises';
import type { Digest } from '../context/digest.ts';
import { digestLength, digestOf } from '../context/digest.ts';
import { readAt } from './files.ts';
import { storeLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';

export type ObjectKind = 'chunk' | 'directory';

export const objectKinds: readonly ObjectKind[] = ['chunk', 'directory'];

export const recordHeaderLength = 8 + digestLength;

const magics = { chunk: 0x31437350, directory: 0x31447350 } as const;

/** An object in a pack. `offset` is that of its bytes, behind the header. */
export interface PackEntry {
  readonly kind: ObjectKind;
  readonly digest: Digest;
  readonly offset: number;
  readonly length: number;
}

export function writeRecord(target: Buffer, at: number, kind: ObjectKind, digest: Digest, bytes: Uint8Array): void {
  target.writeUInt32LE(magics[kind], at);
  target.writeUInt32LE(bytes.length, at + 4);
  target.write(digest, at + 8, 'latin1');
  target.set(bytes, at + recordHeaderLength);
}

/** What a walk found: the whole records, and where it stopped, which is the end of the file unless that is torn. */
export interface Walk {
  readonly entries: PackEntry[];
  readonly end: number;
}

const sliceBytes = 1024 * 1024;

/**
 * Reads the records of a pack from `from` to `size`, checking each. A record whose bytes are damaged is left out; the
 * walk stops at anything that is no record, such as the torn end of an interrupted write.
 */
export async function walkPack(handle: FileHandle, from: number, size: number, pacer: Pacer): Promise<Walk> {
  const entries: PackEntry[] = [];
  let slice: Uint8Array = new Uint8Array();
  let sliceStart = from;
  const bytesAt = async (at: number, length: number): Promise<Buffer> => {
    if (at + length > sliceStart + slice.length) {
      slice = await readAt(handle, at, Math.min(size - at, Math.max(length, sliceBytes)));
      sliceStart = at;
    }
    return Buffer.from(slice.buffer, slice.byteOffset + at - sliceStart, length);
  };
  let at = from;
  while (at + recordHeaderLength <= size) {
    const header = await bytesAt(at, recordHeaderLength);
    const kind = objectKinds.find((candidate) => magics[candidate] === header.readUInt32LE(0));
    const length = header.readUInt32LE(4);
    const offset = at + recordHeaderLength;
    if (kind === undefined || length > storeLimits.recordBytes || offset + length > size) break;
    const digest = header.toString('latin1', 8) as Digest;
    if (digestOf(await bytesAt(offset, length)) === digest) entries.push({ kind, digest, offset, length });
    at = offset + length;
    await pacer.pause();
  }
  return { entries, end: at };
}
