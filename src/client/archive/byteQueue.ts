/** Takes exact numbers of bytes out of a stream of pieces, without copying what it hands on piece by piece. */
export class ByteQueue {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** `size` bytes in one array, or fewer at the end of the source. */
  async take(size: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(size)) pieces.push(piece);
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  /** The next `size` bytes as they come, or fewer at the end of the source. */
  async *pieces(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0;) {
      if (this.#piece.length === 0 && !(await this.#fill())) return;
      const part = this.#piece.subarray(0, left);
      this.#piece = this.#piece.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  /** What is left, to the source's end. */
  async *rest(): AsyncGenerator<Uint8Array> {
    yield* this.pieces(Infinity);
  }

  async #fill(): Promise<boolean> {
    while (!this.#ended && this.#piece.length === 0) {
      const next = await this.#source.next();
      if (next.done) this.#ended = true;
      else this.#piece = next.value;
    }
    return this.#piece.length > 0;
  }
}
