import { limits } from '../protocol/limits.ts';

/**
 * The memory of large frames that were sent, for those that come: as garbage it would have everything looked at for what
 * else is garbage, again and again.
 */
export class FramePool {
  #spare: Buffer[] = [];

  /** Room for a frame of so many bytes. */
  take(length: number): Buffer {
    const { leastPooledFrame, pooledFrame } = limits;
    if (length < leastPooledFrame || length > pooledFrame) return Buffer.allocUnsafeSlow(length);
    return (this.#spare.pop() ?? Buffer.allocUnsafeSlow(pooledFrame)).subarray(0, length);
  }

  /** A frame is needed no longer. */
  giveBack({ buffer }: Uint8Array): void {
    const isPooled = buffer.byteLength === limits.pooledFrame && buffer instanceof ArrayBuffer;
    if (isPooled && this.#spare.length < limits.spareFrames) this.#spare.push(Buffer.from(buffer));
  }

  /** There will be none for a while. */
  clear(): void {
    this.#spare = [];
  }
}
