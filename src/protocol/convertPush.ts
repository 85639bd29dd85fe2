/** Wire ⇄ model for what a push is made of, apart from its changes. */
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import { checkPath } from '../context/path.ts';
import { toDigest } from './convertDigest.ts';
import type { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { Compare, SentChunk } from './message.ts';

export function chunkToWire({ digest, data }: SentChunk): presync.v1.Chunk.$Properties {
  return { digest: toBytes(digest), data };
}

export function chunkFromWire({ digest, data }: presync.v1.Chunk.$Properties): SentChunk {
  return { digest: toDigest(digest), data: data ?? new Uint8Array() };
}

type ComparedFolder = Compare['folders'][number];

export function folderToWire({ path, digest }: ComparedFolder): presync.v1.Folder.$Properties {
  return { path: toBytes(path), digest: toBytes(digest) };
}

export function folderFromWire({ path, digest }: presync.v1.Folder.$Properties): ComparedFolder {
  return { path: checkPath(fromBytes(path ?? new Uint8Array())), digest: toDigest(digest) };
}

export function packBits(bits: readonly boolean[]): Uint8Array {
  const packed = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => (packed[i >> 3]! |= Number(bit) << (i & 7)));
  return packed;
}

/** Whole bytes: up to seven more than were packed. */
export function unpackBits(packed: Uint8Array): boolean[] {
  const count = packed.length * 8;
  if (count > limits.fieldsPerFrame) throw new PresyncError('LIMIT', `${count} answers in one message.`);
  return Array.from({ length: count }, (_, i) => ((packed[i >> 3]! >> (i & 7)) & 1) === 1);
}
