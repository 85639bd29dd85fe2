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
  /** The write under way, while the connection takes no more. */
  #blocked: Promise<void> | undefined;

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
    if (this.#blocked !== undefined) await this.#blocked;
  }

  /** Resolves when everything is handed over. */
  async flush(): Promise<void> {
    this.#send();
    await this.#blocked;
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
    const bytes = Buffer.concat(this.#parts, this.#size);
    this.#parts = [];
    this.#size = 0;
    const written = this.#call.write(bytes).finally(() => {
      if (this.#blocked === written) this.#blocked = undefined;
    });
    this.#blocked = written;
    written.catch(() => {}); // whoever writes next is told
  }
}
