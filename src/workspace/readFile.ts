/** Reads a file for its digests such that what was read is what the file held at one moment, or says that it was not. */
import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { closeSync, readSync } from 'node:fs';
import type { Chunk } from '../context/chunkList.ts';
import { ChunkList } from '../context/chunkList.ts';
import { Chunker } from '../context/chunker.ts';
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

/** Holds one buffer for all the files that it reads, one after the other. */
export class ContentReader {
  readonly #pacer: Pacer;
  readonly #kept: KeptContents;
  #buffer: Buffer | undefined;

  /** @param kept gets the small files that are read */
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
    }
  }

  #readWhole(fd: number, before: BigIntStats): FileContent | undefined {
    const bytes = this.#fill(fd, 0);
    if (bytes.length !== Number(before.size)) return undefined;
    const digest = digestOf(bytes);
    if (!sameFile(before, statFd(fd))) return undefined;
    this.#kept.add(digest, bytes);
    return { digest, chunks: undefined };
  }

  async #readChunks(fd: number, size: number): Promise<FileContent | undefined> {
    const whole = createHash('sha256');
    const chunker = new Chunker();
    const chunks: Chunk[] = [];
    let piece = new PieceHash();
    let read = 0;
    for (let bytes; (bytes = this.#fill(fd, read)).length > 0 && read <= size; read += bytes.length) {
      whole.update(bytes);
      let start = 0;
      for (let cut; (cut = chunker.next(bytes, start)) >= 0; start = cut) {
        chunks.push(piece.add(bytes.subarray(start, cut)).chunk());
        piece = new PieceHash();
      }
      piece.add(bytes.subarray(start));
      if (this.#pacer.overdue()) await this.#pacer.rest();
    }
    if (read !== size) return undefined;
    if (piece.size > 0) chunks.push(piece.chunk());
    return { digest: digestFrom(whole), chunks: ChunkList.from(chunks) };
  }

  /** A view of the bytes from `offset`, up to a slice: fewer only where the file ends. Valid until the next call. */
  #fill(fd: number, offset: number): Buffer {
    const buffer = (this.#buffer ??= Buffer.allocUnsafeSlow(workspaceLimits.readSlice));
    return buffer.subarray(0, readFully(fd, buffer, offset));
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

class PieceHash {
  readonly #hash: Hash = createHash('sha256');
  size = 0;

  add(bytes: Uint8Array): this {
    this.#hash.update(bytes);
    this.size += bytes.length;
    return this;
  }

  chunk(): Chunk {
    return { digest: digestFrom(this.#hash), size: this.size };
  }
}

function digestFrom(hash: Hash): Digest {
  return hash.digest('binary') as Digest;
}
