/**
 * The index beside a pack says what is in it, so that opening a store reads no object. It is a row of batches:
 *
 *     magic u32 ("PsI1") · count u32 · from u32 · to u32 · count entries · the first 8 bytes of the sha256 of all that
 *     entry: kind u8 (1 chunk, 2 directory record) · digest 32 bytes · offset u32 · length u32
 *
 * A batch accounts for the bytes `from` to `to` of the pack, where `from` is the `to` of the batch before. It is
 * appended only after an fsync of those bytes: what the index names was durable. Its own loss costs no more than
 * reading the pack again, so it is never synced. An entry with offset 0 says that the object is forgotten: its bytes
 * were found damaged.
 */
import { ByteWriter } from '../base/byteWriter.ts';
import { sha256 } from '../base/sha256.ts';
import type { Digest } from '../context/digest.ts';
import { digestLength } from '../context/digest.ts';
import type { ObjectKind, PackEntry } from './packRecord.ts';

const magic = 0x31497350;
const headerLength = 16;
const entryLength = 1 + digestLength + 8;
const checksumLength = 8;
/** Few enough that reading a batch is a short stretch of work. */
const batchEntries = 4096;

const kindCodes = { chunk: 1, directory: 2 } as const;

/** Entries that account for the bytes `from` to `to` of a pack. */
export interface IndexBatch {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly PackEntry[];
}

/** The mark of a forgotten object. */
export function forgotten(kind: ObjectKind, digest: Digest): PackEntry {
  return { kind, digest, offset: 0, length: 0 };
}

/** The bytes of one long batch, cut into several of bounded size. */
export function encodeBatches(batch: IndexBatch): Uint8Array {
  const writer = new ByteWriter(headerLength + batch.entries.length * entryLength + 1024);
  let from = batch.from;
  let start = 0;
  do {
    const entries = batch.entries.slice(start, start + batchEntries);
    start += batchEntries;
    const last = entries.at(-1);
    const to = start >= batch.entries.length || last === undefined ? batch.to : last.offset + last.length;
    encodeBatch(writer, { from, to, entries });
    from = to;
  } while (start < batch.entries.length);
  return writer.view();
}

function encodeBatch(writer: ByteWriter, { from, to, entries }: IndexBatch): void {
  const start = writer.length;
  writer.u32(magic).u32(entries.length).u32(from).u32(to);
  for (const { kind, digest, offset, length } of entries) {
    writer.u8(kindCodes[kind]).byteString(digest).u32(offset).u32(length);
  }
  writer.raw(checksum(writer.view().subarray(start)));
}

/** A batch, and where in the index it ends. */
export interface DecodedBatch extends IndexBatch {
  readonly end: number;
}

/** The batches of an index up to the first that is torn, damaged or out of order. */
export function* decodeBatches(bytes: Buffer): Generator<DecodedBatch> {
  let start = 0;
  let from = 0;
  while (start + headerLength <= bytes.length) {
    const count = bytes.readUInt32LE(start + 4);
    const to = bytes.readUInt32LE(start + 12);
    const entriesEnd = start + headerLength + count * entryLength;
    const end = entriesEnd + checksumLength;
    if (bytes.readUInt32LE(start) !== magic || bytes.readUInt32LE(start + 8) !== from || end > bytes.length) return;
    if (!bytes.subarray(entriesEnd, end).equals(checksum(bytes.subarray(start, entriesEnd)))) return;
    yield { from, to, entries: decodeEntries(bytes.subarray(start + headerLength, entriesEnd)), end };
    start = end;
    from = to;
  }
}

function decodeEntries(bytes: Buffer): PackEntry[] {
  const entries: PackEntry[] = [];
  for (let at = 0; at < bytes.length; at += entryLength) {
    const offsetAt = at + 1 + digestLength;
    entries.push({
      kind: bytes[at] === kindCodes.chunk ? 'chunk' : 'directory',
      digest: bytes.toString('latin1', at + 1, offsetAt) as Digest,
      offset: bytes.readUInt32LE(offsetAt),
      length: bytes.readUInt32LE(offsetAt + 4),
    });
  }
  return entries;
}

function checksum(bytes: Uint8Array): Buffer {
  return Buffer.from(sha256(bytes), 'latin1').subarray(0, checksumLength);
}
