import type { ByteString } from '../../src/base/bytes.ts';
import type { ContentReader } from '../../src/builder/contentReader.ts';
import { apply } from '../../src/context/apply.ts';
import type { Change } from '../../src/context/change.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { FileEntry } from '../../src/context/entry.ts';
import type { Path } from '../../src/context/path.ts';
import { baseName, parentPath } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { emptySnapshot } from '../../src/context/snapshot.ts';

export interface MemoryFile {
  readonly content: string | Uint8Array;
  /** Nanoseconds. */
  readonly mtime?: bigint;
  readonly mode?: number;
}

/** What lies at a path (a byte string): a file, its content alone, a link, or an empty folder. */
export type MemoryItem = MemoryFile | string | { readonly link: string } | { readonly folder: number };

const defaultTime = 1_650_000_000_000_000_000n;

/** Contexts that were never on a disk, and their contents. */
export class MemoryContext implements ContentReader {
  readonly #contents = new Map<Digest, Uint8Array>();

  tree(items: Readonly<Record<string, MemoryItem>>): Snapshot {
    const changes: Change[] = [];
    const made = new Set<string>();
    for (const [text, item] of Object.entries(items)) {
      const path = text as Path;
      const missing: Path[] = [];
      for (let at = parentPath(path); at !== '' && !made.has(at); at = parentPath(at)) missing.unshift(at);
      for (const parent of missing) changes.push(folder(parent, 0o755));
      for (const done of [...missing, path]) made.add(done);
      changes.push(this.#change(path, item));
    }
    return apply(emptySnapshot, changes);
  }

  async *read(file: FileEntry): AsyncGenerator<Uint8Array> {
    const bytes = this.#contents.get(file.digest);
    if (bytes === undefined) throw new Error(`no content of ${file.name}`);
    for (let at = 0; at < bytes.length; at += 1 << 18) {
      await new Promise(setImmediate);
      yield bytes.subarray(at, at + (1 << 18));
    }
  }

  #change(path: Path, item: MemoryItem): Change {
    if (typeof item === 'string') return this.#change(path, { content: item });
    const name = baseName(path);
    if ('folder' in item) return folder(path, item.folder);
    if ('link' in item) {
      const target = item.link as ByteString;
      return { op: 'put', path, entry: { kind: 'symlink', name, mtime: defaultTime, target } };
    }
    const bytes = Buffer.from(item.content as string);
    const digest = digestOf(bytes);
    this.#contents.set(digest, bytes);
    const { mode = 0o644, mtime = defaultTime } = item;
    return {
      op: 'put',
      path,
      entry: { kind: 'file', name, mode, mtime, size: bytes.length, digest, chunks: undefined },
    };
  }
}

function folder(path: Path, mode: number): Change {
  return { op: 'put', path, entry: { kind: 'directory', name: baseName(path), mode, mtime: defaultTime } };
}
