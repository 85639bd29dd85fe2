import { PresyncError } from '../base/errors.ts';
import { Fifo } from '../base/fifo.ts';
import { delay } from '../base/time.ts';
import type { Chunk } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import { limits } from '../protocol/limits.ts';

/** What Needs asks through. */
export interface NeedsPort {
  has(chunk: Digest): boolean;
  send(digests: readonly Digest[]): Promise<unknown>;
}

/** Chunks looked at before the event loop is given back. */
const slice = 4096;

/**
 * The chunks that a push lacks, asked for a little ahead of those that have arrived: neither end holds a list of all of
 * them, and what is asked for first comes first.
 */
export class Needs {
  readonly #port: NeedsPort;
  /** Of each file its chunks that were not looked at: those that come after the present ones. */
  readonly #queue = new Fifo<Iterable<Chunk>>();
  #present: Iterator<Chunk> | undefined;
  /** Asked for and not arrived, with their sizes. */
  readonly #requested = new Map<Digest, number>();
  #bytes = 0;

  constructor(port: NeedsPort) {
    this.#port = port;
  }

  /** Everything was asked for and has arrived. */
  get settled(): boolean {
    return this.#present === undefined && this.#queue.size === 0 && this.#requested.size === 0;
  }

  /** Lets `ask` go through these chunks, after those that were added before. They are looked at then, not now. */
  add(chunks: Iterable<Chunk>): void {
    this.#queue.push(chunks);
  }

  /** Asks for what is neither here nor asked for already, as far as the window allows. */
  async ask(): Promise<void> {
    if (this.#bytes > limits.neededBytes / 2 || this.#requested.size > limits.neededChunks / 2) return;
    let batch: Digest[] = [];
    let looked = 0;
    while (this.#bytes < limits.neededBytes && this.#requested.size < limits.neededChunks) {
      const chunk = this.#next();
      if (chunk === undefined) break;
      if (++looked % slice === 0) await delay(0);
      if (this.#requested.has(chunk.digest) || this.#port.has(chunk.digest)) continue;
      this.#requested.set(chunk.digest, chunk.size);
      this.#bytes += chunk.size;
      batch.push(chunk.digest);
      if (batch.length < limits.digestsPerNeed) continue;
      await this.#port.send(batch);
      batch = [];
    }
    if (batch.length > 0) await this.#port.send(batch);
  }

  /** PROTOCOL for what was not asked for. */
  check(chunk: Digest): void {
    if (this.#requested.has(chunk)) return;
    throw new PresyncError('PROTOCOL', 'A chunk arrived that was not asked for.');
  }

  /** A chunk that was asked for is here. */
  arrived(chunk: Digest): void {
    this.#bytes -= this.#requested.get(chunk) ?? 0;
    this.#requested.delete(chunk);
  }

  #next(): Chunk | undefined {
    for (;;) {
      this.#present ??= this.#queue.shift()?.[Symbol.iterator]();
      const next = this.#present?.next();
      if (next?.done === false) return next.value;
      this.#present = undefined;
      if (this.#queue.size === 0) return undefined;
    }
  }
}
