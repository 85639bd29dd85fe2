/**
 * A byte stream inside a gRPC call: `Control.Session` carries a session's connection in BytesMessages, both ways.
 */
import type { ClientHttp2Stream } from 'node:http2';
import http2 from 'node:http2';
import { Duplex } from 'node:stream';
import { moby } from '../generated/buildkit.js';
import { readMessages } from '../grpc/messages.ts';
import { outsideParsing } from '../grpc/outsideParsing.ts';
import { builderLimits } from '../limits.ts';
import { bytesMessage } from './bytesMessage.ts';

const { BytesMessage } = moby.buildkit.v1;

type Done = (error?: Error | null) => void;

/** The other end's bytes to read, ours to write. Destroying it ends the call. */
export class BytesTunnel extends Duplex {
  readonly #stream: ClientHttp2Stream;
  readonly #messages: AsyncIterator<Uint8Array>;
  #reading = false;

  constructor(stream: ClientHttp2Stream) {
    super();
    this.#stream = stream;
    this.#messages = readMessages(stream);
    stream.once('close', () => this.destroy());
  }

  override _read(): void {
    if (this.#reading) return;
    this.#reading = true;
    void this.#pull();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: Done): void {
    this.#stream.end(done);
  }

  override _destroy(error: Error | null, done: Done): void {
    outsideParsing(() => this.#stream.close(http2.constants.NGHTTP2_CANCEL));
    done(error);
  }

  async #pull(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#messages.next();
        if (next.done) return void this.push(null);
        const { data } = BytesMessage.decode(next.value);
        if (data.length > 0 && !this.push(data)) return;
      }
    } catch (error) {
      this.destroy(error as Error);
    } finally {
      this.#reading = false;
    }
  }

  /** One message per piece. Resuming after a full buffer is the stream's business: `done` waits for the last one. */
  #send(bytes: Buffer, done: Done): void {
    if (bytes.length === 0) return done();
    for (let start = 0; start < bytes.length; start += builderLimits.tunnelBytes) {
      const end = Math.min(bytes.length, start + builderLimits.tunnelBytes);
      const last = end === bytes.length;
      this.#stream.write(bytesMessage(bytes.subarray(start, end)), last ? done : undefined);
    }
  }
}
