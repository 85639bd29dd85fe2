import type { DirectoryEntry, Entry, FileEntry } from '../../src/context/entry.ts';
import { fromText } from '../../src/base/bytes.ts';
import { ChunkList } from '../../src/context/chunkList.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { makeDirectory, makeSnapshot } from '../../src/context/snapshot.ts';
import { sorted } from './trees.ts';

/** Content by digest: the files of made-up snapshots, for tests that move bytes. */
export class Contents {
  readonly bytes = new Map<Digest, Uint8Array>();

  /** A file of one chunk. */
  file(name: string, content: string, mtime = 1n): FileEntry {
    const bytes = new TextEncoder().encode(content);
    const digest = this.#keep(bytes);
    return { kind: 'file', name: fromText(name), mode: 0o644, mtime, size: bytes.length, digest, chunks: undefined };
  }

  /** A file of several chunks. */
  chunked(name: string, pieces: readonly string[]): FileEntry {
    const parts = pieces.map((piece) => new TextEncoder().encode(piece));
    const chunks = ChunkList.from(parts.map((part) => ({ digest: this.#keep(part), size: part.length })));
    const whole = Buffer.concat(parts);
    const digest = digestOf(whole);
    return { kind: 'file', name: fromText(name), mode: 0o644, mtime: 1n, size: whole.length, digest, chunks };
  }

  folder(name: string, ...entries: Entry[]): DirectoryEntry {
    return makeDirectory({ kind: 'directory', name: fromText(name), mode: 0o755, mtime: 1n }, sorted(entries));
  }

  /** Of what is directly in the root. */
  snapshot(...entries: Entry[]): Snapshot {
    return makeSnapshot(sorted(entries));
  }

  #keep(bytes: Uint8Array): Digest {
    const digest = digestOf(bytes);
    this.bytes.set(digest, bytes);
    return digest;
  }
}
