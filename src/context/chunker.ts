/**
 * Where a large file is cut into chunks: by its content, so that an insertion moves the cuts along with the bytes and
 * all but the chunks it touches stay the same.
 *
 * FastCDC with normalised chunking (Xia et al., USENIX ATC 2016): a gear hash runs over the bytes, and a chunk ends
 * where the hash's top bits are all zero. Before the average size that takes more zero bits than after it, which keeps
 * most chunks near the average. The first `min` bytes of a chunk are not looked at, and none is longer than `max`.
 */

/**
 * Bytes. One changed byte costs about one chunk, so they are small; each costs 36 bytes of its file's chunk list and as
 * much again in the store, 0.4 % of this average.
 */
export const chunkSizes = { min: 4 * 1024, average: 16 * 1024, max: 64 * 1024 } as const;

/** Zero bits that end a chunk: two more than the average asks for while it is short of that, two less from there on. */
const averageBits = Math.log2(chunkSizes.average);
const hardShift = 32 - (averageBits + 2);
const easyShift = 32 - (averageBits - 2);

/** A random number for each byte value. Both ends of a link may differ here: then they only share fewer chunks. */
const gear = makeGear(0x70726573);

/**
 * Finds the cuts of one byte stream. The cuts do not depend on how the stream is divided into buffers.
 *
 *     for (let cut; (cut = chunker.next(bytes, start)) >= 0; start = cut) chunkEnds(bytes.subarray(start, cut));
 *     // what is left of `bytes` belongs to a chunk that goes on in the next buffer, or ends with the stream
 */
export class Chunker {
  /** Bytes of the current chunk in earlier buffers. */
  #length = 0;
  #hash = 0;

  /** Where the current chunk ends: an index behind `from`, or -1 when it goes on after the end of `bytes`. */
  next(bytes: Uint8Array, from: number): number {
    const start = from - this.#length;
    const normal = Math.min(bytes.length, start + chunkSizes.average);
    const last = Math.min(bytes.length, start + chunkSizes.max);
    let at = Math.min(bytes.length, Math.max(from, start + chunkSizes.min));
    let hash = this.#hash;
    for (; at < normal; at++) {
      hash = ((hash << 1) + gear[bytes[at]!]!) | 0;
      if (hash >>> hardShift === 0) return this.#cut(at + 1);
    }
    for (; at < last; at++) {
      hash = ((hash << 1) + gear[bytes[at]!]!) | 0;
      if (hash >>> easyShift === 0) return this.#cut(at + 1);
    }
    if (at === start + chunkSizes.max) return this.#cut(at);
    this.#length = at - start;
    this.#hash = hash;
    return -1;
  }

  #cut(at: number): number {
    this.#length = 0;
    this.#hash = 0;
    return at;
  }
}

/** 256 numbers of the splitmix32 generator: a counter with the golden ratio as its step, mixed as in MurmurHash3. */
function makeGear(seed: number): Int32Array {
  let counter = seed;
  return Int32Array.from({ length: 256 }, () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter ^ (counter >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  });
}
