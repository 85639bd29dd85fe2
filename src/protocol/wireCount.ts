import { PresyncError } from '../base/errors.ts';
import { limits } from './limits.ts';

/** Bodies that may be larger than a control frame, by their fields of Envelope: chunks, answer, packed. */
const largeBodies: ReadonlyMap<number, number> = new Map([
  [8, limits.chunkFrameBytes],
  [21, limits.answerFrameBytes],
  [25, limits.chunkFrameBytes],
]);

/**
 * Counts the fields of an encoded envelope and of its body without decoding it.
 *
 * A frame of empty two-byte entries is small and becomes millions of objects, so the count comes first: LIMIT beyond
 * `limits.fieldsPerFrame`, and for a frame that is too large for what it holds; PROTOCOL for bytes that are no protobuf.
 */
export function checkFieldCount(frame: Uint8Array, depth = 1): void {
  let at = 0;
  let count = 0;
  while (at < frame.length) {
    if (++count > limits.fieldsPerFrame) throw new PresyncError('LIMIT', 'A message has too many entries.');
    const [tag, afterTag] = readVarint(frame, at);
    const wireType = tag % 8;
    at = afterTag;
    if (wireType === 0) {
      at = readVarint(frame, at)[1];
    } else if (wireType === 1) {
      at += 8;
    } else if (wireType === 5) {
      at += 4;
    } else if (wireType === 2) {
      const [length, start] = readVarint(frame, at);
      at = start + length;
      if (at > frame.length) throw malformed();
      if (depth === 0) continue;
      if (frame.length > (largeBodies.get(Math.floor(tag / 8)) ?? limits.controlFrameBytes)) {
        throw new PresyncError('LIMIT', `A message of ${frame.length} bytes is larger than this version accepts.`);
      }
      checkFieldCount(frame.subarray(start, at), depth - 1);
    } else {
      throw malformed();
    }
  }
  if (at > frame.length) throw malformed();
}

/** The value and the offset behind it. Up to 2^53, which is more than any frame is long. */
function readVarint(bytes: Uint8Array, at: number): [value: number, next: number] {
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

function malformed(): PresyncError {
  return new PresyncError('PROTOCOL', 'A message is not valid protobuf.');
}
