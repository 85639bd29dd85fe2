import type { ByteString } from '../base/bytes.ts';
import { fromBytes, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import { sha256 } from '../base/sha256.ts';

declare const digest: unique symbol;

/** The identity of content: the 32 bytes of its sha256. Written for people and JSON as `sha256:<hex>`. */
export type Digest = ByteString & { readonly [digest]: true };

export const digestLength = 32;

export function digestOf(bytes: Uint8Array): Digest {
  return sha256(bytes) as Digest;
}

/** A digest from bytes that a peer or a file holds. PROTOCOL when there are not exactly 32. */
export function digestFromBytes(bytes: Uint8Array): Digest {
  if (bytes.length !== digestLength) throw new PresyncError('PROTOCOL', `A digest has ${bytes.length} bytes.`);
  return fromBytes(bytes) as Digest;
}

export function formatDigest(value: Digest): string {
  return `sha256:${hexDigest(value)}`;
}

export function hexDigest(value: Digest): string {
  let hex = '';
  for (const byte of toBytes(value)) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** The digest of `sha256:<64 lower-case hex>`, or undefined for anything else. */
export function parseDigest(text: string): Digest | undefined {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(text)?.[1];
  if (hex === undefined) return undefined;
  const bytes = Uint8Array.from({ length: digestLength }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  return fromBytes(bytes) as Digest;
}
