/** Every bound of the client, in one place. Times are milliseconds. */
export const clientLimits = {
  /** For a daemon that was just started to answer. */
  daemonStart: 15_000,
  daemonPoll: 15,
  /** A predecessor that drains may keep its address for so long. */
  daemonDrain: 30_000,
  /** Reconnecting: first pause, longest pause. */
  reconnect: 250,
  reconnectMax: 15_000,
  /** A sync that failed is tried again after so long, if nothing happens before. */
  syncRetry: 5000,
  /** How often a build is begun when the daemon is replaced under it. */
  buildAttempts: 3,
  /** How often a push is begun again because files changed or the base is gone. */
  pushAttempts: 5,
  /** Digests remembered as sent, so that their contents do not travel inside Changes again. */
  knownDigests: 100_000,
  /** What builds of a context need is begun anew when none was made for so long. */
  neededUnused: 14 * 24 * 3_600_000,
  /** Whoever uses it says so when nobody has for so long. */
  neededTouch: 24 * 3_600_000,
  /** A file of more bytes about that means everything. */
  neededBytes: 1024 * 1024,
  /** How often links lead to further links before everything is taken. */
  linksFollowed: 8,
  /** A copy of another version's daemon that was not started for so long is removed. */
  programUnused: 7 * 24 * 3_600_000,
  /**
   * A scan that proves a snapshot lets the solve begin first: an unchanged build takes the builder about so long, and on a
   * machine of few cores twice that with a scan beside it.
   */
  proofHeadStart: 30,
  /** How often something is tried to be proven; then the newest snapshot is built unproven. */
  proofAttempts: 3,
  /** A secret of a build; BuildKit's own clients accept as much. */
  secretBytes: 500 * 1024,
  /** Questions of one build that are being answered. */
  openAsks: 64,
  /** Names and other records of a tar archive. */
  tarRecordBytes: 1024 * 1024,
  /** An archive that is a context is read in pieces of this size. */
  archivePiece: 256 * 1024,
  /** Files, folders and links of a result. */
  outputEntries: 4_000_000,
  /** For ssh-agent to listen. */
  agentStart: 5000,
  agentPoll: 10,
  /** For a program of the system to end, and what it may print, in characters. */
  programRun: 30_000,
  programOutput: 64 * 1024,
  /** For a credential helper, which may ask the user. */
  helperRun: 110_000,
  /** For a cancelled build to end by itself. */
  cancelWait: 5000,
  /** Files that look like secrets: told to the user, and looked for. */
  secretsTold: 100,
  secretsLooked: 1000,
  /** Contexts of the docker CLI that are looked at, and how large a file of its configuration may be. */
  dockerContexts: 200,
  dockerConfigBytes: 256 * 1024,
  /** An ignore file that is gone, or empty, is looked for once more after so long. */
  ignoreGone: 250,
  /** Excluded entries of one folder that are looked at. */
  excludedEntries: 500,
} as const;
