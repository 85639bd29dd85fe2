import { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';

/** RFC 6455, section 5.2: a final binary frame, and the longest head of one. */
const wholeBinary = 0x82;
const longestHead = 14;
const maskLength = 4;

interface Head {
  readonly first: number;
  readonly mask: Uint8Array | undefined;
  /** Of the head itself, and of what follows. */
  readonly length: number;
  readonly payload: number;
}

/**
 * What has arrived of the WebSocket message that is under way. A WebSocket hands over whole messages only, so this goes along
 * with the bytes that it reads, and holds on to those that it does: of one message at most, and no more than `most` bytes.
 */
export class CutMessage {
  readonly #most: number;
  /** What has arrived of the present frame, from its head on. */
  #parts: Uint8Array[] = [];
  #length = 0;
  #head: Head | undefined;
  #lost = false;

  /** @param stream below the WebSocket, which reads it already */
  constructor(stream: Readable, most: number) {
    this.#most = most;
    stream.on('data', (bytes: Uint8Array) => this.#follow(bytes));
    // What was not read by then goes to the WebSocket and is not seen here.
    stream.prependListener('close', () => {
      if (stream.readableLength > 0) this.forget();
    });
  }

  /** The beginning of its payload; undefined where none is under way. */
  get start(): Uint8Array | undefined {
    const head = this.#head;
    if (this.#lost || head === undefined || head.first !== wholeBinary) return undefined;
    const start = Buffer.concat(this.#parts, this.#length).subarray(head.length);
    const { mask } = head;
    if (mask?.some((byte) => byte !== 0)) for (let i = 0; i < start.length; i++) start[i]! ^= mask[i % 4]!;
    return start;
  }

  /** Nothing is kept from here on. */
  forget(): void {
    this.#lost = true;
    this.#parts = [];
  }

  #follow(bytes: Uint8Array): void {
    if (this.#lost) return;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    while ((this.#head ??= this.#readHead()) !== undefined) {
      const size = this.#head.length + this.#head.payload;
      if (size > this.#most + longestHead) return this.forget();
      if (this.#length < size) return;
      // What is behind it is all in what came last.
      this.#length -= size;
      this.#parts = this.#length === 0 ? [] : [bytes.subarray(bytes.length - this.#length)];
      this.#head = undefined;
    }
  }

  /** Undefined until all of it has arrived. */
  #readHead(): Head | undefined {
    if (this.#length < 2) return undefined;
    const bytes = Buffer.concat(this.#parts, Math.min(this.#length, longestHead));
    const [first, second] = [bytes[0]!, bytes[1]!];
    const short = second & 0x7f;
    const more = short === 126 ? 2 : short === 127 ? 8 : 0;
    const length = 2 + more + (second & 0x80 ? maskLength : 0);
    if (bytes.length < length) return undefined;
    const payload = more === 0 ? short : more === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    return { first, mask: second & 0x80 ? bytes.subarray(length - maskLength, length) : undefined, length, payload };
  }
}
