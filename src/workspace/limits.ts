/** Every bound of the workspace side, in one place. Times are milliseconds, sizes bytes. */

const kib = 1024;
const mib = 1024 * kib;

export const workspaceLimits = {
  /** The event loop is given back at least this often while a scan runs. */
  slice: 12,
  /** A file up to this size is one chunk and is read at once. */
  wholeFile: 256 * kib,
  /** What is read of a larger file at a time. */
  readSlice: mib,
  /** A file from this size on is read in another thread, and so many slices ahead: see CutterThreads. */
  threadedFile: 16 * mib,
  slicesAhead: 4,
  /** Contents kept from a scan for the push behind it, the pieces in which room is made for them, and for how long. */
  keptBytes: 64 * mib,
  keptSlab: mib,
  keptMs: 10_000,
  /** Entries from which on other threads help with a walk, and how many: see ScoutThreads. */
  scoutedEntries: 20_000,
  scouts: 3,
  /**
   * Where somebody takes contents while a scan reads: what is read of a large file at a time, how much is read ahead of
   * who takes it, and how long that one may take nothing.
   */
  followedSlice: 256 * kib,
  followedBytes: 16 * mib,
  followedWait: 2000,
  /** How often a file that changes while it is read is tried. */
  readAttempts: 3,
  /** Two ticks of a kernel's coarse clock: changes closer than this may bear one and the same time. */
  clockTicks: 20,
  /** The same for file systems that keep whole seconds (two, on FAT). */
  wholeSeconds: 2000,
  /** How far the clock of a file server may differ from ours. */
  serverClock: 60_000,
  /** The slowest a single write call is taken to fill the page cache. */
  writeBytesPerMs: mib,
  /** How long others may have the processor before it is a writer's turn again, and for how long at most we wait. */
  turn: 10,
  writerAway: 300,
  /** A file that was changed within this time may still be in the midst of a write. */
  writeLongest: 10_000,
  /** Paths that a proof names. */
  namedDifferences: 20,
  /** A Dockerfile or an ignore file; it is read when it has been at rest for so long, since a save has several steps. */
  textFile: 4 * mib,
  textRest: 20,

  /** Folders whose watches are set up at the same time. */
  watchesAtOnce: 8,
  /** For the process that watches to answer: subscribing to a million files takes a while. */
  watchAnswer: 60_000,
  /** Subscriptions of one tree, and folders that they leave out: each is compared with each event. */
  subscriptions: 64,
  skippedFolders: 200,
  /** How often a subscription is tried while folders come and go. */
  subscribeAttempts: 5,
  /**
   * So many paths, in lists that follow one another within so long, may not be all: @parcel/watcher tells nothing of a
   * queue that was full, and what happens while it hands over a list may be in none (1 of 2,000 files, in 1 storm of 20).
   */
  crowd: 100,
  crowdRow: 500,
  /** Beside paths of shorter lists: how recently what was lost must have changed, and of how large a folder. */
  besideWithin: 500,
  besideEntries: 2000,
  /** When folders appear in crowds, how long a pause ends the crowd, and how long it is waited for. */
  crowdPause: 200,
  crowdLongest: 2000,
  /** Events that the kernel queues for a thread unless it was told otherwise: fs.inotify.max_queued_events. */
  queuedEvents: 16_384,
  /** A barrier that sees nothing of its cookie, or no end of new folders, gives up on the watcher after so long. */
  cookieLongest: 2000,
  settleLongest: 2000,
  /** How long events may lag behind on systems that do not order them across folders. */
  unorderedEvents: 100,
  /** How long until watching is tried again when it does not work; twice as long each time, up to the second. */
  retry: 1000,
  retryLongest: 60_000,
  /** How often everything is read where changes are not all told. */
  reread: 30_000,
} as const;
