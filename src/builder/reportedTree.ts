/**
 * The mtimes that BuildKit is told.
 *
 * BuildKit asks for a file again when size, mtime (in ns), mode or link target differ from its copy, and for nothing
 * else. So a file whose content did not change must keep the mtime that it was reported with, or a mere touch sends it
 * again; and a change that kept size and mtime must not look like none.
 */
import type { DirectoryEntry, Entry } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { sameIdentity } from '../context/snapshot.ts';

/**
 * `current` with the mtimes to report after `previous`, which must be what BuildKit's copy was last told: for a copy
 * whose state is in doubt give undefined, and a new shared key.
 *
 * What is identical in both keeps the reported mtime of `previous`, directories that stay directories too. Anything
 * else gets its own mtime, one nanosecond more where it would look unchanged. No mtime comes from further back, or
 * `make` with a cache mount would take an object for newer than its source. Costs what differs: the subtrees that do
 * not are those of `previous`.
 */
export function reportedTree(previous: Snapshot | undefined, current: Snapshot): Snapshot {
  return previous === undefined ? current : reportedDirectory(previous, current);
}

function reportedDirectory(previous: DirectoryEntry, current: DirectoryEntry): DirectoryEntry {
  // Not their mtimes, but what identifies them is equal: one can stand for the other.
  if (sameIdentity(previous, current)) return previous;
  const mtime = previous.mode === current.mode ? previous.mtime : current.mtime;
  const children =
    previous.digest === current.digest ? previous.children : reportedChildren(previous.children, current.children);
  return { ...current, mtime, children };
}

/** Both lists are sorted by name. */
function reportedChildren(previous: readonly Entry[], current: readonly Entry[]): Entry[] {
  let at = 0;
  return current.map((entry) => {
    while (at < previous.length && previous[at]!.name < entry.name) at++;
    const before = previous[at];
    return before?.name === entry.name ? reportedEntry(before, entry) : entry;
  });
}

function reportedEntry(previous: Entry, current: Entry): Entry {
  if (previous.kind === 'directory' && current.kind === 'directory') return reportedDirectory(previous, current);
  if (sameIdentity(previous, current)) return previous;
  return looksUnchanged(previous, current) ? { ...current, mtime: current.mtime + 1n } : current;
}

/** Whether BuildKit could not tell two different entries apart. Kinds and link targets it compares itself. */
function looksUnchanged(previous: Entry, current: Entry): boolean {
  return (
    previous.kind === 'file' &&
    current.kind === 'file' &&
    previous.size === current.size &&
    previous.mode === current.mode &&
    previous.mtime === current.mtime
  );
}
