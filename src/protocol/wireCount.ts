import { PresyncError } from '../base/errors.ts';
import { limits } from './limits.ts';
import { malformed } from './varint.ts';
import { bodies, readField } from './wireField.ts';

/** Bodies that may be larger than a control frame. */
const largeBodies: ReadonlyMap<number, number> = new Map([
  [bodies.chunks, limits.chunkFrameBytes],
  [bodies.answer, limits.answerFrameBytes],
  [bodies.packed, limits.chunkFrameBytes],
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
    const { number, isDelimited, start, end } = readField(frame, at);
    if (end > frame.length) throw malformed();
    at = end;
    if (!isDelimited || depth === 0) continue;
    if (frame.length > (largeBodies.get(number) ?? limits.controlFrameBytes)) {
      throw new PresyncError('LIMIT', `A message of ${frame.length} bytes is larger than this version accepts.`);
    }
    checkFieldCount(frame.subarray(start, end), depth - 1);
  }
}
