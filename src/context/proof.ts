import type { Path } from './path.ts';

/** What a scan of the folder says of the snapshot that a build is of. */
export type Verdict =
  /** The folder holds just that. */
  | 'equal'
  /** The snapshot lacks changes that were made before the build was asked for. */
  | 'missed'
  /** All that differs has changed since: it belongs to the next snapshot. */
  | 'moved';

export interface Proof {
  readonly verdict: Verdict;
  /** Where folder and snapshot differ; the first such paths. Those that were missed, if any were. */
  readonly paths: readonly Path[];
  /** How many there are. */
  readonly count: number;
  /** What the scan took, in milliseconds. */
  readonly ms: number;
}

/** What scans of several folders, made beside each other, say of all of them. */
export function joinProofs(proofs: readonly Proof[]): Proof {
  const differing = proofs.filter(({ verdict }) => verdict !== 'equal');
  const missed = differing.filter(({ verdict }) => verdict === 'missed');
  const told = missed.length > 0 ? missed : differing;
  return {
    verdict: told[0]?.verdict ?? 'equal',
    paths: told.flatMap(({ paths }) => paths),
    count: told.reduce((sum, { count }) => sum + count, 0),
    ms: Math.max(0, ...proofs.map(({ ms }) => ms)),
  };
}
