import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { PackedChunk } from '../protocol/message.ts';

/** A chunk as it travels. */
export function packChunk(digest: Digest, content: Uint8Array): PackedChunk {
  return { digest, codec: 'none', size: content.length, data: content };
}

/** A chunk's content; PROTOCOL when it is not what the chunk says. Whether it has the digest is the store's check. */
export function unpackChunk(chunk: PackedChunk): Uint8Array {
  if (chunk.codec !== 'none') throw new PresyncError('PROTOCOL', `The codec ${chunk.codec} was not agreed on.`);
  if (chunk.data.length !== chunk.size) throw new PresyncError('PROTOCOL', 'A chunk has another size than it says.');
  return chunk.data;
}
