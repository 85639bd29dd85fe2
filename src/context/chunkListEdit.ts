/**
 * The chunk list of a changed file, told as an edit of the list that it had: runs that are taken over, and chunks that
 * are new. One changed byte is some hundred bytes of edit, whatever the size of the file.
 *
 *     edit := (keep | add)*
 *     keep := 1 u8 · first u32 · count u32            chunks of the base list
 *     add  := 2 u8 · count u32 · count records        36 bytes each, as in a chunk list
 */
import { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { Chunk } from './chunkList.ts';
import { ChunkList, chunkRecordLength } from './chunkList.ts';

const keepTag = 1;
const addTag = 2;

/** The edit that makes `target` of `base`. */
export function editChunkList(base: ChunkList, target: ChunkList): Uint8Array {
  const common = commonEnds(base, target);
  const edit = new EditWriter(target);
  edit.keep(0, common.head);
  const known = new ChunkIndex(base, common.head, base.length - common.tail);
  for (let at = common.head; at < target.length - common.tail; at++) {
    const next = edit.expected;
    const from = next < base.length && sameChunk(base, next, target, at) ? next : known.find(target, at);
    if (from === undefined) edit.add(at);
    else edit.keep(from, 1);
  }
  edit.keep(base.length - common.tail, common.tail);
  return edit.finish();
}

/** The list that an edit makes of `base`. RangeError for what is no edit of it, or makes more than `most` chunks. */
export function applyChunkListEdit(base: ChunkList, edit: Uint8Array, most: number): ChunkList {
  const result = new ByteWriter(base.packed.length);
  const reader = new ByteReader(edit);
  while (!reader.done) {
    const records = readStep(reader, base);
    if (result.length + records.length > most * chunkRecordLength)
      throw new RangeError('a chunk list that is too long');
    result.raw(records);
  }
  return new ChunkList(result.view().slice());
}

/** The chunks that an edit adds: those which its receiver may lack. */
export function addedChunks(edit: Uint8Array): Iterable<Chunk> {
  const added = new ByteWriter();
  const reader = new ByteReader(edit);
  while (!reader.done) {
    const isAdd = reader.u8() === addTag;
    if (!isAdd) reader.u32();
    const count = reader.u32();
    if (isAdd) added.raw(reader.raw(count * chunkRecordLength));
  }
  return new ChunkList(added.view());
}

function readStep(reader: ByteReader, base: ChunkList): Uint8Array {
  const tag = reader.u8();
  if (tag === addTag) return reader.raw(reader.u32() * chunkRecordLength);
  if (tag !== keepTag) throw new RangeError(`an edit of unknown kind ${tag}`);
  const first = reader.u32();
  const count = reader.u32();
  if (first + count > base.length) throw new RangeError('an edit keeps what its base does not have');
  return recordsOf(base, first, count);
}

/** Joins steps that follow on each other. */
class EditWriter {
  readonly #target: ChunkList;
  readonly #edit = new ByteWriter();
  #kept = { first: 0, count: 0 };
  #added = { first: 0, count: 0 };

  constructor(target: ChunkList) {
    this.#target = target;
  }

  /** The chunk of the base behind the run that is being kept. */
  get expected(): number {
    return this.#kept.first + this.#kept.count;
  }

  keep(first: number, count: number): void {
    if (count === 0) return;
    this.#writeAdded();
    if (first === this.expected && this.#kept.count > 0) {
      this.#kept.count += count;
      return;
    }
    this.#writeKept();
    this.#kept = { first, count };
  }

  add(at: number): void {
    if (this.#added.count === 0) this.#added.first = at;
    this.#added.count++;
  }

  finish(): Uint8Array {
    this.#writeAdded();
    this.#writeKept();
    return this.#edit.view().slice();
  }

  #writeAdded(): void {
    const { first, count } = this.#added;
    if (count === 0) return;
    // What was kept comes before what was added behind it.
    this.#writeKept();
    this.#edit
      .u8(addTag)
      .u32(count)
      .raw(recordsOf(this.#target, first, count));
    this.#added = { first: 0, count: 0 };
  }

  #writeKept(): void {
    const { first, count } = this.#kept;
    if (count > 0) this.#edit.u8(keepTag).u32(first).u32(count);
    this.#kept = { first: first + count, count: 0 };
  }
}

/** Finds chunks of a part of a list by their content. */
class ChunkIndex {
  readonly #list: ChunkList;
  readonly #first: number;
  readonly #end: number;
  #byKey: Map<number, number> | undefined;

  constructor(list: ChunkList, first: number, end: number) {
    this.#list = list;
    this.#first = first;
    this.#end = end;
  }

  find(other: ChunkList, at: number): number | undefined {
    this.#byKey ??= this.#build();
    const found = this.#byKey.get(keyOf(other, at));
    return found !== undefined && sameChunk(this.#list, found, other, at) ? found : undefined;
  }

  #build(): Map<number, number> {
    const byKey = new Map<number, number>();
    for (let at = this.#end - 1; at >= this.#first; at--) byKey.set(keyOf(this.#list, at), at);
    return byKey;
  }
}

/** The first six bytes of a chunk's digest, as a number: a list may have millions. */
function keyOf({ packed }: ChunkList, at: number): number {
  const start = at * chunkRecordLength;
  let key = 0;
  for (let i = start; i < start + 6; i++) key = key * 256 + packed[i]!;
  return key;
}

/** How many chunks two lists have in common at their beginning, and behind that at their end. */
function commonEnds(a: ChunkList, b: ChunkList): { head: number; tail: number } {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && sameChunk(a, head, b, head)) head++;
  let tail = 0;
  while (tail < shorter - head && sameChunk(a, a.length - 1 - tail, b, b.length - 1 - tail)) tail++;
  return { head, tail };
}

function sameChunk(a: ChunkList, i: number, b: ChunkList, j: number): boolean {
  const from = i * chunkRecordLength;
  const to = j * chunkRecordLength;
  for (let k = 0; k < chunkRecordLength; k++) if (a.packed[from + k] !== b.packed[to + k]) return false;
  return true;
}

function recordsOf({ packed }: ChunkList, first: number, count: number): Uint8Array {
  return packed.subarray(first * chunkRecordLength, (first + count) * chunkRecordLength);
}
