import type { ByteString } from '../base/bytes.ts';
import { fromText, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import type { Needed } from '../context/needed/needed.ts';
import { everythingNeeded } from '../context/needed/needed.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot } from '../context/snapshot.ts';
import type { Reading } from './reading.ts';
import { bootMicroseconds } from './reading.ts';
import type { NamedContext } from './workspaceContext.ts';

/** What a build has of this machine whose context is elsewhere, or that has none: nothing at all. */
export class EmptyContext implements NamedContext {
  readonly id: Digest;
  readonly label: ByteString = fromText('-');
  readonly rules = IgnoreRules.none;
  readonly remembered: Snapshot = emptySnapshot;

  constructor(installation: string) {
    this.id = digestOf(toBytes(fromText(`presync empty context ${installation}`)));
  }

  read(): Promise<Reading> {
    const proof: Proof = { verdict: 'equal', paths: [], count: 0, ms: 0 };
    return Promise.resolve({
      snapshot: emptySnapshot,
      problems: [],
      asOf: bootMicroseconds(),
      ms: 0,
      atRest: true,
      prove: () => Promise.resolve(proof),
    });
  }

  readChunk(): Promise<Uint8Array> {
    return Promise.reject(new PresyncError('PROTOCOL', 'An empty context has no content.'));
  }

  save(): Promise<void> {
    return Promise.resolve();
  }

  require(): Promise<Needed> {
    return Promise.resolve(everythingNeeded('nothing is read'));
  }

  hasOutside(): Promise<boolean> {
    return Promise.resolve(false);
  }

  widen(): Promise<void> {
    return Promise.resolve();
  }
}
