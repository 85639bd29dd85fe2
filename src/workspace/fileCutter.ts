import type { Chunk } from '../context/chunkList.ts';
import { Chunker, chunkSizesFor } from '../context/chunker.ts';
import { digestOf } from '../context/digest.ts';
import type { ReadBuffer } from './readBuffer.ts';

/** What was read of a large file at a time. */
export interface Slice {
  /** Those that end in it. */
  readonly chunks: readonly Chunk[];
  /** Their bytes, one after the other, where they are lent: they stay as they are. */
  readonly bytes: Uint8Array | undefined;
  /** Bytes of the file up to here. */
  readonly read: number;
  /** The file ends here, or is longer than it was. */
  readonly last: boolean;
}

/** The slices of one file, in order. */
export interface Cutter {
  /** The next one. Throws the system's error when it cannot be read. */
  next(lent: boolean): Slice | Promise<Slice>;
  /** What was lent is needed no longer. */
  giveBack(bytes: Uint8Array): void;
}

/** Reads a large file and cuts it into chunks. */
export class FileCutter implements Cutter {
  readonly #fd: number;
  readonly #size: number;
  readonly #buffer: ReadBuffer;
  readonly #chunker: Chunker;
  /** Of a chunk that goes on. It stands before what comes, so that each chunk is in one place. */
  #open: Buffer = Buffer.alloc(0);
  #read = 0;

  /** @param size bytes that the file should have */
  constructor(fd: number, size: number, buffer: ReadBuffer) {
    this.#fd = fd;
    this.#size = size;
    this.#buffer = buffer;
    this.#chunker = new Chunker(chunkSizesFor(size));
  }

  next(lent: boolean): Slice {
    const open = this.#open.length;
    const slice = this.#buffer.fill(this.#fd, this.#read, this.#open, lent);
    const ended = slice.length === open;
    this.#read += slice.length - open;
    const chunks: Chunk[] = [];
    let start = 0;
    const end = (cut: number) => {
      chunks.push({ digest: digestOf(slice.subarray(start, cut)), size: cut - start });
      start = cut;
    };
    for (let cut, from = open; !ended && (cut = this.#chunker.next(slice, from)) >= 0; from = cut) end(cut);
    if (ended && slice.length > 0) end(slice.length);
    this.#open = this.#buffer.keep(slice.subarray(start));
    const bytes = lent ? slice.subarray(0, start) : undefined;
    return { chunks, bytes, read: this.#read, last: ended || this.#read > this.#size };
  }

  giveBack({ buffer }: Uint8Array): void {
    this.#buffer.giveBack(buffer as ArrayBuffer);
  }
}
