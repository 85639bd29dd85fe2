import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fromText } from '../../src/base/bytes.ts';
import type { Digest } from '../../src/context/digest.ts';
import { formatDigest } from '../../src/context/digest.ts';
import type { DirectoryEntry, Entry } from '../../src/context/entry.ts';
import { makeDirectory } from '../../src/context/snapshot.ts';

/** The name of the snapshot of a folder without an ignore file, by a walk that has nothing in common with the scanner. */
export function diskSnapshot(root: string): string {
  return formatDigest(directoryAt(root, '').digest);
}

function directoryAt(path: string, name: string): DirectoryEntry {
  const children = readdirSync(path).map((child) => entryAt(join(path, child), child));
  const sorted = children.sort((a, b) => (a.name < b.name ? -1 : 1));
  const mode = name === '' ? 0o755 : lstatSync(path).mode & 0o7777;
  return makeDirectory({ kind: 'directory', name: fromText(name), mode, mtime: 0n }, sorted);
}

function entryAt(path: string, name: string): Entry {
  const stat = lstatSync(path);
  if (stat.isDirectory()) return directoryAt(path, name);
  const common = { name: fromText(name), mtime: 0n };
  if (stat.isSymbolicLink()) return { kind: 'symlink', ...common, target: fromText(readlinkSync(path)) };
  const digest = createHash('sha256').update(readFileSync(path)).digest('binary') as Digest;
  return { kind: 'file', ...common, mode: stat.mode & 0o7777, size: stat.size, digest, chunks: undefined };
}
