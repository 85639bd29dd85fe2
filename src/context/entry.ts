/** What a context holds. Entries are immutable: a change makes new ones. */
import type { ByteString } from '../base/bytes.ts';
import type { Chunk } from './chunkList.ts';
import type { ChunkList } from './chunkList.ts';
import type { Digest } from './digest.ts';
import type { Name } from './path.ts';

export interface FileEntry {
  readonly kind: 'file';
  readonly name: Name;
  /** Permission, setuid, setgid and sticky bits: 0 to 0o7777. */
  readonly mode: number;
  /** Nanoseconds since 1970. Carried, but no part of the identity. */
  readonly mtime: bigint;
  /** Bytes. */
  readonly size: number;
  /** Of the whole content; of a file in several chunks, that of their list. */
  readonly digest: Digest;
  /** The pieces of a large file; undefined when the whole file is its only chunk. */
  readonly chunks: ChunkList | undefined;
}

export interface SymlinkEntry {
  readonly kind: 'symlink';
  readonly name: Name;
  readonly mtime: bigint;
  /** As readlink returned it: never followed, never changed. */
  readonly target: ByteString;
}

/** A directory without what is in it. */
export interface DirectoryHead {
  readonly kind: 'directory';
  /** '' for the root of a snapshot. */
  readonly name: Name;
  readonly mode: number;
  readonly mtime: bigint;
}

export interface DirectoryEntry extends DirectoryHead {
  /** Sorted bytewise by name, no name twice. */
  readonly children: readonly Entry[];
  /** Of everything below it: names, kinds, modes, sizes, contents and link targets; not of mtimes. */
  readonly digest: Digest;
  /** Files and symlinks below it. */
  readonly files: number;
  /** Entries below it: files, symlinks and directories. */
  readonly entries: number;
  /** Content bytes below it. */
  readonly bytes: number;
}

export type LeafEntry = FileEntry | SymlinkEntry;
export type Entry = LeafEntry | DirectoryEntry;
/** An entry by itself: a directory without its children. */
export type EntryHead = LeafEntry | DirectoryHead;

/** The chunks of a file: its list, or the whole file as one. An empty file has none. */
export function chunksOf(file: FileEntry): Iterable<Chunk> {
  if (file.chunks !== undefined) return file.chunks;
  return file.size === 0 ? [] : [{ digest: file.digest, size: file.size }];
}
