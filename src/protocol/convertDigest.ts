/** Wire ⇄ model for digests: 32 bytes each, none for an absent one, many in one field. */
import { toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestFromBytes, digestLength } from '../context/digest.ts';

export function toDigest(bytes: Uint8Array | null | undefined): Digest {
  return digestFromBytes(bytes ?? new Uint8Array());
}

export function toOptionalDigest(bytes: Uint8Array | null | undefined): Digest | undefined {
  return !bytes?.length ? undefined : digestFromBytes(bytes);
}

export function fromOptionalDigest(digest: Digest | undefined): Uint8Array {
  return digest === undefined ? new Uint8Array() : toBytes(digest);
}

export function joinDigests(digests: readonly Digest[]): Uint8Array {
  const joined = new Uint8Array(digests.length * digestLength);
  digests.forEach((digest, i) => joined.set(toBytes(digest), i * digestLength));
  return joined;
}

/** The digests of a field that holds at most `most`. PROTOCOL, LIMIT. */
export function splitDigests(joined: Uint8Array, most: number): Digest[] {
  if (joined.length % digestLength !== 0) throw new PresyncError('PROTOCOL', 'A list of digests of odd length.');
  const count = joined.length / digestLength;
  if (count > most) throw new PresyncError('LIMIT', `${count} digests in one message.`);
  return Array.from({ length: count }, (_, i) => toDigest(joined.subarray(i * digestLength, (i + 1) * digestLength)));
}
