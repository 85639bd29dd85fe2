/** Chunk lists as they come in: whole, as an edit, or in pieces that have to be asked for first. */
import { toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Chunk } from '../context/chunkList.ts';
import { ChunkList, chunkRecordLength } from '../context/chunkList.ts';
import { addedChunks, applyChunkListEdit } from '../context/chunkListEdit.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { findEntry } from '../context/snapshot.ts';
import { limits } from '../protocol/limits.ts';
import type { FileHead, WireChunkList } from '../protocol/message.ts';

/** A large file whose chunk list is known. */
export interface ResolvedFile {
  readonly path: Path;
  readonly entry: FileEntry;
  /** Those that the receiver may lack. */
  readonly fresh: Iterable<Chunk>;
}

interface Waiting {
  readonly path: Path;
  readonly file: FileHead;
  readonly list: WireChunkList;
  readonly pieces: readonly Digest[];
  readonly missing: Set<Digest>;
}

/** Chunks that a list of the most pieces has room for. */
const mostChunks = Math.floor((limits.listPieces * limits.listPieceBytes) / chunkRecordLength);

export class IncomingLists {
  readonly #source: Snapshot;
  readonly #read: (piece: Digest) => Promise<Uint8Array>;
  readonly #waiting = new Map<Digest, Waiting[]>();
  #open = 0;

  /**
   * @param source where the lists are found that edits are edits of
   * @param read a piece that has arrived
   */
  constructor(source: Snapshot, read: (piece: Digest) => Promise<Uint8Array>) {
    this.#source = source;
    this.#read = read;
  }

  /** Files that wait for pieces. */
  get waiting(): number {
    return this.#open;
  }

  /** The file, if its list is known at once. Otherwise it waits for `pieces`. PROTOCOL. */
  add(path: Path, file: FileHead, list: WireChunkList): ResolvedFile | undefined {
    const known = findEntry(this.#source, path);
    // A peer that could not know what we have describes a list that we know.
    if (known?.kind === 'file' && known.digest === file.digest && known.size === file.size && known.chunks) {
      return complete(path, file, known.chunks, known.chunks);
    }
    if (list.text instanceof Uint8Array) return this.#resolve(path, file, list, list.text);
    const waiting = { path, file, list, pieces: list.text, missing: new Set(list.text) };
    for (const piece of waiting.missing) this.#waiting.set(piece, [...(this.#waiting.get(piece) ?? []), waiting]);
    this.#open++;
    return undefined;
  }

  /** Whether files wait for this piece. */
  awaits(piece: Digest): boolean {
    return this.#waiting.has(piece);
  }

  /** A chunk is here, which may be a piece of lists: the files that are known by it. */
  async arrived(chunk: Digest): Promise<ResolvedFile[]> {
    const waiting = this.#waiting.get(chunk);
    if (waiting === undefined) return [];
    this.#waiting.delete(chunk);
    const resolved: ResolvedFile[] = [];
    for (const one of waiting) {
      one.missing.delete(chunk);
      if (one.missing.size > 0) continue;
      this.#open--;
      const pieces: Uint8Array[] = [];
      for (const piece of one.pieces) pieces.push(await this.#read(piece));
      resolved.push(this.#resolve(one.path, one.file, one.list, joined(pieces)));
    }
    return resolved;
  }

  #resolve(path: Path, file: FileHead, list: WireChunkList, text: Uint8Array): ResolvedFile {
    try {
      if (list.base === undefined) {
        const chunks = new ChunkList(text);
        return complete(path, file, checked(chunks, file, list), chunks);
      }
      const base = findEntry(this.#source, list.base);
      if (base?.kind !== 'file') throw new RangeError('an edit of what is no file');
      const chunks = applyChunkListEdit(base.chunks ?? ChunkList.from(chunksOf(base)), text, mostChunks);
      return complete(path, file, checked(chunks, file, list), addedChunks(text));
    } catch (cause) {
      throw new PresyncError('PROTOCOL', `The chunk list of ${toDisplay(path)} is not valid.`, { cause });
    }
  }
}

function complete(path: Path, file: FileHead, chunks: ChunkList, fresh: Iterable<Chunk>): ResolvedFile {
  return { path, entry: { ...file, chunks }, fresh };
}

function checked(chunks: ChunkList, file: FileHead, list: WireChunkList): ChunkList {
  if (digestOf(chunks.packed) !== list.digest) throw new RangeError('another list than was announced');
  let size = 0;
  for (const chunk of chunks) {
    if (chunk.size === 0 || chunk.size > limits.chunkBytes) throw new RangeError(`a chunk of ${chunk.size} bytes`);
    size += chunk.size;
  }
  if (size !== file.size) throw new RangeError('chunks of another size than their file');
  return chunks;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
