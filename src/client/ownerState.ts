import type { PresyncError } from '../base/errors.ts';
import type { Problem } from '../context/problem.ts';
import type { Sent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { LinkState } from './linkState.ts';

/** All that a status bar or a terminal shows of a watched context. */
export interface OwnerState {
  readonly link: LinkState['phase'];
  /** Another program on this machine already watches the context; this one only follows. */
  readonly attached: boolean;
  /** The folder is being read or pushed. */
  readonly busy: boolean;
  /** As last read; undefined before the first reading. */
  readonly snapshot: Snapshot | undefined;
  readonly problems: readonly Problem[];
  /** The daemon has acknowledged what was last read, and nothing is known to have changed since. */
  readonly inSync: boolean;
  /** The builder holds it already: a build starts at once. */
  readonly primed: boolean;
  /** Content sent since the start. */
  readonly sent: Sent;
  readonly failure: PresyncError | undefined;
}
