/**
 * What the extension host and its worker say to each other: requests with an answer, and events.
 *
 * The host knows VS Code and decides; the worker has the files, the hashing and the socket. Everything here survives
 * structured cloning. Paths inside a context are display text (see `toDisplay`): they are shown, and name folders in
 * `list`; nothing on disk is ever opened by them.
 */
import type { ErrorCode, ErrorData } from '../../base/errors.ts';
import type { ProofTime } from '../../client/buildClient.ts';
import type { ProgressEvent } from '../../client/progress/progressEvent.ts';
import type { ProblemKind } from '../../context/problem.ts';
import type { Sent } from '../../context/sent.ts';
import type { BuilderTransfer } from '../../context/buildEvent.ts';

/** A context: a folder, and the Dockerfile whose ignore file applies. Absolute paths of this machine. */
export interface ContextSource {
  readonly folder: string;
  readonly dockerfile: string;
}

/** Where a context is kept in sync. */
export interface Destination {
  /** A BUILDER as on the command line; '' for the default. */
  readonly builder: string;
  /** A DAEMON as on the command line; '' for the user's own, which is started on demand. */
  readonly daemon: string;
}

/** A PresyncError without its cause. */
export interface PlainError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly data: ErrorData;
}

export interface PlainProblem {
  readonly path: string;
  readonly kind: ProblemKind;
  readonly message: string;
}

/** All that is known of a context that is kept in sync. */
export interface ContextView {
  readonly link: 'idle' | 'connecting' | 'connected' | 'waiting' | 'stopped';
  /** Another program on this machine keeps it in sync; this one follows. */
  readonly attached: boolean;
  /** The folder is being read or pushed. */
  readonly busy: boolean;
  /** Acknowledged by the daemon, and nothing is known to have changed since. */
  readonly inSync: boolean;
  /** The builder has it already: a build starts at once. */
  readonly primed: boolean;
  /** `sha256:…` of what was last read; '' before the first reading. */
  readonly snapshot: string;
  readonly files: number;
  readonly bytes: number;
  /** Content sent since it is kept in sync. */
  readonly sent: Sent;
  /** The first problems, and how many there are. */
  readonly problems: readonly PlainProblem[];
  readonly problemCount: number;
  readonly failure: PlainError | undefined;
}

/** What a first upload would send. */
export interface Survey {
  readonly snapshot: string;
  readonly files: number;
  readonly bytes: number;
  /** The largest folders and files at the top, largest first. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** Files that look like secrets, as paths in the context. */
  readonly secrets: readonly string[];
}

/** An entry of a folder of the context, or one that is not in it. */
export interface ListedEntry {
  readonly path: string;
  readonly kind: 'directory' | 'file' | 'symlink';
  /** Files below, or 1. */
  readonly files: number;
  readonly bytes: number;
  /**
   * The rule that keeps it out, with its line, as in `node_modules (line 2)`; '' for what no build uses; undefined for
   * what is in the context.
   */
  readonly excludedBy: string | undefined;
}

/** One folder of a context: what is in it, largest first, then what is excluded. */
export interface Listing {
  readonly entries: readonly ListedEntry[];
  /** Entries that are not listed, because there are too many. */
  readonly omitted: number;
}

export interface BuildParams {
  readonly source: ContextSource;
  readonly destination: Destination;
  readonly tags: readonly string[];
  /** '' for the last stage. */
  readonly target: string;
  /** `NAME=value`, or `NAME` for the value in the environment. */
  readonly buildArgs: readonly string[];
  readonly noCache: boolean;
  /** Where the result goes instead of the builder's images, as `--output` has it. */
  readonly output?: string | undefined;
  readonly proof: ProofTime;
}

/** A build that ended well. */
export interface BuildSummary {
  readonly imageId: string;
  readonly snapshot: string;
  /** Of the image, in bytes; 0 when the builder does not tell. */
  readonly imageBytes: number;
  readonly tags: readonly string[];
  /** Where the result was put on this machine. */
  readonly written: readonly string[];
  readonly sent: Sent;
  readonly builder: BuilderTransfer;
  readonly verified: boolean;
  /** What was found to have changed meanwhile, in words; '' for nothing. */
  readonly differing: string;
  /** Milliseconds: from the request to Solve sent, of the solve, of the proof, of everything. */
  readonly readyMs: number;
  readonly solveMs: number;
  readonly verifyMs: number;
  readonly totalMs: number;
}

/** A docker context of this machine, or another builder that can be chosen. */
export interface FoundBuilder {
  /** A BUILDER as on the command line. */
  readonly spec: string;
  readonly name: string;
  readonly detail: string;
  readonly current: boolean;
}

/** The requests that the worker answers: parameters and result of each. */
export interface WorkerRequests {
  /** Keeps a context in sync under a name of the host's choosing, until `release`. */
  keep: {
    params: { key: string; source: ContextSource; destination: Destination; speculate: boolean };
    result: null;
  };
  release: { params: { key: string }; result: null };
  /** Reads everything again and pushes; answers when it is acknowledged. */
  sync: { params: { key: string }; result: null };
  /** A file was saved: it is pushed at once. Nothing happens for what is not in the context. */
  saved: { params: { key: string; file: string }; result: null };
  /** Reads a folder; sends nothing, starts nothing. */
  survey: { params: { source: ContextSource }; result: Survey };
  /** One folder of a context ('' for the root), as it was last read; it is read now if it never was. */
  list: { params: { source: ContextSource; path: string }; result: Listing };
  /** Builds; `progress` events with the same id come meanwhile. */
  build: { params: { id: number; build: BuildParams }; result: BuildSummary };
  builders: { params: null; result: readonly FoundBuilder[] };
  /** Asks the daemon to make way and starts another. Builds that run there go on to their end. */
  restartDaemon: { params: { daemon: string }; result: null };
}

export type WorkerMethod = keyof WorkerRequests;

/** What the worker tells without being asked. */
export interface WorkerEvents {
  context: { key: string; view: ContextView };
  progress: { id: number; events: readonly ProgressEvent[] };
  log: { level: 'debug' | 'info' | 'warn' | 'error'; message: string };
}

/** Given to the worker when it starts. */
export interface WorkerSetup {
  /** The bundled daemon.js. */
  readonly daemonScript: string;
}

/** The worker, as the host sees it. Firing the signal cancels the request in the worker. Rejects with PresyncError. */
export interface WorkerLink {
  request<M extends WorkerMethod>(
    method: M,
    params: WorkerRequests[M]['params'],
    signal?: AbortSignal,
  ): Promise<WorkerRequests[M]['result']>;
}
