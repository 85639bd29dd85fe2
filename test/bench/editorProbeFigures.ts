/** What the probe tells the bench, in milliseconds: one line of JSON each in the file PRESYNC_BENCH_FIGURES. */
export type ProbeFigures =
  | { readonly kind: 'activation'; readonly ms: number }
  /** Delays of the event loop while something was done that took `ms`. */
  | { readonly kind: 'delay'; readonly ms: number; readonly p99: number; readonly max: number };
