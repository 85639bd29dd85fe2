/** Content on its way: read, gathered into frames and packed, a few frames ahead of the link. */
import type { Digest } from '../context/digest.ts';
import type { SentChunk } from '../protocol/message.ts';
import type { Effort } from '../protocol/packing.ts';
import type { Exchange } from './exchange.ts';
import { looksShrinkable } from './probe.ts';

export interface ContentPort {
  read(digest: Digest): Promise<Uint8Array>;
  /** A frame has been sent: what was in it, and the bytes that it took at most. */
  sent(chunks: readonly SentChunk[], bytes: number): void;
}

/** What there is to know of a link. */
export interface ContentLink {
  /** Bytes of content that a frame should hold. */
  readonly frameTarget: number;
  readonly packing: boolean;
  /** It is slower than we are, so there is time to pack well. */
  readonly congested: boolean;
}

/** Frames that are packed or sent at the same time. */
const ahead = 3;

class Bin {
  chunks: SentChunk[] = [];
  bytes = 0;
}

export class ContentFrames {
  readonly #exchange: Exchange;
  readonly #port: ContentPort;
  readonly #link: ContentLink;
  readonly #underWay = new Set<Promise<void>>();

  constructor(exchange: Exchange, port: ContentPort, link: ContentLink) {
    this.#exchange = exchange;
    this.#port = port;
    this.#link = link;
  }

  /** Sends these chunks; resolves when the link has taken them all. */
  async send(digests: readonly Digest[]): Promise<void> {
    // What shrinks and what does not go in frames of their own: nothing is packed in vain.
    const shrinkable = new Bin();
    const other = new Bin();
    for (const digest of digests) {
      const data = await this.#port.read(digest);
      const bin = this.#link.packing && looksShrinkable(data) ? shrinkable : other;
      bin.chunks.push({ digest, data });
      bin.bytes += data.length;
      if (bin.bytes >= this.#link.frameTarget) await this.#flush(bin, bin === shrinkable);
    }
    await this.#flush(shrinkable, true);
    await this.#flush(other, false);
    await Promise.all(this.#underWay);
  }

  async #flush(bin: Bin, pack: boolean): Promise<void> {
    const { chunks, bytes } = bin;
    if (chunks.length === 0) return;
    bin.chunks = [];
    bin.bytes = 0;
    const sending = this.#send(chunks, bytes, pack ? this.#effort : undefined);
    this.#underWay.add(sending);
    sending.then(
      () => this.#underWay.delete(sending),
      () => {}, // stays, and ends the next wait
    );
    if (!pack) await sending;
    else if (this.#underWay.size >= ahead) await Promise.race(this.#underWay);
  }

  get #effort(): Effort {
    return this.#link.congested ? 'thorough' : 'quick';
  }

  async #send(chunks: readonly SentChunk[], bytes: number, effort: Effort | undefined): Promise<void> {
    const took = await this.#exchange.send({ type: 'chunks', chunks }, effort);
    this.#port.sent(chunks, Math.min(bytes, took));
  }
}
