import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { walk } from '../context/snapshot.ts';
import { limits } from '../protocol/limits.ts';
import type { FreshContents } from './ahead.ts';
import { piecesOf } from './outgoingList.ts';

/** Reads a piece of a workspace file. Throws CONTEXT_BUSY when the bytes no longer have the digest. */
export interface ContentSource {
  /** What a reading has just read. */
  readonly fresh?: FreshContents | undefined;
  readChunk(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array>;
}

type Origin = { readonly path: Path; readonly offset: number; readonly size: number } | { readonly bytes: Uint8Array };

/**
 * Everything that one push may be asked for: the content of its target. The daemon names digests, never paths, and a
 * digest that is not in here is not answered: a false daemon learns nothing but what the push announced.
 */
export class Manifest {
  readonly #origins = new Map<Digest, Origin>();
  readonly #source: ContentSource;
  readonly #target: Snapshot;
  #whole = false;

  constructor(source: ContentSource, target: Snapshot) {
    this.#source = source;
    this.#target = target;
  }

  /** A file of the target that is news to the daemon. */
  add(path: Path, file: FileEntry): void {
    let offset = 0;
    for (const { digest, size } of chunksOf(file)) {
      this.#origins.set(digest, { path, offset, size });
      offset += size;
    }
  }

  /** A text that travels in pieces; returns their digests. LIMIT when there would be too many. */
  addPieces(text: Uint8Array): Digest[] {
    const digests: Digest[] = [];
    for (const bytes of piecesOf(text, limits.listPieceBytes)) {
      const digest = digestOf(bytes);
      this.#origins.set(digest, { bytes });
      digests.push(digest);
    }
    if (digests.length <= limits.listPieces) return digests;
    throw new PresyncError('LIMIT', 'A file of the context is too large to be sent.', {
      hint: 'Exclude it with .dockerignore; let the Dockerfile fetch it where it is built.',
    });
  }

  /** The content of a digest that the push announced; PROTOCOL for any other. */
  async read(digest: Digest): Promise<Uint8Array> {
    const origin = this.#find(digest);
    if (origin === undefined) throw new PresyncError('PROTOCOL', 'The daemon asked for what was not announced.');
    if ('bytes' in origin) return origin.bytes;
    return this.#source.readChunk(origin.path, origin.offset, origin.size, digest);
  }

  /** The file that an announced digest is a piece of; undefined for a piece of a list. */
  pathOf(digest: Digest): Path | undefined {
    const origin = this.#origins.get(digest);
    return origin !== undefined && 'path' in origin ? origin.path : undefined;
  }

  /** What is no news is asked for where the daemon has lost it, or never had all of the base. */
  #find(digest: Digest): Origin | undefined {
    const origin = this.#origins.get(digest);
    if (origin !== undefined || this.#whole) return origin;
    this.#whole = true;
    for (const [path, entry] of walk(this.#target)) if (entry.kind === 'file') this.add(path, entry);
    return this.#origins.get(digest);
  }
}
