import type { Problem } from '../context/problem.ts';
import type { Snapshot } from '../context/snapshot.ts';

/** What the workspace held when it was read. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly problems: readonly Problem[];
  /** When the reading began: microseconds of this boot's clock, the same for every process. */
  readonly asOf: number;
}

/** Now, on the clock that `Reading.asOf` is of: monotonic and common to all processes of a boot. */
export function bootMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
