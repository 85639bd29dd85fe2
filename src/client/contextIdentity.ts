import { fromText } from '../base/bytes.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';

/** What makes a context the one that it is. */
export interface ContextIdentity {
  /** Random, made once per installation of a client: another user's or machine's context is another. */
  readonly installation: string;
  /** The canonical folder. */
  readonly root: string;
  readonly dev: bigint;
  readonly ino: bigint;
  /** The ignore file that applies, relative to nothing but itself: its absolute path; '' for none. */
  readonly ignoreFile: string;
}

/** The name of a context towards the daemon. */
export function contextId(identity: ContextIdentity): Digest {
  const writer = new ByteWriter();
  writer.sized(fromText('presync context 1'));
  for (const text of [identity.installation, identity.root, identity.ignoreFile]) writer.sized(fromText(text));
  writer.i64(BigInt.asIntN(64, identity.dev)).i64(BigInt.asIntN(64, identity.ino));
  return digestOf(writer.view());
}
