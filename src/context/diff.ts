import type { Change } from './change.ts';
import type { DirectoryEntry, Entry } from './entry.ts';
import type { Path } from './path.ts';
import { joinPath, rootPath } from './path.ts';
import { sameIdentity } from './snapshot.ts';

/** Knows directories that need not be described, since the receiver has them. */
export interface Elsewhere {
  /** Where the base has that directory; undefined: describe it. `at` is where it is put. */
  directory(wanted: DirectoryEntry, at: Path): Path | undefined;
}

const nowhere: Elsewhere = { directory: () => undefined };

/**
 * The changes that lead from `base` to `target`, in order, parents first.
 * Costs what differs, not what exists: directories of equal digest are skipped whole. A mere touch is no change.
 */
export function diff(base: DirectoryEntry, target: DirectoryEntry, elsewhere = nowhere): Generator<Change> {
  return between(base, target, rootPath, elsewhere);
}

function* between(base: DirectoryEntry, target: DirectoryEntry, at: Path, elsewhere: Elsewhere): Generator<Change> {
  if (base.digest === target.digest) return;
  const before = base.children;
  const after = target.children;
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const next = after[j];
    if (next === undefined || (old !== undefined && old.name < next.name)) {
      yield { op: 'remove', path: joinPath(at, old!.name) };
      i++;
    } else if (old === undefined || next.name < old.name) {
      yield* added(next, at, elsewhere);
      j++;
    } else {
      yield* changed(old, next, at, elsewhere);
      i++;
      j++;
    }
  }
}

function* changed(old: Entry, next: Entry, at: Path, elsewhere: Elsewhere): Generator<Change> {
  if (sameIdentity(old, next)) return;
  if (old.kind !== 'directory' || next.kind !== 'directory') {
    yield* added(next, at, elsewhere);
    return;
  }
  const path = joinPath(at, next.name);
  if (old.mode !== next.mode) yield { op: 'put', path, entry: next };
  yield* between(old, next, path, elsewhere);
}

function* added(entry: Entry, at: Path, elsewhere: Elsewhere): Generator<Change> {
  const path = joinPath(at, entry.name);
  const from = entry.kind === 'directory' ? elsewhere.directory(entry, path) : undefined;
  yield from === undefined ? { op: 'put', path, entry } : { op: 'put', path, entry, from };
  if (entry.kind !== 'directory' || from !== undefined) return;
  for (const child of entry.children) yield* added(child, path, elsewhere);
}
