/**
 * A tiny language for snapshots: `tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o755), l: link('a.txt'), empty: {} })`.
 * Folders on the way are made; a nested object is a folder.
 */
import fc from 'fast-check';
import type { ByteString } from '../../src/base/bytes.ts';
import { fromBytes, fromText, toBytes } from '../../src/base/bytes.ts';
import { ChunkList } from '../../src/context/chunkList.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { DirectoryEntry, Entry } from '../../src/context/entry.ts';
import type { Name } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { makeDirectory, makeSnapshot } from '../../src/context/snapshot.ts';

export interface FileItem {
  readonly kind: 'file';
  readonly content: string;
  readonly mode: number;
  readonly mtime: bigint;
}

export interface LinkItem {
  readonly kind: 'link';
  readonly target: string;
  readonly mtime: bigint;
}

export interface FolderItem {
  readonly kind: 'folder';
  readonly items: Items;
  readonly mode: number;
  readonly mtime: bigint;
}

/** A string is the content of a file, an object without `kind` a folder. */
export type Item = string | FileItem | LinkItem | FolderItem | Items;
/** By path, as text. */
export interface Items {
  readonly [path: string]: Item;
}

export function file(content: string, mode = 0o644, mtime = 1n): FileItem {
  return { kind: 'file', content, mode, mtime };
}

export function link(target: string, mtime = 1n): LinkItem {
  return { kind: 'link', target, mtime };
}

export function folder(items: Items, mode = 0o755, mtime = 1n): FolderItem {
  return { kind: 'folder', items, mode, mtime };
}

export function tree(items: Items): Snapshot {
  return makeSnapshot(children(items));
}

function children(items: Items): Entry[] {
  const own = new Map<string, Item>();
  const below = new Map<string, Record<string, Item>>();
  for (const [path, item] of Object.entries(items)) {
    const slash = path.indexOf('/');
    const name = slash < 0 ? path : path.slice(0, slash);
    if (slash < 0) own.set(name, item);
    else below.set(name, { ...below.get(name), [path.slice(slash + 1)]: item });
  }
  for (const [name, inner] of below) {
    if (own.has(name)) throw new Error(`write what is in ${name} in one place`);
    own.set(name, folder(inner));
  }
  return sorted([...own].map(([name, item]) => entry(fromText(name), item)));
}

function isKind(item: Item): item is FileItem | LinkItem | FolderItem {
  return typeof item === 'object' && 'kind' in item && typeof item.kind === 'string';
}

function entry(name: Name, item: Item): Entry {
  if (typeof item === 'string') return entry(name, file(item));
  if (!isKind(item)) return entry(name, folder(item));
  if (item.kind === 'link') return { kind: 'symlink', name, mtime: item.mtime, target: fromText(item.target) };
  if (item.kind === 'folder') {
    const { mode, mtime } = item;
    return makeDirectory({ kind: 'directory', name, mode, mtime }, children(item.items));
  }
  return fileEntry(name, toBytes(fromText(item.content)), item.mode, item.mtime);
}

function fileEntry(name: Name, content: Uint8Array, mode: number, mtime: bigint): Entry {
  const digest = digestOf(content);
  // A chunk list is no part of the identity; large files have one.
  const chunks = content.length > 8 ? ChunkList.from([{ digest, size: content.length }]) : undefined;
  return { kind: 'file', name, mode, mtime, size: content.length, digest, chunks };
}

/** Entries as a directory holds them. */
export function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Few names, so that two trees share some, and those that sort badly: '/' lies between '!' and '0'. */
const commonNames = ['a', 'a!', 'a-', 'a.b', 'a0', 'ab', 'b', 'ü', '日本', '__proto__', 'constructor'];

/** A legal name: text or any bytes. */
export const names: fc.Arbitrary<Name> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...commonNames).map(fromText) },
  fc
    .uint8Array({ minLength: 1, maxLength: 12 })
    .map(fromBytes)
    .filter((name) => !/[/\0]/.test(name) && name !== '.' && name !== '..'),
);

export const paths: fc.Arbitrary<ByteString> = fc
  .array(names, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join('/') as ByteString);

const mtimes = fc.bigInt({ min: 0n, max: 3n });

const leaves: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .record({ name: names, content: fc.constantFrom('', 'x', 'y', 'a longer content'), mtime: mtimes })
    .chain(({ name, content, mtime }) =>
      fc.constantFrom(0o644, 0o755, 0o4711).map((mode) => fileEntry(name, toBytes(fromText(content)), mode, mtime)),
    ),
  fc
    .record({ name: names, target: fc.constantFrom('a', '../a', '/'), mtime: mtimes })
    .map(({ name, target, mtime }): Entry => ({ kind: 'symlink', name, mtime, target: fromText(target) })),
);

function listOf(entries: fc.Arbitrary<Entry>): fc.Arbitrary<Entry[]> {
  return fc.uniqueArray(entries, { selector: (item) => item.name, maxLength: 6 });
}

function directories(depth: number): fc.Arbitrary<DirectoryEntry> {
  const children = depth === 0 ? leaves : fc.oneof(leaves, directories(depth - 1));
  return fc
    .record({ name: names, mode: fc.constantFrom(0o755, 0o700), mtime: mtimes, items: listOf(children) })
    .map(({ items, ...head }) => makeDirectory({ kind: 'directory', ...head }, sorted(items)));
}

/** Children of a root in no order, no name twice. */
export const unsortedChildren: fc.Arbitrary<Entry[]> = listOf(fc.oneof(leaves, directories(3)));

export const snapshots: fc.Arbitrary<Snapshot> = unsortedChildren.map((entries) => makeSnapshot(sorted(entries)));
