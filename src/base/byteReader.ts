import type { ByteString } from './bytes.ts';
import { fromBytes } from './bytes.ts';

/** Reads back what a ByteWriter wrote. RangeError when the bytes end too soon, or hold what no ByteWriter writes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  u53(): number {
    const at = this.#take(8);
    const value = this.#view.getUint32(at, true) + this.#view.getUint32(at + 4, true) * 2 ** 32;
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError(`${value} at ${at} is too large`);
    return value;
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  /** A view of the next `length` bytes. */
  raw(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  byteString(length: number): ByteString {
    return fromBytes(this.raw(length));
  }

  sized(): ByteString {
    return this.byteString(this.u32());
  }

  #take(count: number): number {
    const at = this.#at;
    if (!(count >= 0 && at + count <= this.#bytes.length))
      throw new RangeError(`${count} bytes wanted at ${at} of ${this.#bytes.length}`);
    this.#at = at + count;
    return at;
  }
}
