/**
 * Frames of content, which are most of what a link carries. The generated encoder grows a buffer and moves what is in it
 * whenever it learns how long something is; here the lengths are known, and each byte is copied once.
 */
import { digestLength } from '../context/digest.ts';
import type { SentChunk } from './message.ts';
import { varintLength, writeVarint } from './varint.ts';

/** Fields of Envelope, Chunks and Chunk in sync.proto: number << 3, and 2 for what has a length. */
const tags = { id: 0x08, chunks: 0x42, chunk: 0x0a, digest: 0x0a, data: 0x22 } as const;

/** Makes room for a frame of so many bytes. */
export type FrameRoom = (length: number) => Buffer;

/** The very bytes that the generated encoder makes of a Chunks message. */
export function encodeChunks(
  id: number,
  chunks: readonly SentChunk[],
  room: FrameRoom = (size) => Buffer.allocUnsafeSlow(size),
): Uint8Array {
  let length = 0;
  for (const { data } of chunks) length += sized(chunkLength(data.length));
  const frame = room(1 + varintLength(id) + sized(length));
  let at = writeVarint(frame, tags.id, 0);
  at = writeVarint(frame, id, at);
  at = writeVarint(frame, tags.chunks, at);
  at = writeVarint(frame, length, at);
  for (const { digest, data } of chunks) {
    at = writeVarint(frame, tags.chunk, at);
    at = writeVarint(frame, chunkLength(data.length), at);
    at = writeVarint(frame, tags.digest, at);
    at = writeVarint(frame, digestLength, at);
    at += frame.write(digest, at, 'latin1');
    at = writeVarint(frame, tags.data, at);
    at = writeVarint(frame, data.length, at);
    frame.set(data, at);
    at += data.length;
  }
  return frame;
}

function chunkLength(dataLength: number): number {
  return sized(digestLength) + sized(dataLength);
}

/** Bytes of a field of so many: its tag, its length and itself. */
function sized(length: number): number {
  return 1 + varintLength(length) + length;
}
