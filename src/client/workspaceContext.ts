/** What the client needs of a folder on this machine. `localContext.ts` is the real one. */
import type { ByteString } from '../base/bytes.ts';
import type { Event } from '../base/emitter.ts';
import type { Digest } from '../context/digest.ts';
import type { IgnoreRules } from '../context/ignore/ignoreRules.ts';
import type { Needed } from '../context/needed/needed.ts';
import type { Path } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { ContentSource } from '../transfer/manifest.ts';
import type { ChangeHint } from '../workspace/watcher.ts';
import type { Recipe } from './needed/contextExtent.ts';
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

/** A context of which only what builds need is in sync. */
export interface NeedsFiles {
  /** Makes sure that the next reading, whoever makes it, has what this build can use. Resolves to what it will have. */
  require(recipe: Recipe): Promise<Needed>;
  /** Whether there is something at a path that belongs to the context, should it be needed. */
  hasOutside(path: Path): Promise<boolean>;
  /** From now on everything is needed, for `why`. */
  widen(why: string): Promise<void>;
}

/** A context that people know by a name: its folder. */
export interface NamedContext extends WorkspaceContext, NeedsFiles {
  readonly label: ByteString;
  /** What is left out of it. */
  readonly rules: IgnoreRules;
}

export interface Watching {
  readonly onDidChange: Event<ChangeHint>;
  /** Resolves when every later change is seen. */
  readonly ready: Promise<void>;
  /** Why changes are only found by looking again and again; undefined while all are told. */
  readonly degraded: string | undefined;
  /** Resolves when every change made before the call has been hinted at. */
  barrier(signal?: AbortSignal): Promise<void>;
}
