/**
 * Content sent ahead of the push that will need it, while the folder is still being read: the one end reads and hashes
 * while the other checks and stores, and nothing is read twice.
 *
 *   client                          daemon
 *   Ahead {digests}           ──▶
 *                             ◀──   Need {digests}    those that it lacks, for each Ahead
 *   Ahead … Chunks {…} …      ──▶   checks and stores each
 *   Ahead {} (none)           ──▶
 *                             ◀──   Need {} (none)    everything before it is stored
 *   Cancel                    ──▶
 *
 * Nothing depends on it: what does not come this way is asked for by the push.
 */
import type { Disposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Message, SentChunk } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';
import { unexpected } from './exchange.ts';
import type { Peer } from './peer.ts';
import type { PushSink } from './receiver.ts';

/** What is being read. */
export interface FreshContents {
  /** Calls back for each content that is at hand, now and later, until disposed of. */
  follow(follower: (digest: Digest, size: number) => void): Disposable;
  /** A content that is at hand, once. */
  take(digest: Digest): Uint8Array | undefined;
  /** One that was taken is needed no longer: its memory may be used again. Nobody has to say so. */
  spent(content: Uint8Array): void;
}

/** What went ahead. */
export interface SentAhead {
  readonly digests: ReadonlySet<Digest>;
  readonly bytes: number;
}

/** The client's half, from its making to `end`. */
export class AheadSender {
  readonly #peer: Peer;
  readonly #contents: FreshContents;
  readonly #following: Disposable;
  readonly #sent = new Set<Digest>();
  #bytes = 0;
  #fresh: Digest[] = [];
  #freshBytes = 0;
  /** Offered and not answered, in order. */
  readonly #offered: (readonly Digest[])[] = [];
  #exchange: Promise<Exchange> | undefined;
  #answering: Promise<void> | undefined;
  #over = false;
  /** There is another offer, or there will be none. */
  #onMore: () => void = () => {};

  constructor(peer: Peer, contents: FreshContents) {
    this.#peer = peer;
    this.#contents = contents;
    this.#following = contents.follow((digest, size) => this.#take(digest, size));
  }

  /** Nothing more is read. Resolves when the daemon holds what was sent. */
  async end(): Promise<SentAhead> {
    this.#following.dispose();
    this.#over = true;
    this.#onMore();
    await this.#answering;
    return { digests: this.#sent, bytes: this.#bytes };
  }

  /** The reading failed: nothing is waited for. */
  break(): void {
    this.#following.dispose();
    this.#over = true;
    this.#onMore();
    void this.#exchange
      ?.then(async (exchange) => {
        await exchange.send({ type: 'cancel' }).finally(() => exchange.close());
      })
      .catch(() => {});
  }

  #take(digest: Digest, size: number): void {
    this.#fresh.push(digest);
    this.#freshBytes += size;
    // A few files travel with their push, in no more than one round trip.
    const least = this.#answering === undefined ? limits.leastAhead : limits.aheadBytes;
    if (this.#freshBytes < least && this.#fresh.length < limits.digestsPerNeed) return;
    const fresh = this.#fresh;
    this.#fresh = [];
    this.#freshBytes = 0;
    for (let at = 0; at < fresh.length; at += limits.aheadChunks) this.#offer(fresh.slice(at, at + limits.aheadChunks));
  }

  #offer(digests: readonly Digest[]): void {
    this.#offered.push(digests);
    const message = { type: 'ahead', digests } as const;
    const before = this.#exchange;
    this.#exchange =
      before === undefined
        ? this.#peer.begin(message)
        : before.then(async (exchange) => {
            await exchange.send(message);
            return exchange;
          });
    // What goes wrong with the link is the push's to tell.
    this.#exchange.catch(() => this.#following.dispose());
    this.#onMore();
    this.#answering ??= this.#answer().catch(() => this.#following.dispose());
  }

  async #answer(): Promise<void> {
    const exchange = await this.#exchange!;
    try {
      for (;;) {
        for (let offered; (offered = this.#offered.shift()) !== undefined;) {
          const { digests } = await exchange.expect('need', { timeout: timeouts.pushIdle });
          await this.#send(exchange, new Set(digests), offered);
        }
        if (this.#over) break;
        await new Promise<void>((resolve) => (this.#onMore = resolve));
      }
      // What was sent is stored when this is answered, and not when it was asked for.
      await exchange.send({ type: 'ahead', digests: [] });
      await exchange.expect('need', { timeout: timeouts.pushIdle });
      await exchange.send({ type: 'cancel' });
    } finally {
      exchange.close();
    }
  }

  /** Sends of what was offered what is needed. The rest is let go of: the daemon has it. */
  async #send(exchange: Exchange, needed: ReadonlySet<Digest>, offered: readonly Digest[]): Promise<void> {
    let chunks: SentChunk[] = [];
    let bytes = 0;
    const flush = async () => {
      if (chunks.length === 0) return;
      for (const { digest } of chunks) this.#sent.add(digest);
      this.#bytes += bytes;
      const sent = chunks;
      [chunks, bytes] = [[], 0];
      await exchange.send({ type: 'chunks', chunks: sent });
      for (const { data } of sent) this.#contents.spent(data);
    };
    for (const digest of offered) {
      const data = this.#contents.take(digest);
      if (data === undefined) continue;
      if (!needed.has(digest)) {
        this.#contents.spent(data);
        continue;
      }
      chunks.push({ digest, data });
      bytes += data.length;
      if (bytes >= limits.aheadFrameTarget) await flush();
    }
    await flush();
  }
}

/** The daemon's half, from the first message on. It takes nothing but what it has asked for. */
export async function receiveAhead(
  exchange: Exchange,
  first: Message,
  sink: Pick<PushSink, 'has' | 'put'>,
  signal?: AbortSignal,
): Promise<void> {
  const asked = new Set<Digest>();
  for (let message = first; ; message = await exchange.receive({ signal, timeout: timeouts.pushIdle })) {
    if (message.type === 'ahead') {
      const digests = [...new Set(message.digests)].filter((digest) => !asked.has(digest) && !sink.has(digest));
      if (asked.size + digests.length > limits.neededChunks) throw new PresyncError('LIMIT', 'Too much is sent ahead.');
      for (const digest of digests) asked.add(digest);
      await exchange.sendUnlessLost({ type: 'need', digests });
    } else if (message.type === 'chunks') {
      for (const { digest, data } of message.chunks) {
        if (!asked.delete(digest)) throw new PresyncError('PROTOCOL', 'A chunk arrived that was not asked for.');
        await sink.put(digest, data);
      }
    } else if (message.type === 'cancel') {
      return;
    } else {
      throw unexpected(message);
    }
  }
}
