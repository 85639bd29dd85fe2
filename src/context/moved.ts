/** Finds what was moved: content that the base holds elsewhere and that a diff would describe anew. */
import type { Elsewhere } from './diff.ts';
import { diff } from './diff.ts';
import type { Digest } from './digest.ts';
import type { DirectoryEntry, Entry, FileEntry } from './entry.ts';
import type { Path } from './path.ts';
import type { Snapshot } from './snapshot.ts';
import { findEntry, walk } from './snapshot.ts';

/**
 * Looks among what `target` no longer has where `base` had it. Costs what differs between the two, and that only when it
 * is asked.
 */
export class Moved implements Elsewhere {
  readonly #base: Snapshot;
  readonly #target: Snapshot;
  #gone: ReadonlyMap<Digest, Path> | undefined;

  constructor(base: Snapshot, target: Snapshot) {
    this.#base = base;
    this.#target = target;
  }

  /**
   * Where the base has a directory that is the same down to its mtimes: those count for who takes it over, since make
   * and its like compare them.
   */
  directory(wanted: DirectoryEntry): Path | undefined {
    if (wanted.entries === 0) return undefined;
    const path = this.#find(wanted.digest);
    const found = path === undefined ? undefined : findEntry(this.#base, path);
    return found?.kind === 'directory' && sameTimes(found, wanted) ? path : undefined;
  }

  /** Where the base has a file of several chunks with the same content. */
  file(wanted: FileEntry): Path | undefined {
    const path = this.#find(wanted.digest);
    const found = path === undefined ? undefined : findEntry(this.#base, path);
    return found?.kind === 'file' ? path : undefined;
  }

  #find(digest: Digest): Path | undefined {
    this.#gone ??= this.#collect();
    return this.#gone.get(digest);
  }

  #collect(): ReadonlyMap<Digest, Path> {
    const gone = new Map<Digest, Path>();
    for (const { op, path } of diff(this.#base, this.#target)) {
      if (op !== 'remove') continue;
      const entry = findEntry(this.#base, path)!;
      note(gone, path, entry);
      if (entry.kind === 'directory') for (const [at, below] of walk(entry, path)) note(gone, at, below);
    }
    return gone;
  }
}

function note(gone: Map<Digest, Path>, path: Path, entry: Entry): void {
  const worthIt = entry.kind === 'directory' || (entry.kind === 'file' && entry.chunks !== undefined);
  if (worthIt && !gone.has(entry.digest)) gone.set(entry.digest, path);
}

/** Whether two directories of equal digests bear the same mtimes throughout, their own aside. */
function sameTimes(a: DirectoryEntry, b: DirectoryEntry): boolean {
  return a.children.every((child, i) => {
    const other = b.children[i]!;
    if (child.mtime !== other.mtime) return false;
    return child.kind !== 'directory' || sameTimes(child, other as DirectoryEntry);
  });
}
