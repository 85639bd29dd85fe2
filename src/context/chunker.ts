/**
 * Where a large file is cut into chunks: by its content, so that an insertion moves the cuts along with the bytes and
 * all but the chunks it touches stay the same.
 *
 * FastCDC with normalised chunking (Xia et al., USENIX ATC 2016): a gear hash runs over the bytes, and a chunk ends
 * where the hash's top bits are all zero. Before the average size that takes more zero bits than after it, which keeps
 * most chunks near the average. The first `min` bytes of a chunk are not looked at, and none is longer than `max`.
 */

export interface ChunkSizes {
  /** Bytes. The average is a power of two. */
  readonly min: number;
  readonly average: number;
  readonly max: number;
}

/**
 * One changed byte costs about one chunk, so they are small; each costs 36 bytes of its file's chunk list and as much
 * again in the store, 0.4 % of this average.
 */
export const chunkSizes: ChunkSizes = { min: 4 * 1024, average: 16 * 1024, max: 64 * 1024 };

/** Of a file so large that what its chunks cost one by one, in lists and in time, matters more than one of them. */
export const largeChunkSizes: ChunkSizes = { min: 48 * 1024, average: 64 * 1024, max: 128 * 1024 };

/** A file that grows beyond this many bytes is cut anew, and sent once more. */
const largeFile = 256 * 1024 * 1024;

export function chunkSizesFor(fileSize: number): ChunkSizes {
  return fileSize < largeFile ? chunkSizes : largeChunkSizes;
}

/** A random number for each byte value. Both ends of a link may differ here: then they only share fewer chunks. */
const gear = makeGear(0x70726573);

/** The same, moved on by one byte. */
const gearBefore = gear.map((value) => value << 1);

/**
 * Finds the cuts of one byte stream. The cuts do not depend on how the stream is divided into buffers.
 *
 *     for (let cut; (cut = chunker.next(bytes, start)) >= 0; start = cut) chunkEnds(bytes.subarray(start, cut));
 *     // what is left of `bytes` belongs to a chunk that goes on in the next buffer, or ends with the stream
 */
export class Chunker {
  readonly #sizes: ChunkSizes;
  /** Top bits that end a chunk: two more than the average asks for while it is short of that, two less from there on. */
  readonly #hardMask: number;
  readonly #easyMask: number;
  /** Bytes of the current chunk in earlier buffers. */
  #length = 0;
  #hash = 0;

  constructor(sizes: ChunkSizes = chunkSizes) {
    this.#sizes = sizes;
    const averageBits = Math.log2(sizes.average);
    this.#hardMask = -1 << (32 - (averageBits + 2));
    this.#easyMask = -1 << (32 - (averageBits - 2));
  }

  /** Where the current chunk ends: an index behind `from`, or -1 when it goes on after the end of `bytes`. */
  next(bytes: Uint8Array, from: number): number {
    const start = from - this.#length;
    const { min, average, max } = this.#sizes;
    const normal = Math.min(bytes.length, start + average);
    const last = Math.min(bytes.length, start + max);
    const first = Math.min(bytes.length, Math.max(from, start + min));
    let cut = this.#roll(bytes, first, normal, this.#hardMask);
    if (cut < 0) cut = this.#roll(bytes, Math.max(first, normal), last, this.#easyMask);
    if (cut < 0 && last === start + max) cut = last;
    this.#length = cut < 0 ? bytes.length - start : 0;
    if (cut >= 0) this.#hash = 0;
    return cut;
  }

  /** Takes the bytes from `at` to `end` into the hash; returns the index behind the first that ends a chunk, or -1. */
  #roll(bytes: Uint8Array, at: number, end: number, mask: number): number {
    let hash = this.#hash;
    // Two bytes a turn, so that the second does not wait for the first: twice as fast.
    for (; at + 1 < end; at += 2) {
      const [one, two] = [bytes[at]!, bytes[at + 1]!];
      if ((((hash << 1) + gear[one]!) & mask) === 0) return at + 1;
      hash = ((hash << 2) + gearBefore[one]! + gear[two]!) | 0;
      if ((hash & mask) === 0) return at + 2;
    }
    if (at < end) {
      hash = ((hash << 1) + gear[bytes[at]!]!) | 0;
      if ((hash & mask) === 0) return at + 1;
    }
    this.#hash = hash;
    return -1;
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
