/** Wire ⇄ model for chunk lists. */
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Path } from '../context/path.ts';
import { checkPath } from '../context/path.ts';
import { joinDigests, splitDigests, toDigest } from './convertDigest.ts';
import type { presync } from './generated/presync.js';
import { limits } from './limits.ts';
import type { WireChunkList } from './message.ts';

export function chunkListToWire(list: WireChunkList | undefined): presync.v1.ChunkList.$Properties | null {
  if (list === undefined) return null;
  const { digest, base, text } = list;
  const content = text instanceof Uint8Array ? { text } : { pieces: joinDigests(text) };
  return { digest: toBytes(digest), edit: base !== undefined, base: toBytes(base ?? ('' as Path)), ...content };
}

/** Undefined for a file that is one chunk. PROTOCOL, LIMIT. */
export function chunkListFromWire(
  wire: presync.v1.ChunkList.$Properties | null | undefined,
): WireChunkList | undefined {
  if (!wire) return undefined;
  const text = wire.text ?? new Uint8Array();
  const pieces = splitDigests(wire.pieces ?? new Uint8Array(), limits.listPieces);
  if (text.length > limits.listTextBytes) throw new PresyncError('LIMIT', 'A chunk list is too long for one message.');
  if (text.length > 0 && pieces.length > 0) throw new PresyncError('PROTOCOL', 'A chunk list says two things.');
  return {
    digest: toDigest(wire.digest),
    base: wire.edit ? checkPath(fromBytes(wire.base ?? new Uint8Array())) : undefined,
    text: pieces.length > 0 ? pieces : Uint8Array.from(text),
  };
}
