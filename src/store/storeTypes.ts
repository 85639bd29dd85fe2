import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import type { Digest } from '../context/digest.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { ContextKey } from './contextKey.ts';
import type { StoreLimits } from './limits.ts';

/** What a context stands at. */
export interface Head {
  readonly snapshot: Snapshot;
  /** What the context is called to people. */
  readonly label: string;
}

/** What a context is found to stand at. */
export interface FoundHead extends Head {
  /** Files of which content is missing or was found damaged. */
  readonly incomplete: number;
}

/** A context for a list, without its tree. */
export interface ContextSummary {
  readonly key: ContextKey;
  readonly label: string;
  readonly snapshot: Digest;
  readonly files: number;
  /** Content bytes. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly committedAt: number;
  /** When it was committed or touched last; milliseconds since 1970. */
  readonly usedAt: number;
}

export interface Usage {
  readonly objects: number;
  /** Bytes on disk, dead ones included. */
  readonly bytes: number;
  readonly contexts: number;
}

export interface StoreOptions {
  readonly logger: Logger;
  /** Ends the opening; the store itself is ended by `close`. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly limits?: Partial<StoreLimits>;
}
