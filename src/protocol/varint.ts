/** Numbers as protobuf writes them: seven bits a byte, the lowest first. */
import { PresyncError } from '../base/errors.ts';

/** The value and the offset behind it. Up to 2^53, which is more than any frame is long. PROTOCOL. */
export function readVarint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) throw malformed();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at + i + 1];
    scale *= 128;
  }
  throw malformed();
}

export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) length++;
  return length;
}

/** Returns the offset behind it. */
export function writeVarint(target: Uint8Array, value: number, start: number): number {
  let at = start;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) target[at++] = (rest % 0x80) | 0x80;
  target[at++] = rest;
  return at;
}

/** PROTOCOL, for bytes that are no protobuf. */
export function malformed(): PresyncError {
  return new PresyncError('PROTOCOL', 'A message is not valid protobuf.');
}
