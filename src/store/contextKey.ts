import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { parseDigest } from '../context/digest.ts';

declare const contextKey: unique symbol;

/** Names a context in the store: 64 lower-case hexadecimal digits, so that it can be a file name as it is. */
export type ContextKey = string & { readonly [contextKey]: true };

export function isContextKey(text: string): text is ContextKey {
  return /^[0-9a-f]{64}$/.test(text);
}

/** The key that a peer or a user named. PROTOCOL for anything but 64 lower-case hexadecimal digits. */
export function parseContextKey(text: string): ContextKey {
  if (!isContextKey(text)) throw new PresyncError('PROTOCOL', 'A context key is not 64 hexadecimal digits.');
  return text;
}

/** The context that a key is the hexadecimal form of. */
export function contextIdOf(key: ContextKey): Digest {
  return parseDigest(`sha256:${key}`)!;
}
