import type { ByteString } from '../base/bytes.ts';
import { ByteReader } from '../base/byteReader.ts';
import type { Path } from '../context/path.ts';
import { joinPath, rootPath } from '../context/path.ts';
import type { FolderNode } from './folderNode.ts';
import { status } from './folderRecords.ts';
import { nativePathsIn, statPath } from './safeOpen.ts';
import { ScoutBoard } from './scoutBoard.ts';
import type { PackedTree } from './treeBytes.ts';
import { readTree } from './treeBytes.ts';

/** What a scout is sent out with. Survives structured cloning, which shares the memory. */
export interface ScoutOrder {
  /** Canonical and absolute. */
  readonly root: ByteString;
  /** What is known. */
  readonly tree: PackedTree;
  /** See ScoutBoard. */
  readonly board: SharedArrayBuffer;
}

/** Looks at folder after folder until it meets the walk. */
export function scout({ root, tree, board: memory }: ScoutOrder): void {
  const board = ScoutBoard.in(memory);
  const folders = [...foldersIn(readTree(new ByteReader(new Uint8Array(tree.memory, tree.offset))), rootPath)];
  for (let at = board.take(); at !== undefined; at = board.take()) {
    const [path, node] = folders[at]!;
    if (isAsKnown(joinPath(root, path), node)) board.markAsKnown(at);
  }
}

/** A folder and all folders below, in the order in which they are walked. */
export function* foldersIn(node: FolderNode, path: Path): Generator<[Path, FolderNode]> {
  yield [path, node];
  const { records, folders } = node.content;
  if (folders.length === 0) return;
  const names = records.names();
  let next = 0;
  for (let index = 0; next < folders.length; index++) {
    if (records.isFolder(index)) yield* foldersIn(folders[next++]!, joinPath(path, names[index]!));
  }
}

/** Whether every file and link that was found in a folder has the stat key that it had. */
function isAsKnown(folder: Path, { content: { records } }: FolderNode): boolean {
  try {
    const native = nativePathsIn(folder, records.listing);
    for (const [index, name] of records.names().entries()) {
      if (records.status(index) !== status.entry || records.isFolder(index)) continue;
      const stat = statPath(native(name));
      if (stat === undefined || !records.matches(index, stat)) return false;
    }
    return true;
  } catch {
    // The walk will see what it is.
    return false;
  }
}
