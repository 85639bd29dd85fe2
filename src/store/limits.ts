/** Every bound of the store, in one place. Tests make some of them small. */

const kib = 1024;
const mib = 1024 * kib;

export interface StoreLimits {
  /** Bytes of one chunk, the unit that clients send. */
  readonly chunkBytes: number;
  /** Bytes of one directory record: bounds what a damaged length can make us read. */
  readonly recordBytes: number;
  /** A pack is closed and the next one begun when it would grow beyond this many bytes; below 4 GiB. */
  readonly packBytes: number;
  /** Bytes gathered in memory for one write. */
  readonly batchBytes: number;
  /** A put waits while more than this many bytes wait to be written. */
  readonly unwrittenBytes: number;
  /** Written bytes after which an fsync is begun without waiting for a commit, so that the commit's own is short. */
  readonly unsyncedBytes: number;
  /** Bytes read at once when objects are read in the order in which they lie. */
  readonly windowBytes: number;
  /** Such windows kept in memory. */
  readonly windows: number;
  /** A directory with more children than this is recorded as several pages. */
  readonly pageEntries: number;
  /** Entries, over all contexts, of the head snapshots that are kept in memory. */
  readonly loadedEntries: number;
  /** How long a chunk that nothing refers to stays after it was last put or asked for, in seconds. */
  readonly graceSeconds: number;
  /** A pack of which a smaller share than this is in use is rewritten by a collection. */
  readonly liveShare: number;
  /** Chunks that could not be written of which the reason is remembered. */
  readonly rememberedLosses: number;
  /** Bytes of a context's label. */
  readonly labelBytes: number;
}

export const storeLimits: StoreLimits = {
  chunkBytes: 4 * mib,
  recordBytes: 128 * mib,
  packBytes: 256 * mib,
  batchBytes: mib,
  unwrittenBytes: 16 * mib,
  unsyncedBytes: 64 * mib,
  windowBytes: 256 * kib,
  windows: 16,
  pageEntries: 512,
  loadedEntries: 2_000_000,
  graceSeconds: 3600,
  liveShare: 0.5,
  rememberedLosses: 100_000,
  labelBytes: 4096,
};
