import type { PresyncError } from '../../base/errors.ts';
import type { BuildEvent } from '../../context/buildEvent.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';

/** All that a waiting user can watch: the sync of the context, and the build. */
export type ProgressEvent = BuildEvent | SyncProgress;

/** What happens to the context before and beside a build, in this order. */
export type SyncPhase =
  /** The workspace is read. */
  | 'scan'
  /** Changes go to the daemon. */
  | 'push'
  /** The builder's own copy is brought up to date. */
  | 'prime'
  /** The built snapshot is compared with the workspace. */
  | 'verify';

/** A phase began, went on or ended. It may begin again, when a build is repeated on a newer snapshot. */
export interface SyncProgress {
  readonly type: 'sync';
  readonly phase: SyncPhase;
  readonly state: 'started' | 'running' | 'done';
  /** Files and bytes so far. */
  readonly files?: number;
  readonly bytes?: number;
  /** What exactly is going on, as plain text. */
  readonly message?: string;
  /** Milliseconds since 1970, by the client's clock. */
  readonly timestamp: number;
}

/** How what was watched ended. With the Dockerfile, a failure shows the lines that `error.data.line` points at. */
export type ProgressOutcome =
  { readonly ok: true } | { readonly ok: false; readonly error: PresyncError; readonly dockerfile?: Dockerfile };
