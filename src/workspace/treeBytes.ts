/**
 * A scanner's tree as bytes, for the cache file and for another thread:
 *
 *     folder:  u32 length of its records, the records (see folderRecords.ts), digest (32), u32 files, u32 entries,
 *              u53 bytes, u32 how many folders are in it, then each of those, in the order of its records
 *
 * Problems are not kept.
 */
import type { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { Digest } from '../context/digest.ts';
import { digestLength } from '../context/digest.ts';
import type { DirectoryHead } from '../context/entry.ts';
import { folderHead, FolderNode, rootHead } from './folderNode.ts';
import { FolderRecords } from './folderRecords.ts';

export function writeTree(writer: ByteWriter, node: FolderNode): void {
  const { records, folders } = node.content;
  writer.u32(records.bytes.length).raw(records.bytes);
  writer.byteString(node.digest).u32(node.files).u32(node.entries).u53(node.bytes).u32(folders.length);
  for (const folder of folders) writeTree(writer, folder);
}

/** The tree in a buffer of its own. */
export function treeBytes(node: FolderNode): Uint8Array {
  const writer = new ByteWriter(node.entries * usualEntryBytes);
  writeTree(writer, node);
  return writer.view();
}

/** A tree in memory that threads share. */
export interface PackedTree {
  readonly memory: SharedArrayBuffer;
  /** Where it begins. */
  readonly offset: number;
}

export function packTree(node: FolderNode): PackedTree {
  const bytes = treeBytes(node);
  const memory = new SharedArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return { memory, offset: 0 };
}

/** What `writeTree` wrote. Nodes are views of the reader's bytes. RangeError for bytes that end too soon. */
export function readTree(reader: ByteReader, head: DirectoryHead = rootHead): FolderNode {
  const records = new FolderRecords(reader.raw(reader.u32()));
  const digest = reader.byteString(digestLength) as Digest;
  const totals = { digest, files: reader.u32(), entries: reader.u32(), bytes: reader.u53() };
  const folders: FolderNode[] = [];
  const count = reader.u32();
  const names = count === 0 ? [] : records.names();
  for (let index = 0; folders.length < count; index++) {
    if (!records.isFolder(index)) continue;
    folders.push(readTree(reader, folderHead(names[index]!, records.mode(index), records.mtime(index))));
  }
  return new FolderNode(head, { records, folders, problems: [] }, totals);
}

/** So that the buffer seldom has to grow. */
const usualEntryBytes = 128;
