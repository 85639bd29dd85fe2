/**
 * The stat cache on disk: the tree that a scanner knew last. Its loss only costs time, so anything that is not exactly
 * right reads as nothing.
 *
 *     8 bytes  "presync" and the format's version
 *     u32 length, bytes   what the verdicts in it depend on: the filter's key
 *     the tree (see treeBytes.ts)
 *     u32 crc32 of all that: the file is our own, and guarded against damage, not against malice
 *
 * Every unwatched build reads it before anything else, which is why it is read in one go, and into memory that can be
 * shared with other threads as it is.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { ByteString } from '../base/bytes.ts';
import { ByteReader } from '../base/byteReader.ts';
import { ByteWriter } from '../base/byteWriter.ts';
import type { FolderNode } from './folderNode.ts';
import type { PackedTree } from './treeBytes.ts';
import { readTree, writeTree } from './treeBytes.ts';

const checksumLength = 4;
const magic = 'presync\x04' as ByteString;

export interface CachedTree {
  readonly root: FolderNode;
  readonly filterKey: ByteString;
  /** The root as it was read. */
  readonly packed: PackedTree;
}

/** The tree in the file; undefined for a file that is missing, damaged or of another version. */
export function loadTree(path: string): CachedTree | undefined {
  try {
    const memory = readShared(path);
    const bytes = Buffer.from(memory);
    const body = bytes.subarray(0, bytes.length - checksumLength);
    const reader = new ByteReader(body);
    if (reader.byteString(magic.length) !== magic) return undefined;
    if (crc32(body) !== bytes.readUInt32LE(body.length)) return undefined;
    const filterKey = reader.sized();
    const packed = { memory, offset: reader.offset };
    return { filterKey, root: readTree(reader), packed };
  } catch {
    return undefined;
  }
}

function readShared(path: string): SharedArrayBuffer {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) throw new RangeError('The file became shorter.');
      at += count;
    }
    return bytes.buffer;
  } finally {
    closeSync(file);
  }
}

/** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
export async function saveTree(path: string, tree: Omit<CachedTree, 'packed'>): Promise<void> {
  const writer = new ByteWriter(1024 * 1024).byteString(magic).sized(tree.filterKey);
  writeTree(writer, tree.root);
  writer.u32(crc32(writer.view()));
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(writer.view());
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}
