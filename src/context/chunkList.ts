import { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { Digest } from './digest.ts';
import { digestLength } from './digest.ts';

/** A piece of a file's content: the unit of transfer and of storage. */
export interface Chunk {
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
}

/** Bytes of one chunk in a packed list: its digest and its size. */
export const chunkRecordLength = digestLength + 4;

/**
 * The chunks of one file in order, packed (36 bytes each: digest, size), since a 5 GB file has some 280,000 of them.
 * Immutable.
 */
export class ChunkList implements Iterable<Chunk> {
  /** @param packed what `packed` of another list returned; a multiple of 36 bytes. */
  constructor(readonly packed: Uint8Array) {
    if (packed.length % chunkRecordLength !== 0) throw new RangeError('a chunk list of odd length');
  }

  static from(chunks: Iterable<Chunk>): ChunkList {
    const writer = new ByteWriter();
    for (const chunk of chunks) writer.byteString(chunk.digest).u32(chunk.size);
    return new ChunkList(writer.view().slice());
  }

  get length(): number {
    return this.packed.length / chunkRecordLength;
  }

  *[Symbol.iterator](): Iterator<Chunk> {
    const reader = new ByteReader(this.packed);
    while (!reader.done) yield { digest: reader.byteString(digestLength) as Digest, size: reader.u32() };
  }
}
