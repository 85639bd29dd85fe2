import { PresyncError } from '../../src/base/errors.ts';
import type { Transport } from '../../src/transfer/transport.ts';

/** Two transports that are each other's far end; frames arrive in a later turn, in order, copied. */
export function memoryLink(): [MemoryTransport, MemoryTransport] {
  const a = new MemoryTransport();
  const b = new MemoryTransport();
  a.other = b;
  b.other = a;
  return [a, b];
}

export class MemoryTransport implements Transport {
  onFrame: (frame: Uint8Array) => void = () => {};
  onCut: (start: Uint8Array) => void = () => {};
  onClose: (why: PresyncError) => void = () => {};
  bytesSent = 0;
  bytesReceived = 0;
  congested = false;
  frameTarget = 64 * 1024;
  /** Every frame that was sent, for assertions. */
  readonly sent: Uint8Array[] = [];
  closedWith: PresyncError | undefined;
  other!: MemoryTransport;
  paused = false;
  #closed = false;
  #framesLeft = Infinity;
  #bytesLeft = Infinity;
  #inbox: Uint8Array[] = [];

  send(frame: Uint8Array): void {
    if (this.#closed) return;
    if (this.#framesLeft-- <= 0) {
      this.cut();
      setImmediate(() => this.other.cut());
      return;
    }
    if (frame.length > this.#bytesLeft) return this.#cutWithin(Uint8Array.from(frame.subarray(0, this.#bytesLeft)));
    this.#bytesLeft -= frame.length;
    this.bytesSent += frame.length;
    this.sent.push(frame);
    const copy = Uint8Array.from(frame);
    setImmediate(() => this.other.#arrive(copy));
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    const waiting = this.#inbox;
    this.#inbox = [];
    for (const frame of waiting) this.#arrive(frame);
  }

  close(why?: PresyncError): void {
    if (this.#closed) return;
    this.closedWith = why;
    this.cut();
    // Behind what was sent before.
    setImmediate(() => this.other.cut());
  }

  /** Lets so many more frames through, then cuts the link. */
  cutAfterFrames(count: number): void {
    this.#framesLeft = count;
  }

  /** Lets so many more bytes through, then cuts the link. */
  cutAfterBytes(count: number): void {
    this.#bytesLeft = count;
  }

  /** The link is gone, without a word to either side. */
  cut(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose(this.closedWith ?? new PresyncError('LINK_LOST', 'cut'));
  }

  #cutWithin(start: Uint8Array): void {
    this.cut();
    setImmediate(() => {
      if (!this.other.#closed) this.other.onCut(start);
      this.other.cut();
    });
  }

  #arrive(frame: Uint8Array): void {
    if (this.#closed) return;
    if (this.paused) {
      this.#inbox.push(frame);
      return;
    }
    this.bytesReceived += frame.length;
    this.onFrame(frame);
  }
}
