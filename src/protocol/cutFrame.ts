/**
 * What has arrived of a frame whose link was cut in its midst.
 *
 * Content and changes are lists, each entry of which is checked by itself: those that are whole are as good as in a frame
 * that is, and need not be sent again. Of all other messages a part is nothing.
 */
import { packedFromWire } from './convert.ts';
import { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import { unpackStart } from './packing.ts';
import { malformed, varintLength, writeVarint } from './varint.ts';
import type { WireField } from './wireField.ts';
import { bodies, readField } from './wireField.ts';

/** Of the lists' fields in an Envelope. */
const tagLength = 1;

/**
 * A frame of the entries that are whole in the beginning of one; undefined for none. They are not looked at: it is to be
 * decoded as any frame that comes from elsewhere. Throws for bytes that are the beginning of no frame.
 */
export function wholePart(start: Uint8Array): Uint8Array | undefined {
  const { field } = lastField(start);
  return listPart(field.number === bodies.packed ? unpacked(start.subarray(field.start, field.end)) : start);
}

function listPart(start: Uint8Array): Uint8Array | undefined {
  const { at, field } = lastField(start);
  if (field.number !== bodies.chunks && field.number !== bodies.changes) return undefined;
  const entries = start.subarray(field.start, field.end);
  const length = wholeLength(entries);
  if (length === 0) return undefined;
  // The field anew, with the length that it has now.
  const head = start.subarray(0, at + tagLength);
  const frame = new Uint8Array(head.length + varintLength(length) + length);
  frame.set(head);
  frame.set(entries.subarray(0, length), writeVarint(frame, length, head.length));
  return frame;
}

function unpacked(packed: Uint8Array): Uint8Array {
  const { at, field } = lastField(packed);
  const frame = packedFromWire(presync.v1.Packed.decode(packed.subarray(0, at)));
  return unpackStart({ ...frame, data: packed.subarray(field.start, field.end) }, limits.chunkFrameBytes);
}

/** Of an envelope its body. PROTOCOL where it is cut off before its content, and where there are too many. */
function lastField(bytes: Uint8Array): { readonly at: number; readonly field: WireField } {
  for (let at = 0, count = 0; count < limits.fieldsPerFrame; count++) {
    const field = readField(bytes, at);
    if (field.end >= bytes.length) return { at, field };
    at = field.end;
  }
  throw malformed();
}

/** Bytes of the fields that are whole, as far as a frame may have so many. */
function wholeLength(bytes: Uint8Array): number {
  let at = 0;
  try {
    for (let count = 0; count < limits.fieldsPerFrame && at < bytes.length; count++) {
      const { end } = readField(bytes, at);
      if (end > bytes.length) break;
      at = end;
    }
  } catch {
    // It is cut off before its content.
  }
  return at;
}
