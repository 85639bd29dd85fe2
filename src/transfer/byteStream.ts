/**
 * Byte streams inside an exchange: bytes that a build moves between its engine and its client, such as those of an ssh
 * agent.
 *
 * Each direction has a window of its own, so that a slow reader of one stream holds back its sender and nobody else on
 * the link. The two directions end one by one; an error ends both.
 */
import { PresyncError } from '../base/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { StreamMessage } from '../protocol/message.ts';

/** Who carries the messages: an exchange. */
export interface StreamCarrier {
  send(message: StreamMessage): Promise<unknown>;
}

/** The streams of one exchange. */
export class Streams {
  readonly #carrier: StreamCarrier;
  readonly #open = new Map<number, ByteStream>();
  #over: PresyncError | undefined;

  constructor(carrier: StreamCarrier) {
    this.#carrier = carrier;
  }

  /**
   * A stream that both ends know by its number. When the exchange is over it has failed already, so that whoever moves
   * bytes through it lets go of what they have. LIMIT when there are too many, PROTOCOL for a number in use.
   */
  open(id: number): ByteStream {
    if (this.#open.has(id)) throw new PresyncError('PROTOCOL', 'A stream was opened twice.');
    if (this.#open.size >= limits.streamsPerExchange) throw new PresyncError('LIMIT', 'Too many streams at once.');
    const stream = new ByteStream(id, this.#carrier, () => this.#open.delete(id));
    this.#open.set(id, stream);
    if (this.#over !== undefined) stream.deliver({ type: 'streamEnd', stream: id, error: this.#over });
    return stream;
  }

  /** A message of the exchange. One for a stream that is over is dropped: the other side could not know yet. */
  deliver(message: StreamMessage): void {
    this.#open.get(message.stream)?.deliver(message);
  }

  /** The exchange is over: whoever reads or writes, now or later, is told why. */
  close(why: PresyncError): void {
    this.#over ??= why;
    for (const stream of [...this.#open.values()]) stream.deliver({ type: 'streamEnd', stream: stream.id, error: why });
  }
}

export class ByteStream {
  readonly id: number;
  readonly #carrier: StreamCarrier;
  readonly #forget: () => void;
  #arrived: Uint8Array[] = [];
  /** What may still be sent, and what may still arrive. */
  #credit: number = limits.streamWindowBytes;
  #allowance: number = limits.streamWindowBytes;
  /** Read, and not told to the sender yet. */
  #taken = 0;
  #endedHere = false;
  #endedThere = false;
  #failure: PresyncError | undefined;
  #wake: (() => void)[] = [];

  constructor(id: number, carrier: StreamCarrier, forget: () => void) {
    this.id = id;
    this.#carrier = carrier;
    this.#forget = forget;
  }

  /** Resolves when all is on its way. Rejects with what ended the stream. One writer at a time. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      while (this.#credit === 0 && !this.#over) await this.#change();
      if (this.#over) throw this.#failure ?? new PresyncError('INTERNAL', 'A stream was written to after its end.');
      const size = Math.min(bytes.length - at, this.#credit, limits.streamPieceBytes);
      this.#credit -= size;
      await this.#carrier.send({ type: 'streamData', stream: this.id, data: bytes.subarray(at, at + size) });
      at += size;
    }
  }

  /** Says that no more is written. */
  async end(): Promise<void> {
    if (this.#over) return;
    this.#endedHere = true;
    this.#settle();
    await this.#carrier.send({ type: 'streamEnd', stream: this.id, error: undefined });
  }

  /** Ends both directions; the other side is told why. What it sends from here on is dropped. */
  async fail(error: PresyncError): Promise<void> {
    if (this.#failure !== undefined || (this.#endedHere && this.#endedThere)) return;
    this.#break(error);
    await this.#carrier.send({ type: 'streamEnd', stream: this.id, error }).catch(() => {});
  }

  /** What arrives, until the other side ends. Throws what ended the stream early. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#arrived.shift();
      if (piece !== undefined) {
        yield piece;
        await this.#take(piece.length);
      } else if (this.#failure !== undefined) {
        throw this.#failure;
      } else if (this.#endedThere) {
        return;
      } else {
        await this.#change();
      }
    }
  }

  /** For the exchange: a message of this stream arrived. */
  deliver(message: StreamMessage): void {
    switch (message.type) {
      case 'streamData':
        this.#receive(message.data);
        break;
      case 'streamCredit':
        // More than was ever sent cannot have been read.
        this.#credit = Math.min(limits.streamWindowBytes, this.#credit + message.bytes);
        break;
      case 'streamEnd':
        if (message.error !== undefined) return this.#break(message.error);
        this.#endedThere = true;
        this.#settle();
        break;
    }
    this.#changed();
  }

  get #over(): boolean {
    return this.#endedHere || this.#failure !== undefined;
  }

  #receive(data: Uint8Array): void {
    if (this.#endedThere || data.length > this.#allowance) {
      void this.fail(new PresyncError('PROTOCOL', 'More was sent into a stream than was allowed.'));
      return;
    }
    this.#allowance -= data.length;
    this.#arrived.push(data);
  }

  /** Gives the sender new credit, a quarter of the window at a time. */
  async #take(bytes: number): Promise<void> {
    this.#taken += bytes;
    if (this.#endedThere || this.#taken < limits.streamWindowBytes / 4) return;
    const credit = this.#taken;
    this.#taken = 0;
    this.#allowance += credit;
    await this.#carrier.send({ type: 'streamCredit', stream: this.id, bytes: credit });
  }

  #break(error: PresyncError): void {
    this.#failure ??= error;
    this.#arrived = [];
    this.#forget();
    this.#changed();
  }

  #settle(): void {
    if (this.#endedHere && this.#endedThere) this.#forget();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#wake.splice(0)) resolve();
  }
}
