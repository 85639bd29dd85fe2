/**
 * The tree that a scanner keeps: packed records, and over them a view as snapshot entries.
 *
 * A node *is* the snapshot's directory entry. Its digest and totals are at hand, and its children are made only when
 * somebody asks for them, so that an unchanged tree of 100,000 files costs next to nothing. Nodes are immutable.
 */
import { fromBytes } from '../base/bytes.ts';
import { ChunkList } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import type { DirectoryEntry, DirectoryHead, Entry, FileEntry, SymlinkEntry } from '../context/entry.ts';
import type { Name, Path } from '../context/path.ts';
import { joinPath, rootPath } from '../context/path.ts';
import type { Problem } from '../context/problem.ts';
import { makeDirectory } from '../context/snapshot.ts';
import type { FolderRecords } from './folderRecords.ts';
import { clampTime, fileType, status } from './folderRecords.ts';

export interface Totals {
  readonly digest: Digest;
  readonly files: number;
  readonly entries: number;
  readonly bytes: number;
}

/** What is in a folder, without what its parent says of it. */
export interface FolderContent {
  readonly records: FolderRecords;
  /** For every record that `isFolder`, in order. */
  readonly folders: readonly FolderNode[];
  /** Directly in this folder; not kept on disk. */
  readonly problems: readonly Problem[];
}

const permissions = 0o7777;

/** The head of a snapshot's root: its own mode and mtime are no part of a context. */
export const rootHead: DirectoryHead = { kind: 'directory', name: rootPath, mode: 0o755, mtime: 0n };

export class FolderNode implements DirectoryEntry {
  readonly kind = 'directory';
  readonly name: Name;
  readonly mode: number;
  readonly mtime: bigint;
  readonly digest: Digest;
  readonly files: number;
  readonly entries: number;
  readonly bytes: number;
  readonly content: FolderContent;
  /** Whether there is a problem here or below. */
  readonly troubled: boolean;
  #children: readonly Entry[] | undefined;
  #byIndex: ReadonlyMap<number, FolderNode> | undefined;

  constructor(head: DirectoryHead, content: FolderContent, totals: Totals, children?: readonly Entry[]) {
    this.name = head.name;
    this.mode = head.mode;
    this.mtime = head.mtime;
    this.content = content;
    this.troubled = content.problems.length > 0 || content.folders.some((folder) => folder.troubled);
    this.digest = totals.digest;
    this.files = totals.files;
    this.entries = totals.entries;
    this.bytes = totals.bytes;
    this.#children = children;
  }

  static of(head: DirectoryHead, content: FolderContent): FolderNode {
    const children = childrenOf(content);
    return new FolderNode(head, content, makeDirectory(head, children), children);
  }

  get children(): readonly Entry[] {
    return (this.#children ??= childrenOf(this.content));
  }

  /** The folder that the record is of, if it is one that was walked. */
  folderAt(index: number): FolderNode | undefined {
    this.#byIndex ??= foldersByIndex(this.content);
    return this.#byIndex.get(index);
  }

  /** This folder under another head: itself when nothing differs. */
  withHead(head: DirectoryHead): FolderNode {
    if (this.mode === head.mode && this.mtime === head.mtime && this.name === head.name) return this;
    return new FolderNode(head, this.content, this, this.#children);
  }

  /** The topmost excluded paths here and below. */
  *excluded(at: Path = rootPath): Generator<Path> {
    for (const [index, name] of this.content.records.names().entries()) {
      const path = joinPath(at, name);
      if (this.#isExcluded(index)) yield path;
      else yield* this.folderAt(index)?.excluded(path) ?? [];
    }
  }

  /** The names directly in this folder that are excluded with all that is below. */
  excludedNames(): Name[] {
    return this.content.records.names().filter((_name, index) => this.#isExcluded(index));
  }

  /** The folder directly in this one that was walked. */
  folderNamed(name: Name): FolderNode | undefined {
    return this.folderAt(this.content.records.names().indexOf(name));
  }

  #isExcluded(index: number): boolean {
    const state = this.content.records.status(index);
    return state === status.pruned || (state === status.passed && (this.folderAt(index)?.entries ?? 0) === 0);
  }

  /** Every problem here and below. */
  *problems(): Generator<Problem> {
    if (!this.troubled) return;
    yield* this.content.problems;
    for (const folder of this.content.folders) yield* folder.problems();
  }
}

function foldersByIndex({ records, folders }: FolderContent): ReadonlyMap<number, FolderNode> {
  const byIndex = new Map<number, FolderNode>();
  if (folders.length === 0) return byIndex;
  for (let index = 0; index < records.count; index++) {
    if (records.isFolder(index)) byIndex.set(index, folders[byIndex.size]!);
  }
  return byIndex;
}

export function folderHead(name: Name, mode: number, mtime: bigint): DirectoryHead {
  return { kind: 'directory', name, mode: mode & permissions, mtime: clampTime(mtime) };
}

/** The entries of a folder, sorted. A folder that was merely passed is one only when something below it is. */
function childrenOf({ records, folders }: FolderContent): Entry[] {
  const children: Entry[] = [];
  let folder = 0;
  for (const [index, name] of records.names().entries()) {
    const node = records.isFolder(index) ? folders[folder++]! : undefined;
    const state = records.status(index);
    if (node !== undefined) {
      if (state === status.entry || node.entries > 0) children.push(node);
    } else if (state === status.entry || state === status.racy || state === status.stale) {
      children.push(leaf(records, index, name));
    }
  }
  return children.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function leaf(records: FolderRecords, index: number, name: Name): FileEntry | SymlinkEntry {
  const mode = records.mode(index);
  const mtime = records.mtime(index);
  const extra = records.extra(index);
  if ((mode & fileType.mask) === fileType.link) {
    return { kind: 'symlink', name, mtime, target: fromBytes(extra ?? new Uint8Array()) };
  }
  return {
    kind: 'file',
    name,
    mode: mode & permissions,
    mtime,
    size: records.size(index),
    digest: records.digest(index),
    chunks: extra === undefined ? undefined : new ChunkList(extra),
  };
}
