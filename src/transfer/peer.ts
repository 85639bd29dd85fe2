/**
 * One end of a link: many exchanges over one transport.
 *
 * The client's exchanges have odd ids, the daemon's even ones; id 0 is for the Hello and for notices. A message for an
 * exchange that is over is dropped: the other side could not know yet. A frame that cannot be decoded ends the link,
 * since nothing behind it can be trusted.
 */
import type { Disposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import { decodeCutFrame, decodeFrame, encodeFrame, encodePacked } from '../protocol/codec.ts';
import { limits } from '../protocol/limits.ts';
import type { Codec, Message } from '../protocol/message.ts';
import type { Effort, PackedFrame } from '../protocol/packing.ts';
import { packFrame, packFrameAside } from '../protocol/packing.ts';
import type { ExchangeHost } from './exchange.ts';
import { Exchange } from './exchange.ts';
import { FramePool } from './framePool.ts';
import type { Transport } from './transport.ts';

export type Side = 'client' | 'daemon';

/** Messages that shrink, and are packed as they are sent. */
const shrinking: ReadonlySet<Message['type']> = new Set(['changes', 'compare', 'build', 'events']);

/** Messages that begin an exchange. */
const requests: ReadonlySet<Message['type']> = new Set(['open', 'ahead', 'push', 'build', 'barrier']);

export class Peer implements Disposable {
  /** Hello and notices. */
  readonly notices: Exchange;
  /** Called for each exchange that the other side begins. Set before the Hello is answered. */
  onRequest: (exchange: Exchange, request: Message) => void = () => {};
  /** Called once when the link is gone. */
  onClose: (why: PresyncError) => void = () => {};
  /** How frames are packed: what the Hello agreed on. */
  codec: Codec = 'none';
  /** Content may be sent before the push that needs it: see ahead.ts. */
  takesAhead = false;
  readonly #transport: Transport;
  readonly #frames = new FramePool();
  readonly #exchanges = new Map<number, Exchange>();
  readonly #host: ExchangeHost;
  readonly #theirParity: 0 | 1;
  #nextId: number;
  #lastOfTheirs = 0;
  #backlog = 0;
  #paused = false;
  /** A frame could not be decoded: nothing behind it is taken, though the transport may still bring some. */
  #distrusted = false;
  /** Why the link is gone; undefined while it is there. */
  #gone: PresyncError | undefined;

  constructor(transport: Transport, side: Side) {
    this.#transport = transport;
    this.#nextId = side === 'client' ? 1 : 2;
    this.#theirParity = side === 'client' ? 0 : 1;
    this.#host = {
      send: (id, message, effort) => this.#send(id, message, effort),
      backlogChanged: (bytes) => this.#backlogChanged(bytes),
      closed: (id) => this.#closed(id),
    };
    this.notices = new Exchange(0, this.#host);
    this.#exchanges.set(0, this.notices);
    transport.onFrame = (frame) => this.#receive(frame);
    transport.onCut = (start) => this.#receiveCut(start);
    transport.onClose = (why) => this.#ended(why);
  }

  get congested(): boolean {
    return this.#transport.congested;
  }

  get frameTarget(): number {
    return this.#transport.frameTarget;
  }

  get packing(): boolean {
    return this.codec !== 'none';
  }

  /**
   * Begins an exchange with its first message. LINK_LOST, or why else the link is gone; LIMIT when the message is larger
   * than a frame may be.
   */
  async begin(request: Message): Promise<Exchange> {
    if (this.#gone !== undefined) throw this.#gone;
    const exchange = new Exchange(this.#nextId, this.#host);
    this.#nextId += 2;
    this.#exchanges.set(exchange.id, exchange);
    try {
      await exchange.send(request);
      return exchange;
    } catch (thrown) {
      exchange.close();
      throw thrown;
    }
  }

  /** Begins an exchange, runs `converse` and ends it, whatever happens. */
  async converse<T>(request: Message, converse: (exchange: Exchange) => Promise<T>): Promise<T> {
    const exchange = await this.begin(request);
    try {
      return await converse(exchange);
    } finally {
      exchange.close();
    }
  }

  close(why?: PresyncError): void {
    this.#transport.close(why);
  }

  dispose(): void {
    this.close();
  }

  async #send(id: number, message: Message, effort: Effort | undefined): Promise<number> {
    const plain = encodeFrame(id, message, (length) => this.#frames.take(length));
    let frame = plain;
    if (this.codec !== 'none' && frame.length >= limits.leastPacked) {
      let packed: PackedFrame | undefined;
      if (effort !== undefined) packed = await packFrameAside(frame, this.codec, effort);
      else if (shrinking.has(message.type)) packed = packFrame(frame, this.codec, 'quick');
      if (packed !== undefined) frame = encodePacked(id, packed);
    }
    this.#transport.send(frame, () => this.#frames.giveBack(plain));
    await this.#transport.drained();
    return frame.length;
  }

  #receive(frame: Uint8Array): void {
    if (this.#distrusted) return;
    try {
      const { id, message, bytes } = decodeFrame(frame);
      this.#route(id, message, bytes);
    } catch (thrown) {
      this.#distrusted = true;
      this.#transport.close(PresyncError.from(thrown));
    }
  }

  /** What is whole in it goes where all of it would have gone; an exchange is not begun by a part. */
  #receiveCut(start: Uint8Array): void {
    const arrived = this.#distrusted ? undefined : decodeCutFrame(start);
    if (arrived !== undefined) this.#exchanges.get(arrived.id)?.deliver(arrived.message, arrived.bytes);
  }

  #route(id: number, message: Message, bytes: number): void {
    const known = this.#exchanges.get(id);
    if (known !== undefined) return known.deliver(message, bytes);
    // An exchange that is over is not begun anew by what was still on its way.
    if (id <= this.#lastOfTheirs || id % 2 !== this.#theirParity || !requests.has(message.type)) return;
    if (this.#exchanges.size > limits.openExchanges) throw new PresyncError('LIMIT', 'Too many requests at once.');
    this.#lastOfTheirs = id;
    const exchange = new Exchange(id, this.#host);
    this.#exchanges.set(id, exchange);
    this.onRequest(exchange, message);
  }

  #closed(id: number): void {
    this.#exchanges.delete(id);
    // Only the notices are left: nothing is being sent.
    if (this.#exchanges.size === 1) this.#frames.clear();
  }

  #backlogChanged(bytes: number): void {
    this.#backlog += bytes;
    const full = this.#backlog > limits.exchangeBacklogBytes;
    if (full === this.#paused) return;
    this.#paused = full;
    if (full) this.#transport.pause();
    else this.#transport.resume();
  }

  #ended(why: PresyncError): void {
    this.#gone = why;
    for (const exchange of [...this.#exchanges.values()]) exchange.fail(why);
    this.#exchanges.clear();
    this.onClose(why);
  }
}
