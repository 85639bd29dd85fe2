/** Frames: one protobuf Envelope each. Sizes and counts are checked before anything is decoded. */
import { PresyncError } from '../base/errors.ts';
import type { FrameRoom } from './chunksFrame.ts';
import { encodeChunks } from './chunksFrame.ts';
import { fromWire, packedFromWire, packedToWire, toWire } from './convert.ts';
import { wholePart } from './cutFrame.ts';
import { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { Arrived, Message } from './message.ts';
import type { PackedFrame } from './packing.ts';
import { unpackFrame } from './packing.ts';
import { checkFieldCount } from './wireCount.ts';

const WireEnvelope = presync.v1.Envelope;

/** A frame, in `room` where it is of content. LIMIT when a sender made one that the limits forbid. */
export function encodeFrame(id: number, message: Message, room?: FrameRoom): Uint8Array {
  const isContent = message.type === 'chunks';
  const frame = isContent
    ? encodeChunks(id, message.chunks, room)
    : WireEnvelope.encode({ id, ...toWire(message) }).finish();
  if (frame.length > frameLimit(message.type)) {
    throw new PresyncError('LIMIT', `A message of ${frame.length} bytes is too large to send (${message.type}).`);
  }
  return frame;
}

/** A frame that holds another one of the same exchange. */
export function encodePacked(id: number, packed: PackedFrame): Uint8Array {
  return WireEnvelope.encode({ id, packed: packedToWire(packed) }).finish();
}

/** The message in a frame. PROTOCOL or LIMIT for anything that a well-behaved peer would not send. */
export function decodeFrame(frame: Uint8Array): Arrived {
  const wire = decodeEnvelope(frame);
  try {
    if (!wire.packed) return toEnvelope(wire, frame.length);
    const inner = unpackFrame(packedFromWire(wire.packed), limits.chunkFrameBytes);
    const unpacked = decodeEnvelope(inner);
    if (unpacked.id !== wire.id) throw new PresyncError('PROTOCOL', 'A packed message is of another exchange.');
    return toEnvelope(unpacked, inner.length);
  } catch (thrown) {
    throw thrown instanceof PresyncError ? thrown : unreadable(thrown);
  }
}

/**
 * What is whole in a frame that was cut off, by its first bytes; undefined where nothing is, or nothing that can be read:
 * that would have ended the link, which is over anyway.
 */
export function decodeCutFrame(start: Uint8Array): Arrived | undefined {
  try {
    const frame = wholePart(start);
    return frame && decodeFrame(frame);
  } catch {
    return undefined;
  }
}

function decodeEnvelope(frame: Uint8Array): presync.v1.Envelope {
  if (frame.length > limits.chunkFrameBytes) throw tooLarge(frame.length);
  checkFieldCount(frame);
  try {
    return WireEnvelope.decode(frame);
  } catch (thrown) {
    throw unreadable(thrown);
  }
}

function toEnvelope(wire: presync.v1.Envelope, bytes: number): Arrived {
  const message = fromWire(wire);
  if (bytes > frameLimit(message.type)) throw tooLarge(bytes);
  return { id: wire.id, message, bytes };
}

function frameLimit(type: Message['type']): number {
  if (type === 'chunks') return limits.chunkFrameBytes;
  return type === 'answer' ? limits.answerFrameBytes : limits.controlFrameBytes;
}

function unreadable(cause: unknown): PresyncError {
  return new PresyncError('PROTOCOL', 'A message could not be read.', { cause });
}

function tooLarge(bytes: number): PresyncError {
  return new PresyncError('LIMIT', `A message of ${bytes} bytes is larger than this version accepts.`);
}
