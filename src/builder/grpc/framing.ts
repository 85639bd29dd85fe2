/**
 * gRPC's message framing: one byte of flags (1 = compressed), four bytes of length (big endian), the message.
 * See "Length-Prefixed-Message" in the gRPC over HTTP/2 specification.
 */
import { PresyncError } from '../../base/errors.ts';

export const frameHeaderBytes = 5;

/** Writes the header of a message of `length` bytes at `offset` of `target`. */
export function writeFrameHeader(target: Buffer, offset: number, length: number): void {
  target[offset] = 0;
  target.writeUInt32BE(length, offset + 1);
}

/** One message with its header. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(frameHeaderBytes + message.length);
  writeFrameHeader(framed, 0, message.length);
  framed.set(message, frameHeaderBytes);
  return framed;
}

/**
 * Cuts a byte stream into messages, however it was split.
 *
 * Refuses with PROTOCOL what is compressed (it was not offered) or ends too soon, and with LIMIT a message longer than
 * `limit` as soon as its length is known. After an error the decoder must be discarded.
 */
export class FrameDecoder {
  readonly #limit: number;
  #pending: Uint8Array[] = [];
  #buffered = 0;
  /** Bytes that must be there before there is anything to do: a header or a whole frame. */
  #wanted = frameHeaderBytes;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The messages that `chunk` completes, all of which must be taken. They may be views of it. */
  *push(chunk: Uint8Array): Generator<Uint8Array> {
    this.#pending.push(chunk);
    this.#buffered += chunk.length;
    // Joining only when enough has arrived keeps a large message in small chunks linear.
    if (this.#buffered < this.#wanted) return;
    const bytes = this.#join();
    let at = 0;
    for (;;) {
      const left = bytes.length - at;
      this.#wanted = left < frameHeaderBytes ? frameHeaderBytes : frameHeaderBytes + this.#length(bytes, at);
      if (left < this.#wanted) break;
      const end = at + this.#wanted;
      yield bytes.subarray(at + frameHeaderBytes, end);
      at = end;
    }
    this.#pending = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#buffered = bytes.length - at;
  }

  /** Says that the stream ended. */
  end(): void {
    if (this.#buffered > 0) throw new PresyncError('PROTOCOL', 'A gRPC stream ended inside a message.');
  }

  #join(): Buffer {
    return this.#pending.length === 1 ? toBuffer(this.#pending[0]!) : Buffer.concat(this.#pending);
  }

  #length(bytes: Buffer, at: number): number {
    if (bytes[at] !== 0) throw new PresyncError('PROTOCOL', 'A gRPC message has flags that were not agreed on.');
    const length = bytes.readUInt32BE(at + 1);
    if (length > this.#limit) {
      throw new PresyncError('LIMIT', `A gRPC message has ${length} bytes; at most ${this.#limit} are accepted.`);
    }
    return length;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
