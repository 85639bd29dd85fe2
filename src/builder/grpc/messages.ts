import type { Readable } from 'node:stream';
import { PresyncError } from '../../base/errors.ts';
import { builderLimits } from '../limits.ts';
import { FrameDecoder } from './framing.ts';

/**
 * The messages of one direction of a gRPC call, as they arrive; reading slowly slows the peer down.
 * Throws what the stream throws, PROTOCOL and LIMIT. Leaving early does not end the other direction.
 */
export async function* readMessages(stream: Readable): AsyncGenerator<Uint8Array> {
  const decoder = new FrameDecoder(builderLimits.messageBytes);
  const chunks = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) yield* decoder.push(chunk);
  decoder.end();
}

/** The message of a call that has one. PROTOCOL when it ended without. */
export async function singleMessage(messages: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const message of messages) return message;
  throw new PresyncError('PROTOCOL', 'A gRPC call came without its message.');
}
