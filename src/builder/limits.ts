const KiB = 1024;
const MiB = 1024 * KiB;

/** Every bound of talking to an engine. Sizes are bytes, times milliseconds. */
export const builderLimits = {
  /** The largest gRPC message that is accepted: what newer engines send at most. */
  messageBytes: 16 * MiB,
  /** The largest answer to a plain HTTP request. */
  httpBodyBytes: 4 * MiB,
  /** Content in one DATA packet: far below the 4 MiB that old engines accept. */
  dataBytes: 128 * KiB,
  /** Stats are encoded in slices of this size, so that the event loop is never held for long. */
  statSliceBytes: 64 * KiB,
  /** Small packets are gathered up to this size before they are written. */
  gatherBytes: 64 * KiB,
  /** Files that are read at the same time for one transfer. */
  filesInFlight: 8,
  /** One piece of a session that runs inside a gRPC stream. */
  tunnelBytes: 256 * KiB,
  /** What may be in flight towards us on one HTTP/2 stream. */
  windowBytes: 1 * MiB,
  /** Node's own bound on one HTTP/2 session, in MB. Its default of 10 ends a session that answers with a large file. */
  sessionMemoryMb: 1000,
  /** One line of a stream of JSON. */
  jsonLineChars: 1 * MiB,
  /** What ssh says that is kept for people. */
  messageChars: 4 * KiB,
  /** A text of an event or an error. A step's name is its whole command, and the error of one that failed has it again. */
  eventTextChars: 16 * KiB,

  connectMs: 10_000,
  /** An ssh whose input is closed ends by itself; one that does not is ended. */
  sshEndMs: 2_000,
  requestMs: 10_000,
  sessionReadyMs: 10_000,
  /** The engine checks a session's health every 1 to 5 s; a silence of this length means that it is gone. */
  silentSessionMs: 45_000,
  /** How often silence is looked for. */
  silenceTickMs: 5_000,
  /** The engine needs a moment to forget a session before its id can be used again. */
  sessionIdReuseMs: 300,
  /** How long an id that is still in use is tried again: newer engines notice an end at their next health check. */
  sessionInUseMs: 12_000,
  /** How long a build that is done may wait to be told how large its image is. */
  imageSizeMs: 1_000,
  /** For BuildKit to drop its copies of a context. */
  pruneMs: 60_000,
  /** For a call that was cancelled to end; then its connection is closed. */
  cancelMs: 5_000,
  /** How long the status of an ended solve may take to end as well. */
  statusGraceMs: 1_000,
} as const;
