import { malformed, readVarint } from './varint.ts';

/** Bodies of an Envelope that are told apart before it is decoded, by their fields in sync.proto. */
export const bodies = { changes: 6, chunks: 8, answer: 21, packed: 25 } as const;

/** A field of an encoded message. */
export interface WireField {
  readonly number: number;
  /** It says itself how long it is: bytes, text or a message. */
  readonly isDelimited: boolean;
  /** Of its content, behind the tag and the length. */
  readonly start: number;
  /** Behind its content: beyond the end of the bytes where the field is cut off. */
  readonly end: number;
}

/** The field at `at`. PROTOCOL for what is none, and for one that is cut off before its content. */
export function readField(bytes: Uint8Array, at: number): WireField {
  const [tag, afterTag] = readVarint(bytes, at);
  const number = Math.floor(tag / 8);
  switch (tag % 8) {
    case 0:
      return { number, isDelimited: false, start: afterTag, end: readVarint(bytes, afterTag)[1] };
    case 1:
      return { number, isDelimited: false, start: afterTag, end: afterTag + 8 };
    case 5:
      return { number, isDelimited: false, start: afterTag, end: afterTag + 4 };
    case 2: {
      const [length, start] = readVarint(bytes, afterTag);
      return { number, isDelimited: true, start, end: start + length };
    }
    default:
      throw malformed();
  }
}
