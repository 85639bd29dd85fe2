/** Protobuf's variable-length integers, written into a buffer: seven bits a byte, lowest first. */

/** For the halves of a 64-bit integer: a bigint is cut by the processor instead of by bigint arithmetic. */
const whole = new BigInt64Array(1);
const halves = new Uint32Array(whole.buffer);
const lowIndex = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

/** How many bytes `writeVarint` takes for an integer from 0 to 2^53. */
export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Writes an integer from 0 to 2^53 and returns the offset behind it. */
export function writeVarint(target: Buffer, offset: number, value: number): number {
  let rest = value;
  let at = offset;
  while (rest >= 128) {
    target[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  target[at++] = rest;
  return at;
}

/** Writes an int64, negative ones as two's complement in ten bytes, and returns the offset behind it. */
export function writeInt64(target: Buffer, offset: number, value: bigint): number {
  whole[0] = value;
  let low = halves[lowIndex]!;
  let high = halves[1 - lowIndex]!;
  let at = offset;
  while (high > 0 || low >= 128) {
    target[at++] = (low & 127) | 128;
    low = ((low >>> 7) | (high << 25)) >>> 0;
    high >>>= 7;
  }
  target[at++] = low;
  return at;
}

const scratch = Buffer.alloc(10);

/** How many bytes `writeInt64` takes. */
export function int64Length(value: bigint): number {
  return writeInt64(scratch, 0, value);
}
