import * as crypto from 'node:crypto';
import type { ByteString } from './bytes.ts';

/** The 32 bytes of a sha256, as a byte string. */
export const sha256: (bytes: Uint8Array) => ByteString = hasOneShot() ? oneShot : step;

/** Costs half of what an object does that could be given more. */
function oneShot(bytes: Uint8Array): ByteString {
  return crypto.hash('sha256', bytes, 'binary') as ByteString;
}

function step(bytes: Uint8Array): ByteString {
  return crypto.createHash('sha256').update(bytes).digest('binary') as ByteString;
}

/** An editor brings a Node of its own, and another library of hashes with it. */
function hasOneShot(): boolean {
  try {
    return oneShot(new Uint8Array()) === step(new Uint8Array());
  } catch {
    return false;
  }
}
