/** Reads a file for its digests such that what was read is what the file held at one moment, or says that it was not. */
import type { BigIntStats } from 'node:fs';
import { closeSync, readSync } from 'node:fs';
import { ByteWriter } from '../base/byteWriter.ts';
import { ChunkList } from '../context/chunkList.ts';
import { Chunker, chunkSizesFor, largeChunkSizes } from '../context/chunker.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Name } from '../context/path.ts';
import { sameFile } from './fileTimes.ts';
import type { KeptContents } from './keptContents.ts';
import { workspaceLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import type { SafeFolder } from './safeOpen.ts';
import { statFd } from './safeOpen.ts';

export interface FileContent {
  readonly digest: Digest;
  readonly chunks: ChunkList | undefined;
}

const nothing = Buffer.alloc(0);

/** Holds one buffer for all the files that it reads, one after the other. */
export class ContentReader {
  readonly #pacer: Pacer;
  readonly #kept: KeptContents;
  #buffer: Buffer | undefined;

  /** @param kept gets what is read */
  constructor(pacer: Pacer, kept: KeptContents) {
    this.#pacer = pacer;
    this.#kept = kept;
  }

  /**
   * The content of the file that `stat` was taken of. Undefined when it is another file by now, or was changed while
   * it was read. Throws the system's error when it cannot be read.
   *
   * `unfinished`: a write may be under way, and the file system locks writes. It is waited for between the first stat
   * and the read: one that began before has ended then, and one that begins later shows in the second stat.
   */
  async read(folder: SafeFolder, name: Name, stat: BigIntStats, unfinished: boolean): Promise<FileContent | undefined> {
    const fd = folder.openFile(name);
    try {
      const before = statFd(fd);
      if (!before.isFile() || !sameFile(before, stat)) return undefined;
      const size = Number(before.size);
      if (unfinished) await folder.awaitWrites(name, size > workspaceLimits.wholeFile);
      if (size <= workspaceLimits.wholeFile) return this.#readWhole(fd, before);
      const content = await this.#readChunks(fd, size);
      return sameFile(before, statFd(fd)) ? content : undefined;
    } finally {
      closeSync(fd);
      await this.#kept.pace();
    }
  }

  #readWhole(fd: number, before: BigIntStats): FileContent | undefined {
    const bytes = this.#fill(fd, 0, nothing, false);
    if (bytes.length !== Number(before.size)) return undefined;
    const digest = digestOf(bytes);
    if (!sameFile(before, statFd(fd))) return undefined;
    this.#kept.add(digest, bytes);
    return { digest, chunks: undefined };
  }

  async #readChunks(fd: number, size: number): Promise<FileContent | undefined> {
    const chunker = new Chunker(chunkSizesFor(size));
    const list = new ByteWriter();
    const add = (bytes: Buffer) => {
      const digest = digestOf(bytes);
      list.byteString(digest).u32(bytes.length);
      this.#kept.lend(digest, bytes);
    };
    let slice: Buffer = nothing;
    let read = 0;
    do {
      // What belongs to a chunk that goes on stands before what comes, so that each chunk is in one place.
      const open = slice.length;
      slice = this.#fill(fd, read, slice, this.#kept.followed);
      read += slice.length - open;
      if (slice.length === open) break;
      let start = 0;
      for (let cut, from = open; (cut = chunker.next(slice, from)) >= 0; start = from = cut) {
        add(slice.subarray(start, cut));
      }
      slice = slice.subarray(start);
      await this.#kept.pace();
      if (this.#pacer.overdue()) await this.#pacer.rest();
    } while (read <= size);
    if (read !== size) return undefined;
    if (slice.length > 0) add(slice);
    const chunks = new ChunkList(list.view().slice());
    return { digest: digestOf(chunks.packed), chunks };
  }

  /**
   * A view of the bytes from `offset`, up to a slice, behind a copy of `before`: fewer only where the file ends. Valid
   * until the next call, or for good where they are `lent`: that takes a new buffer each time.
   */
  #fill(fd: number, offset: number, before: Buffer, lent: boolean): Buffer {
    const { readSlice, followedSlice } = workspaceLimits;
    let buffer = this.#buffer;
    if (lent) buffer = Buffer.allocUnsafeSlow(before.length + followedSlice);
    else buffer = this.#buffer ??= Buffer.allocUnsafeSlow(readSlice + largeChunkSizes.max);
    buffer.set(before);
    const room = buffer.subarray(before.length, before.length + readSlice);
    return buffer.subarray(0, before.length + readFully(fd, room, offset));
  }
}

/** Reads until `buffer` is full or the file ends; how many bytes that were. */
export function readFully(fd: number, buffer: Buffer, offset: number): number {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(fd, buffer, filled, buffer.length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
