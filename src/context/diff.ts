import type { Change } from './change.ts';
import type { DirectoryEntry, Entry } from './entry.ts';
import type { Path } from './path.ts';
import { joinPath, rootPath } from './path.ts';
import { sameIdentity } from './snapshot.ts';

/**
 * The changes that lead from `base` to `target`, in order, parents first.
 * Costs what differs, not what exists: directories of equal digest are skipped whole. A mere touch is no change.
 */
export function* diff(base: DirectoryEntry, target: DirectoryEntry, at: Path = rootPath): Generator<Change> {
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
      yield* added(next, at);
      j++;
    } else {
      yield* changed(old, next, at);
      i++;
      j++;
    }
  }
}

function* changed(old: Entry, next: Entry, at: Path): Generator<Change> {
  if (sameIdentity(old, next)) return;
  if (old.kind !== 'directory' || next.kind !== 'directory') {
    yield* added(next, at);
    return;
  }
  const path = joinPath(at, next.name);
  if (old.mode !== next.mode) yield { op: 'put', path, entry: next };
  yield* diff(old, next, path);
}

function* added(entry: Entry, at: Path): Generator<Change> {
  const path = joinPath(at, entry.name);
  yield { op: 'put', path, entry };
  if (entry.kind !== 'directory') return;
  for (const child of entry.children) yield* added(child, path);
}
