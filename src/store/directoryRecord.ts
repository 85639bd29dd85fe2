/**
 * A directory record: the children of one directory with all that the identity leaves out, mtimes and chunk lists.
 *
 *     page   := 1 u8 · count u32 · count children
 *     pages  := 2 u8 · count u32 · count record digests, 32 bytes each, of the pages in order
 *     child  := kind u8 · name (u32 length, bytes) · mtime i64 · rest
 *     rest of a file (1):       mode u32 · size u53 (8 bytes) · digest 32 · 0 u8, or 1 u8 · length u32 · packed chunk list
 *     rest of a directory (2):  mode u32 · digest 32 of its own record
 *     rest of a symlink (3):    target (u32 length, bytes)
 *
 * A record is stored under its sha256, so directories that did not change are shared between snapshots. A directory
 * of many children is cut into pages at names that a hash picks, so that a change rewrites one page of it.
 */
import { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import { ChunkList } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import { digestLength } from '../context/digest.ts';
import type { DirectoryHead, Entry, FileEntry, LeafEntry } from '../context/entry.ts';
import type { Name } from '../context/path.ts';

/** A child directory by the digest of its record. */
export interface DirectoryStub {
  readonly head: DirectoryHead;
  readonly record: Digest;
}

/** Children, or the records of the pages that hold them. */
export type DirectoryRecord =
  { readonly children: readonly (LeafEntry | DirectoryStub)[] } | { readonly pages: readonly Digest[] };

const pageTag = 1;
const pagesTag = 2;
const kindTags = { file: 1, directory: 2, symlink: 3 } as const;

/** The bytes of a page. `recordOf` gives the record of each child directory. */
export function encodePage(children: readonly Entry[], recordOf: (child: Entry) => Digest): Uint8Array {
  const writer = new ByteWriter(64 + children.length * 96);
  writer.u8(pageTag).u32(children.length);
  for (const child of children) {
    writer.u8(kindTags[child.kind]).sized(child.name).i64(child.mtime);
    switch (child.kind) {
      case 'file':
        encodeFile(writer, child);
        break;
      case 'directory':
        writer.u32(child.mode).byteString(recordOf(child));
        break;
      case 'symlink':
        writer.sized(child.target);
    }
  }
  return writer.view();
}

export function encodePages(pages: readonly Digest[]): Uint8Array {
  const writer = new ByteWriter(8 + pages.length * digestLength);
  writer.u8(pagesTag).u32(pages.length);
  for (const page of pages) writer.byteString(page);
  return writer.view();
}

/** RangeError for bytes that are no record. */
export function decodeRecord(bytes: Uint8Array): DirectoryRecord {
  const reader = new ByteReader(bytes);
  const tag = reader.u8();
  const count = reader.u32();
  if (tag === pagesTag)
    return { pages: Array.from({ length: count }, () => reader.byteString(digestLength) as Digest) };
  if (tag !== pageTag) throw new RangeError(`a directory record of unknown kind ${tag}`);
  return { children: Array.from({ length: count }, () => decodeChild(reader)) };
}

/** The children in pages of about `pageEntries`, cut at places that depend on the names around them only. */
export function cutPages(children: readonly Entry[], pageEntries: number): (readonly Entry[])[] {
  if (children.length <= pageEntries) return [children];
  const pages: Entry[][] = [];
  let page: Entry[] = [];
  for (const child of children) {
    page.push(child);
    const isCut = page.length >= pageEntries / 4 && hashName(child.name) % (pageEntries / 2) < 1;
    if (!isCut && page.length < pageEntries * 4) continue;
    pages.push(page);
    page = [];
  }
  if (page.length > 0) pages.push(page);
  return pages;
}

function encodeFile(writer: ByteWriter, file: FileEntry): void {
  writer.u32(file.mode).u53(file.size).byteString(file.digest);
  if (file.chunks === undefined) writer.u8(0);
  else writer.u8(1).u32(file.chunks.packed.length).raw(file.chunks.packed);
}

function decodeChild(reader: ByteReader): LeafEntry | DirectoryStub {
  const tag = reader.u8();
  const name = reader.sized();
  const mtime = reader.i64();
  switch (tag) {
    case kindTags.file:
      return decodeFile(reader, name, mtime);
    case kindTags.directory: {
      const head: DirectoryHead = { kind: 'directory', name, mode: reader.u32(), mtime };
      return { head, record: reader.byteString(digestLength) as Digest };
    }
    case kindTags.symlink:
      return { kind: 'symlink', name, mtime, target: reader.sized() };
    default:
      throw new RangeError(`a child of unknown kind ${tag}`);
  }
}

function decodeFile(reader: ByteReader, name: Name, mtime: bigint): FileEntry {
  const mode = reader.u32();
  const size = reader.u53();
  const digest = reader.byteString(digestLength) as Digest;
  // A copy, or each list would keep the whole record in memory.
  const chunks = reader.u8() === 0 ? undefined : new ChunkList(new Uint8Array(reader.raw(reader.u32())));
  return { kind: 'file', name, mode, mtime, size, digest, chunks };
}

/** FNV-1a, 32 bits. */
function hashName(name: Name): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
