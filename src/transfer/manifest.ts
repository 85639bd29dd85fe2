import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Path } from '../context/path.ts';

/** Reads a piece of a workspace file. Throws CONTEXT_BUSY when the bytes no longer have the digest. */
export interface ContentSource {
  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array>;
}

type Origin = { readonly path: Path; readonly offset: number; readonly size: number } | { readonly bytes: Uint8Array };

/**
 * Everything that one push may be asked for. The daemon names digests, never paths, and a digest that is not in here
 * is not answered: a false daemon learns nothing but what the push announced.
 */
export class Manifest {
  readonly #origins = new Map<Digest, Origin>();
  readonly #source: ContentSource;

  constructor(source: ContentSource) {
    this.#source = source;
  }

  /** Announces a file; returns the digest of its chunk list when it has one. */
  add(path: Path, file: FileEntry): Digest | undefined {
    let offset = 0;
    for (const { digest, size } of chunksOf(file)) {
      this.#origins.set(digest, { path, offset, size });
      offset += size;
    }
    if (file.chunks === undefined) return undefined;
    const listDigest = digestOf(file.chunks.packed);
    this.#origins.set(listDigest, { bytes: file.chunks.packed });
    return listDigest;
  }

  /** The content of an announced digest; PROTOCOL for any other. */
  async read(digest: Digest): Promise<Uint8Array> {
    const origin = this.#origins.get(digest);
    if (origin === undefined) throw new PresyncError('PROTOCOL', 'The daemon asked for what was not announced.');
    if ('bytes' in origin) return origin.bytes;
    return this.#source.readChunk(origin.path, origin.offset, origin.size, digest);
  }

  /** The file that an announced digest is a piece of; undefined for a list of pieces. */
  pathOf(digest: Digest): Path | undefined {
    const origin = this.#origins.get(digest);
    return origin !== undefined && 'path' in origin ? origin.path : undefined;
  }
}
