import { readSync } from 'node:fs';
import { largeChunkSizes } from '../context/chunker.ts';
import { workspaceLimits } from './limits.ts';

/** Where files are read to, one after the other. */
export class ReadBuffer {
  #buffer: Buffer | undefined;
  #kept: Buffer | undefined;
  /** What was lent, for the next time. */
  readonly #given: Buffer[] = [];

  /**
   * A view of the bytes from `offset`, up to a slice, behind a copy of `before`: fewer only where the file ends. Valid
   * until the next call, or until they are given back where they are `lent`.
   */
  fill(fd: number, offset: number, before: Buffer, lent: boolean): Buffer {
    const { readSlice, followedSlice } = workspaceLimits;
    let buffer = this.#buffer;
    if (lent) buffer = this.#given.pop() ?? Buffer.allocUnsafeSlow(followedSlice + largeChunkSizes.max);
    else buffer = this.#buffer ??= Buffer.allocUnsafeSlow(readSlice + largeChunkSizes.max);
    buffer.set(before);
    const room = buffer.subarray(before.length, before.length + (lent ? followedSlice : readSlice));
    return buffer.subarray(0, before.length + readFully(fd, room, offset));
  }

  /** A copy of less than a chunk, valid until the next call. */
  keep(bytes: Buffer): Buffer {
    this.#kept ??= Buffer.allocUnsafeSlow(largeChunkSizes.max);
    return this.#kept.subarray(0, bytes.copy(this.#kept));
  }

  /** What was lent is needed no longer. */
  giveBack(lent: ArrayBuffer): void {
    this.#given.push(Buffer.from(lent));
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
