/** Every bound of the link between extension host and worker. Times are milliseconds. */
export const linkLimits = {
  /** A worker that dies so often within so long is not started again by itself. */
  deaths: 3,
  deathWindow: 5 * 60_000,
  /** Before a worker that died is replaced: first pause, longest pause. */
  restart: 500,
  restartMax: 10_000,
  /** For a request to wait until a worker that died is replaced. */
  restartWait: 20_000,
  /** For a worker to save its caches and end by itself. VS Code gives extensions 5 s in all. */
  goodbye: 3000,
  /** Of a worker's heap. A tree of a million files needs a fraction of it. */
  heapMb: 2048,
} as const;
