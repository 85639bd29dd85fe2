/** Every bound of progress display: what a builder sends is shown, but never piles up in memory. */
export const progressLimits = {
  /** Steps of one build; those beyond are not shown. */
  steps: 4096,
  /** Parts of one step (downloads, layers); the oldest are forgotten first. */
  tasks: 128,
  warnings: 500,
  /** A longer line of output is cut into several. */
  lineBytes: 16 * 1024,
  /** Last lines of a step that are kept, to be repeated when it fails. */
  tailLines: 50,
  /** Lines of steps that wait for their turn in plain mode. */
  heldLines: 1000,
  /** While other steps wait, one step may keep plain output for so long. */
  turnMs: 5000,
  /** An unfinished part of a step is told anew at most this often in plain mode. */
  taskIntervalMs: 5000,
} as const;
