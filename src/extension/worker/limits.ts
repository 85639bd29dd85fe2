/** Every bound of the worker. Times are milliseconds. */
export const workerLimits = {
  /** Mere progress of a context is told at most this often. */
  progressInterval: 100,
  /** Events of a build are gathered for so long. */
  batchInterval: 50,
  /** And no longer than this many. */
  batchEvents: 500,
  /** Problems of a context that are told. */
  problems: 20,
  /** The largest entries that a survey names. */
  largest: 10,
  /** Entries of a folder of the context that are listed. */
  listed: 500,
  /** Contexts that are not kept in sync and whose last reading is remembered. */
  readings: 4,
} as const;
