import { Buffer } from 'node:buffer';
import type { Digest } from '../../src/context/digest.ts';
import { digestFromBytes, digestLength } from '../../src/context/digest.ts';

/** What of content has come through a link. */
export interface ArrivedContent {
  /** Chunks of which every byte is there. */
  readonly whole: ReadonlySet<Digest>;
  /** Chunks that began: the link was cut in their midst. */
  readonly struck: ReadonlySet<Digest>;
}

/**
 * A Chunk in sync.proto: its digest, by tag and length, and behind it the tag of its data; before it the tag of the list that
 * it is in, Chunks.chunks or Changes.inline. (A ChunkList has the same two fields, in another one.)
 */
const digestField = Buffer.from([0x0a, digestLength]);
const dataTag = 0x22;
const listTags = [0x0a, 0x12];

/**
 * The chunks in the bytes that went through a link which neither packs nor masks, as a socket of this machine does. Their
 * encoding is looked for, wherever it is, so that it does not matter what our own decoders make of the bytes.
 */
export function contentInBytes(bytes: Buffer): ArrivedContent {
  const whole = new Set<Digest>();
  const struck = new Set<Digest>();
  for (let at = bytes.indexOf(digestField); at >= 0; at = bytes.indexOf(digestField, at + 1)) {
    const start = at + digestField.length;
    const tagAt = start + digestLength;
    if (bytes[tagAt] !== dataTag || !listTags.includes(tagBefore(bytes, at))) continue;
    const digest = digestFromBytes(bytes.subarray(start, tagAt));
    const end = endOfData(bytes, tagAt + 1);
    (end !== undefined && end <= bytes.length ? whole : struck).add(digest);
  }
  return { whole, struck };
}

/** The tag of the message that begins at `at`, before its length: all bytes of a length but the last have the high bit. */
function tagBefore(bytes: Buffer, at: number): number {
  let tagAt = at - 2;
  while (tagAt > 0 && bytes[tagAt]! >= 0x80) tagAt--;
  return bytes[tagAt]!;
}

/** By the length at `at`; undefined where that is cut off itself. */
function endOfData(bytes: Buffer, at: number): number | undefined {
  for (let size = 0, digits = 0; at + digits < bytes.length;) {
    const byte = bytes[at + digits]!;
    size += (byte & 0x7f) * 128 ** digits++;
    if (byte < 0x80) return at + digits + size;
  }
  return undefined;
}
