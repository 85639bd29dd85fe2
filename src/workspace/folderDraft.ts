/** A folder as a scan finds it, put together from what is known already and what was looked at anew. */
import type { DirectoryHead } from '../context/entry.ts';
import type { Name, Path } from '../context/path.ts';
import { joinPath } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import { FolderNode } from './folderNode.ts';
import type { PackedEntry } from './folderRecords.ts';
import { FolderRecords, packFolder } from './folderRecords.ts';

/** One name's outcome: the number of the earlier record that still holds, a new one, or undefined when it is gone. */
export type Slot = number | FreshSlot | undefined;

export interface FreshSlot {
  readonly record: Uint8Array;
  readonly extra?: Uint8Array | undefined;
  /** For a folder that was walked. */
  readonly node?: FolderNode | undefined;
  readonly problem?: Problem | undefined;
}

/** What was known of a folder before. */
export class Earlier {
  readonly node: FolderNode | undefined;
  readonly records: FolderRecords;
  #indexes: Map<Name, number> | undefined;
  #folders: Map<number, FolderNode> | undefined;

  constructor(node: FolderNode | undefined) {
    this.node = node;
    this.records = node?.content.records ?? FolderRecords.empty;
  }

  /** The record of `name`, or -1. */
  indexOf(name: Name): number {
    this.#indexes ??= new Map(this.records.names().map((known, index) => [known, index]));
    return this.#indexes.get(name) ?? -1;
  }

  folderOf(index: number): FolderNode | undefined {
    return (this.#folders ??= this.#mapFolders()).get(index);
  }

  problemOf(path: Path): Problem | undefined {
    return this.node?.content.problems.find((problem) => problem.path === path);
  }

  #mapFolders(): Map<number, FolderNode> {
    const map = new Map<number, FolderNode>();
    let next = 0;
    const folders = this.node?.content.folders ?? [];
    for (let index = 0; next < folders.length; index++) {
      if (this.records.isFolder(index)) map.set(index, folders[next++]!);
    }
    return map;
  }
}

/** The folder `path` of which `names` were found and became `slots`: the earlier node itself when nothing differs. */
export function assembleFolder(
  head: DirectoryHead,
  path: Path,
  names: readonly Name[],
  slots: readonly Slot[],
  earlier: Earlier,
): FolderNode {
  if (earlier.node !== undefined && isUnchanged(slots, earlier)) return earlier.node.withHead(head);
  const entries: PackedEntry[] = [];
  const folders: FolderNode[] = [];
  const problems: Problem[] = [];
  for (const [index, slot] of slots.entries()) {
    if (slot === undefined) continue;
    const name = names[index]!;
    const fresh = typeof slot === 'number' ? keptSlot(slot, joinPath(path, name), earlier) : slot;
    const { record, extra, node, problem } = fresh;
    entries.push({ name, record, extra });
    if (node !== undefined) folders.push(node);
    if (problem !== undefined) problems.push(problem);
  }
  return FolderNode.of(head, { records: packFolder(entries), folders, problems });
}

/** Every record holds, in its place. Problems make a folder anew, so that they are told as they are now. */
function isUnchanged(slots: readonly Slot[], earlier: Earlier): boolean {
  if (slots.length !== earlier.records.count || earlier.node!.content.problems.length > 0) return false;
  return slots.every((slot, index) => slot === index);
}

function keptSlot(index: number, path: Path, earlier: Earlier): FreshSlot {
  const { records } = earlier;
  return {
    record: records.record(index),
    extra: records.extra(index),
    node: earlier.folderOf(index),
    problem: earlier.problemOf(path),
  };
}
