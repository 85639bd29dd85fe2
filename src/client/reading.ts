import type { Problem } from '../context/problem.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';

/** What the workspace held when it was read. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly problems: readonly Problem[];
  /** When the reading began: microseconds of this boot's clock, the same for every process. */
  readonly asOf: number;
  /** How long the reading took, in milliseconds. */
  readonly ms: number;
  /** Everything was read, and nothing had changed since the reading began: the folder was just that at that moment. */
  readonly atRest: boolean;
  /**
   * Scans the folder, beside everything else, and compares: with that a snapshot is proven that was read before the
   * call. `since` is when the build was asked for, see `momentNs`. Throws what reading throws.
   */
  prove(since: bigint, signal?: AbortSignal): Promise<Proof>;
}

/** Now, on the clock that `Reading.asOf` is of: monotonic and common to all processes of a boot. */
export function bootMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

export { momentNs } from '../workspace/fileTimes.ts';
