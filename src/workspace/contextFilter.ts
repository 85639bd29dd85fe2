import type { Path } from '../context/path.ts';

/** What a filter knows of a folder; only the filter itself looks inside. */
export type FilterState = unknown;

export interface FilterVerdict {
  /** Not in the context. An excluded folder is in it all the same when something below it is. */
  readonly excluded: boolean;
  /** Nothing below can be in the context: an excluded folder with this is not even opened. */
  readonly prune: boolean;
  /** A folder or link at the path is in the context all the same, as the way to something that may be there. */
  readonly way?: boolean;
  /** What to judge the children with, should this be a folder. */
  readonly state: FilterState;
}

/** What belongs to a context. Immutable. */
export interface ContextFilter {
  /** The state of the context's root, which is never excluded itself. */
  readonly root: FilterState;
  judge(path: Path, parent: FilterState): FilterVerdict;
}

/** Excludes nothing. */
export const includeAll: ContextFilter = {
  root: undefined,
  judge: () => ({ excluded: false, prune: false, state: undefined }),
};
