/** Every bound of the daemon, in one place. Times are milliseconds. */
export const daemonLimits = {
  /** Where a size is asked for, packs of the store are rewritten of which less is in use. */
  compactShare: 0.95,
  /** Without connections and builds for so long, the daemon exits. */
  idleExit: 3_600_000,
  /** For an engine to answer and to open the session. */
  engineConnect: 20_000,
  /** Engines that nobody uses any more, and that stay connected for the next client. */
  unusedEngines: 4,
  /** A build that holds BuildKit's copy for longer makes the next prime take a second copy. */
  copyHeldTooLong: 10_000,
  /** Copies of one context that BuildKit may hold because of us. */
  copiesPerContext: 2,
  /** The second copy is let go of when it was of no use for so long, and at most for twice as long. */
  secondCopyUnused: 600_000,
  /** Older snapshots of a context that a push may name as its base, or a build as its source. */
  recentSnapshots: 8,
  /** Contexts that nobody uses any more, and that stay in memory for the next client. */
  unusedContexts: 16,
  /** Chunks that just arrived and are kept in memory for BuildKit, in such pieces, and for how long after a push. */
  recentBytes: 32 * 1024 * 1024,
  recentSlab: 4 * 1024 * 1024,
  recentKept: 10_000,
  /** Connections at once; a client needs one. */
  connections: 200,
  /** Contexts that one connection has open: a window has one for each folder and each of a build's inputs. */
  openContexts: 256,
  /** Sockets at once, those included that have not said what they want. */
  sockets: 2000,
  /** How often those are looked for that take too long to say it. */
  slowClientCheck: 1000,
  /** Events of a build that the client has not taken: beyond this log output is left out, and here the build ends. */
  unsentEventBytes: 16 * 1024 * 1024,
  unsentEventBytesAtMost: 32 * 1024 * 1024,
  /**
   * Within a row of changes a prime waits for a pause: a share of what the last one took, so long at most. Where no pause
   * comes, it waits so many times what the last one took.
   */
  primePauseShare: 0.25,
  primePause: 500,
  primePatience: 4,
  /** A prime that failed is tried again after so long, then twice as long, up to the maximum. */
  primeRetry: 1000,
  primeRetryMax: 60_000,
  /** For a predecessor to let go of the store. */
  takeoverWait: 30_000,
  takeoverPoll: 50,
  /** A push waits for the one before it for so long. */
  pushTurn: 10_000,
  /** A body in front of an upgraded connection; the Engine API has small ones only. */
  upgradeBodyBytes: 64 * 1024,
  /** The head of an HTTP request; logins for many registries travel there. */
  headBytes: 48 * 1024,
  /** A connection without a request may stay for so long. */
  keepAlive: 60_000,
  /** For what is being received when the daemon is told to stop. */
  drainPushWait: 5000,
  drainPoll: 10,
} as const;
