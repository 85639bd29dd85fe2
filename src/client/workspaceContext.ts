/** What the client needs of a folder on this machine. `localContext.ts` is the real one. */
import type { ByteString } from '../base/bytes.ts';
import type { Event } from '../base/emitter.ts';
import type { Digest } from '../context/digest.ts';
import type { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { ContentSource } from '../transfer/manifest.ts';
import type { ChangeHint } from '../workspace/watcher.ts';
import type { Reading } from './reading.ts';

export type { ChangeHint };

export interface WorkspaceContext extends ContentSource {
  readonly id: Digest;
  /** What an earlier process had read last, if it is still at hand. */
  readonly remembered: Snapshot | undefined;
  /** Reads what the hint names and shares the rest with the reading before. */
  read(hint: ChangeHint, signal?: AbortSignal): Promise<Reading>;
  /** Keeps what was learned for the next process. */
  save(): Promise<void>;
}

/** A context that people know by a name: its folder. */
export interface NamedContext extends WorkspaceContext {
  readonly label: ByteString;
  /** What is left out of it. */
  readonly rules: IgnoreRules;
}

export interface Watching {
  readonly onDidChange: Event<ChangeHint>;
  /** Resolves when every later change is seen. */
  readonly ready: Promise<void>;
  /** Resolves when every change made before the call has been hinted at. */
  barrier(signal?: AbortSignal): Promise<void>;
}
