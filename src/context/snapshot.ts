/**
 * The Merkle tree of a context.
 *
 * A snapshot is its root directory. A directory's digest is the sha256 of a fixed encoding of its children (see
 * `encodeChildren` and proto/README.md), so equal digests mean equal trees, and a comparison can skip them whole.
 */
import { ByteWriter } from '../base/byteWriter.ts';
import { digestOf } from './digest.ts';
import type { DirectoryEntry, DirectoryHead, Entry } from './entry.ts';
import type { Name, Path } from './path.ts';
import { joinPath, rootPath, splitPath } from './path.ts';

/** An immutable description of a whole context at one moment; identified by `digest`. */
export type Snapshot = DirectoryEntry;

/** A directory from its head and its children, which must be sorted bytewise by name. */
export function makeDirectory(head: DirectoryHead, children: readonly Entry[]): DirectoryEntry {
  let files = 0;
  let bytes = 0;
  let entries = children.length;
  for (const child of children) {
    if (child.kind === 'directory') {
      files += child.files;
      bytes += child.bytes;
      entries += child.entries;
    } else {
      files++;
      if (child.kind === 'file') bytes += child.size;
    }
  }
  return {
    kind: 'directory',
    name: head.name,
    mode: head.mode,
    mtime: head.mtime,
    children,
    digest: digestOf(encodeChildren(children)),
    files,
    entries,
    bytes,
  };
}

/** A snapshot from the root's children. The root's own mode and mtime are no part of a context. */
export function makeSnapshot(children: readonly Entry[]): Snapshot {
  return makeDirectory({ kind: 'directory', name: rootPath, mode: 0o755, mtime: 0n }, children);
}

export const emptySnapshot: Snapshot = makeSnapshot([]);

const kindTags = { file: 1, directory: 2, symlink: 3 } as const;

/** The identity of a list of children. Changing it changes every digest: a new protocol version. */
function encodeChildren(children: readonly Entry[]): Uint8Array {
  const writer = new ByteWriter(64 + children.length * 80);
  for (const child of children) {
    writer.u8(kindTags[child.kind]).sized(child.name);
    switch (child.kind) {
      case 'file':
        writer.u32(child.mode).u53(child.size).byteString(child.digest);
        break;
      case 'directory':
        writer.u32(child.mode).byteString(child.digest);
        break;
      case 'symlink':
        writer.sized(child.target);
    }
  }
  return writer.view();
}

/** Whether two entries are the same in everything but mtime. */
export function sameIdentity(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  if (a.name !== b.name) return false;
  if (a.kind === 'symlink') return b.kind === 'symlink' && a.target === b.target;
  return a.kind === b.kind && a.mode === b.mode && a.digest === b.digest;
}

/** The index of the child named `name`, or where it would be inserted as `-1 - index`. */
export function childIndex(children: readonly Entry[], name: Name): number {
  let low = 0;
  let high = children.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const candidate = children[middle]!.name;
    if (candidate === name) return middle;
    if (candidate < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1 - low;
}

export function findChild(directory: DirectoryEntry, name: Name): Entry | undefined {
  return directory.children[childIndex(directory.children, name)];
}

/** The entry at `path`, or undefined. The empty path is the root itself. */
export function findEntry(root: Snapshot, path: Path): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const name of splitPath(path)) {
    if (entry?.kind !== 'directory') return undefined;
    entry = findChild(entry, name);
  }
  return entry;
}

/** Every entry below `directory` with its path, parents first, in BuildKit's order. */
export function* walk(directory: DirectoryEntry, at: Path = rootPath): Generator<[Path, Entry]> {
  for (const child of directory.children) {
    const path = joinPath(at, child.name);
    yield [path, child];
    if (child.kind === 'directory') yield* walk(child, path);
  }
}
