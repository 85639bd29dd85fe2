/** Frames: one protobuf Envelope each. Sizes and counts are checked before anything is decoded. */
import { PresyncError } from '../base/errors.ts';
import { fromWire, toWire } from './convert.ts';
import { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { Envelope, Message } from './message.ts';
import { checkFieldCount } from './wireCount.ts';

const WireEnvelope = presync.v1.Envelope;

/** A frame. INTERNAL when a sender made one that the limits forbid. */
export function encodeFrame(id: number, message: Message): Uint8Array {
  const frame = WireEnvelope.encode({ id, ...toWire(message) }).finish();
  if (frame.length > frameLimit(message.type)) {
    throw new PresyncError('LIMIT', `A message of ${frame.length} bytes is too large to send (${message.type}).`);
  }
  return frame;
}

/** The message in a frame. PROTOCOL or LIMIT for anything that a well-behaved peer would not send. */
export function decodeFrame(frame: Uint8Array): Envelope {
  if (frame.length > limits.chunkFrameBytes) throw tooLarge(frame.length);
  checkFieldCount(frame);
  let envelope: Envelope;
  try {
    const wire = WireEnvelope.decode(frame);
    envelope = { id: wire.id, message: fromWire(wire) };
  } catch (thrown) {
    if (thrown instanceof PresyncError) throw thrown;
    throw new PresyncError('PROTOCOL', 'A message could not be read.', { cause: thrown });
  }
  if (frame.length > frameLimit(envelope.message.type)) throw tooLarge(frame.length);
  return envelope;
}

function frameLimit(type: Message['type']): number {
  if (type === 'chunks') return limits.chunkFrameBytes;
  return type === 'answer' ? limits.answerFrameBytes : limits.controlFrameBytes;
}

function tooLarge(bytes: number): PresyncError {
  return new PresyncError('LIMIT', `A message of ${bytes} bytes is larger than this version accepts.`);
}
