/** The limits of ignore files: those of the Go code that BuildKit reads them with, so that both refuse the same. */
export const ignoreLimits = {
  /** Bytes of a line: bufio.Scanner has 64 KiB for it and its line feed. */
  lineBytes: 64 * 1024 - 1,
  /** The largest number in a repetition such as `a{3}` (regexp/syntax). */
  repetitions: 1000,
  /** Steps of one compiled pattern: 128 MiB of instructions of 40 bytes (regexp/syntax). */
  steps: Math.floor((128 * 1024 * 1024) / 40),
} as const;
