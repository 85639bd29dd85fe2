/** Every bound of builds in the extension host. Times are milliseconds. */
export const buildLimits = {
  /** Characters of output that wait for a terminal to open; the oldest go first. */
  heldOutput: 1024 * 1024,
  /** A task that fails sooner than this after its start is said to have "failed to launch". */
  launch: 500,
  /** Characters of a failed build's reason in a notification; the terminal has all of it. */
  reason: 120,
} as const;
