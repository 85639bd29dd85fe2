import { fromText } from '../../src/base/bytes.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestOf, hexDigest } from '../../src/context/digest.ts';
import type { Entry } from '../../src/context/entry.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { makeDirectory, walk } from '../../src/context/snapshot.ts';
import type { ContextKey } from '../../src/store/contextKey.ts';
import { parseContextKey } from '../../src/store/contextKey.ts';
import type { Store } from '../../src/store/store.ts';
import type { Contents } from './contents.ts';

/** The key of a context that is known by a name. */
export function contextKey(name: string): ContextKey {
  return parseContextKey(hexDigest(digestOf(Buffer.from(name))));
}

export function directory(name: string, ...children: Entry[]): Entry {
  const sorted = [...children].sort((a, b) => (a.name < b.name ? -1 : 1));
  return makeDirectory({ kind: 'directory', name: fromText(name), mode: 0o750, mtime: 7n }, sorted);
}

export async function putAll(store: Store, contents: Contents): Promise<void> {
  for (const [digest, bytes] of contents.bytes) await store.put(digest, bytes);
}

/** Those of the chunks that are not in the store, in order. */
export function missing(store: Store, digests: Iterable<Digest>): Digest[] {
  return [...digests].filter((digest) => !store.has(digest));
}

/** Puts all contents and lets the context `name` stand at the snapshot. */
export async function commitTree(store: Store, name: string, contents: Contents, snapshot: Snapshot): Promise<void> {
  await putAll(store, contents);
  await store.commit(contextKey(name), { snapshot, label: name });
}

/** What a context stands at, read back whole: the snapshot, and the content of each file by path. */
export async function readBack(
  store: Store,
  name: string,
): Promise<{ snapshot: Snapshot; files: Map<string, string> }> {
  const head = await store.head(contextKey(name));
  if (head === undefined) throw new Error(`nothing is committed as ${name}`);
  const files = new Map<string, string>();
  for (const [path, entry] of walk(head.snapshot)) {
    if (entry.kind !== 'file') continue;
    const parts: Uint8Array[] = [];
    for await (const part of store.readFile(entry)) parts.push(part);
    files.set(path, Buffer.concat(parts).toString());
  }
  return { snapshot: head.snapshot, files };
}

/** A chunk of its own. */
export function chunk(text: string): { digest: Digest; bytes: Uint8Array } {
  const bytes = Buffer.from(text);
  return { digest: digestOf(bytes), bytes };
}
