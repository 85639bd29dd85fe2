import type { ServerCall } from '../grpc/server.ts';
import { builderLimits } from '../limits.ts';

/**
 * Joins many small packets into few writes: a write per packet costs three times as much for a tree of small files.
 * Packets go out in the order of `write`, at the latest when the event loop comes round.
 */
export class GatheringWriter {
  readonly #call: ServerCall;
  #parts: Uint8Array[] = [];
  #size = 0;
  #scheduled = false;
  /** The last write handed to the connection; pending while it takes no more. */
  #written: Promise<void> = Promise.resolve();

  constructor(call: ServerCall) {
    this.#call = call;
  }

  /** Takes a packet, in parts. Resolves when the next one may come; rejects when the caller is gone. */
  async write(...parts: Uint8Array[]): Promise<void> {
    for (const part of parts) {
      this.#parts.push(part);
      this.#size += part.length;
    }
    if (this.#size >= builderLimits.gatherBytes) this.#send();
    else this.#schedule();
    await this.#written;
  }

  /** Resolves when everything is handed over. */
  async flush(): Promise<void> {
    this.#send();
    await this.#written;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#size === 0) return;
    this.#written = this.#call.write(Buffer.concat(this.#parts, this.#size));
    this.#written.catch(() => {}); // whoever writes next is told
    this.#parts = [];
    this.#size = 0;
  }
}
