/** Reads a file for its digests such that what was read is what the file held at one moment, or says that it was not. */
import type { BigIntStats } from 'node:fs';
import { closeSync } from 'node:fs';
import { ByteWriter } from '../base/byteWriter.ts';
import { ChunkList } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Name } from '../context/path.ts';
import type { Cutting } from './cutterThreads.ts';
import type { Cutter } from './fileCutter.ts';
import { FileCutter } from './fileCutter.ts';
import { sameFile } from './fileTimes.ts';
import type { KeptContents } from './keptContents.ts';
import { workspaceLimits } from './limits.ts';
import type { Pacer } from './pacer.ts';
import { ReadBuffer } from './readBuffer.ts';
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
  readonly #cutting: Cutting | undefined;
  readonly #buffer = new ReadBuffer();

  /**
   * @param kept gets what is read
   * @param cutting who helps with large files
   */
  constructor(pacer: Pacer, kept: KeptContents, cutting?: Cutting) {
    this.#pacer = pacer;
    this.#kept = kept;
    this.#cutting = cutting;
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
    const bytes = this.#buffer.fill(fd, 0, nothing, false);
    if (bytes.length !== Number(before.size)) return undefined;
    const digest = digestOf(bytes);
    if (!sameFile(before, statFd(fd))) return undefined;
    this.#kept.add(digest, bytes);
    return { digest, chunks: undefined };
  }

  async #readChunks(fd: number, size: number): Promise<FileContent | undefined> {
    const cutter = this.#cutting?.cutterOf(fd, size);
    try {
      return await this.#collect(cutter ?? new FileCutter(fd, size, this.#buffer), size);
    } finally {
      await cutter?.close();
    }
  }

  async #collect(cutter: Cutter, size: number): Promise<FileContent | undefined> {
    const list = new ByteWriter();
    for (;;) {
      const { chunks, bytes, read, last } = await cutter.next(this.#kept.followed);
      for (const { digest, size } of chunks) list.byteString(digest).u32(size);
      if (bytes !== undefined) this.#kept.lend(chunks, bytes, () => cutter.giveBack(bytes));
      if (last && read !== size) return undefined;
      if (last) break;
      await this.#kept.pace();
      if (this.#pacer.overdue()) await this.#pacer.rest();
    }
    const chunks = new ChunkList(list.view().slice());
    return { digest: digestOf(chunks.packed), chunks };
  }
}
