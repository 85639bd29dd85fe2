/**
 * Every bound of the wire, in one place. A peer that goes past one is told LIMIT or PROTOCOL, and the link is closed
 * where its stream can no longer be trusted.
 */
export const limits = {
  /** A frame without contents. */
  controlFrameBytes: 256 * 1024,
  /** A Chunks frame: contents and their envelope. */
  chunkFrameBytes: 4 * 1024 * 1024 + 64 * 1024,
  /** Content in one chunk, before packing. */
  chunkBytes: 4 * 1024 * 1024,
  /** Fields of one message, counted before it is decoded: empty entries are small on the wire and large in memory. */
  fieldsPerFrame: 16_384,
  /** Each text of an error. */
  errorTextChars: 16 * 1024,
  /** Smaller frames are sent as they are. */
  leastPacked: 512,
  /** Digests in one Need. */
  digestsPerNeed: 4096,
  /** Paths that a Proof names. */
  pathsPerProof: 50,
  /** What a receiver asks for ahead of what has arrived. */
  neededBytes: 16 * 1024 * 1024,
  neededChunks: 16_384,
  /** Content at hand that is not worth sending ahead of its push; what is offered at once, how many contents, a frame. */
  leastAhead: 4 * 1024 * 1024,
  aheadBytes: 256 * 1024,
  aheadChunks: 512,
  aheadFrameTarget: 512 * 1024,
  /** Frames whose memory is used again: from, up to, and how many that wait for it. */
  leastPooledFrame: 256 * 1024,
  pooledFrame: 832 * 1024,
  spareFrames: 12,
  /** Contents that travel inside Changes: of one chunk, and of all chunks of a list. */
  inlineChunkBytes: 64 * 1024,
  inlineTotalBytes: 96 * 1024,
  /** The text of a chunk list inside Changes, of one piece of a longer one, and how many pieces it may have. */
  listTextBytes: 16 * 1024,
  listPieceBytes: 64 * 1024,
  listPieces: 2048,
  /** Folders in one Compare, and up to how many it holds some that may turn out not to matter. */
  foldersPerCompare: 1024,
  foldersAhead: 256,
  /** Where a sender stops filling a frame. */
  changesFrameTarget: 128 * 1024,
  /** Entries of a context, and changes in one push. */
  entriesPerSnapshot: 4_000_000,
  /** Messages of one exchange that were received and not yet taken; beyond, the socket is paused. */
  exchangeBacklogBytes: 8 * 1024 * 1024,
  /** Exchanges a peer may have open at once. */
  openExchanges: 64,
  /** An answer of a client: as much as a secret may have, and its envelope. */
  answerFrameBytes: 516 * 1024,
  /** A secret; BuildKit's own clients accept as much. */
  secretBytes: 500 * 1024,
  /** Byte streams inside an exchange: how many, what one message carries, what may be under way in one direction. */
  streamsPerExchange: 64,
  streamPieceBytes: 64 * 1024,
  streamWindowBytes: 1024 * 1024,
  /** Questions of a daemon that a client has not answered yet, in one exchange. */
  openAsks: 64,
  /** A Dockerfile travels inside the Build message. */
  dockerfileBytes: 192 * 1024,
  /** Unsent bytes of a socket of this machine beyond which a sender waits. */
  sendBacklogBytes: 4 * 1024 * 1024,
  /** Bytes under way on any other link: at least, at most. */
  leastUnderWay: 16 * 1024,
  mostUnderWay: 32 * 1024 * 1024,
  /** Content of one frame: at least, at most. */
  leastFrameTarget: 8 * 1024,
  mostFrameTarget: 64 * 1024,
} as const;

/** Milliseconds. */
export const timeouts = {
  /** From the connection to Hello, absolute. */
  handshake: 10_000,
  /** Answers that need no work of the builder or of the disk. */
  answer: 30_000,
  /** Silence after which the other end is asked for a sign of life, and how long that may take. */
  pingInterval: 15_000,
  pongWait: 20_000,
  /** How long it may take after the machine slept; how often both are looked at. */
  aliveAfterSleep: 5000,
  aliveTick: 2500,
  /** A push that neither side moves. */
  pushIdle: 120_000,
  /** For a client to find what a build asks for: a helper of its registry logins may have to ask the user. */
  ask: 120_000,
  /** Collecting or checking a whole store. */
  upkeep: 3_600_000,
  /** How long a silent owner is waited for at a barrier. */
  barrier: 250,
  /** A proof scan of the largest trees. */
  proof: 120_000,
} as const;
