/** Every bound of builds in the extension host. */
export const buildLimits = {
  /** Characters of output that wait for a terminal to open; the oldest go first. */
  heldOutput: 1024 * 1024,
} as const;
