import { createHash } from 'node:crypto';
import type { ByteString } from './bytes.ts';

/** The 32 bytes of a sha256, as a byte string. */
export function sha256(bytes: Uint8Array): ByteString {
  return createHash('sha256').update(bytes).digest('binary') as ByteString;
}
