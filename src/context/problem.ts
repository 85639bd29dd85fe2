import type { Path } from './path.ts';

/** Why an entry of the workspace is not in the snapshot as it should be. */
export type ProblemKind =
  /** No permission to read it. A build is refused while one exists. */
  | 'unreadable'
  /** It changed during each of several reads. */
  | 'busy'
  /** A socket, FIFO or device: no build context carries those. */
  | 'special'
  /** A name or path that is too long to carry. */
  | 'too-long';

/** Problems are data: one bad file never ends a scan. */
export interface Problem {
  readonly path: Path;
  readonly kind: ProblemKind;
  readonly message: string;
}
