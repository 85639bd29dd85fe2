import type { EntryHead } from './entry.ts';
import type { Path } from './path.ts';

/** Create or replace the entry at `path`. A directory that is put over a directory keeps its children. */
export interface Put {
  readonly op: 'put';
  readonly path: Path;
  readonly entry: EntryHead;
  /** Of a directory: it holds what the base's directory at this path holds, and nothing else. */
  readonly from?: Path | undefined;
}

/** Remove the entry at `path` and everything below it. */
export interface Remove {
  readonly op: 'remove';
  readonly path: Path;
}

/** One step from a base snapshot to a target. Change lists are ordered as `comparePaths`, no path twice. */
export type Change = Put | Remove;
