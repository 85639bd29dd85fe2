/**
 * The head of a context, one small file `heads/<context key>` of three lines:
 *
 *     presync head 1
 *     JSON: root (of the snapshot's record) and snapshot, both `sha256:<hex>`; label, files, bytes, committedAt
 *     the sha256 of the two lines above, in hexadecimal
 *
 * Fields that are not known are passed over.
 */
import { sha256 } from '../base/sha256.ts';
import type { Digest } from '../context/digest.ts';
import { formatDigest, hexDigest, parseDigest } from '../context/digest.ts';
import { damagedHead } from './storeErrors.ts';

/** What a context stands at, without the tree itself. */
export interface HeadRecord {
  /** The digest of the root's directory record. */
  readonly root: Digest;
  /** The digest of the snapshot. */
  readonly snapshot: Digest;
  /** What the context is called to people. */
  readonly label: string;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly committedAt: number;
}

const firstLine = 'presync head 1\n';

export function encodeHead(head: HeadRecord): Uint8Array {
  const { label, files, bytes, committedAt } = head;
  const root = formatDigest(head.root);
  const snapshot = formatDigest(head.snapshot);
  const body = `${firstLine}${JSON.stringify({ root, snapshot, label, files, bytes, committedAt })}\n`;
  return Buffer.from(`${body}${checksum(Buffer.from(body))}\n`);
}

/** STORE_CORRUPT for a file that is not whole. */
export function decodeHead(bytes: Buffer): HeadRecord {
  const bodyEnd = bytes.length - 65;
  const body = bytes.subarray(0, Math.max(0, bodyEnd));
  const isWhole = bytes.toString('latin1', Math.max(0, bodyEnd)) === `${checksum(body)}\n`;
  const text = body.toString();
  if (!isWhole || !text.startsWith(firstLine)) throw damagedHead();
  // The checksum holds, so this is what an `encodeHead` wrote, of this version or another.
  const fields = JSON.parse(text.slice(firstLine.length)) as Omit<HeadRecord, 'root' | 'snapshot'> &
    Record<string, string>;
  const root = parseDigest(fields['root']!);
  const snapshot = parseDigest(fields['snapshot']!);
  if (root === undefined || snapshot === undefined) throw damagedHead();
  const { label, files, bytes: contentBytes, committedAt } = fields;
  return { root, snapshot, label, files, bytes: contentBytes, committedAt };
}

function checksum(body: Uint8Array): string {
  return hexDigest(sha256(body) as Digest);
}
