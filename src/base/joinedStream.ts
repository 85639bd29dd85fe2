import type { Readable, Writable } from 'node:stream';
import { Duplex } from 'node:stream';

/**
 * Two one-way streams, such as a child's standard output and input, as one that goes both ways. It closes when either does:
 * whoever is at the other end is gone then. Destroying it destroys both.
 */
export class JoinedStream extends Duplex {
  readonly #from: Readable;
  readonly #to: Writable;

  constructor(from: Readable, to: Writable) {
    super({ allowHalfOpen: false });
    this.#from = from;
    this.#to = to;
    from.on('data', (bytes: Buffer) => {
      if (!this.push(bytes)) from.pause();
    });
    from.once('end', () => this.push(null));
    // What an end says of why it failed is for whoever owns it.
    for (const end of [from, to]) {
      end.once('error', () => this.destroy());
      end.once('close', () => this.#closed());
    }
  }

  override _read(): void {
    this.#from.resume();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#to.write(bytes, (error) => (error ? this.destroy() : undefined, done()));
  }

  override _final(done: () => void): void {
    this.#to.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#from.destroy();
    this.#to.destroy();
    done(error);
  }

  /** What was read is passed on first. */
  #closed(): void {
    if (this.readableLength === 0) this.destroy();
    else this.push(null);
  }
}
