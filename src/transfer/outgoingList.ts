import type { Chunk, ChunkList } from '../context/chunkList.ts';
import { ChunkList as Chunks } from '../context/chunkList.ts';
import { addedChunks, editChunkList } from '../context/chunkListEdit.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Path } from '../context/path.ts';

/** How the chunk list of a file is told. */
export interface OutgoingList {
  /** Of the packed list. */
  readonly digest: Digest;
  /** The file of the base whose list the text is an edit of; undefined: the text is the list itself. */
  readonly base: Path | undefined;
  readonly text: Uint8Array;
  /** Chunks that are new with it. */
  readonly fresh: Iterable<Chunk>;
}

/** The base of an edit. */
export interface ListBase {
  readonly path: Path;
  readonly file: FileEntry;
}

/** As an edit of the base's list, where there is one and that is shorter. */
export function tellList(chunks: ChunkList, base: ListBase | undefined): OutgoingList {
  const digest = digestOf(chunks.packed);
  if (base !== undefined) {
    const text = editChunkList(base.file.chunks ?? Chunks.from(chunksOf(base.file)), chunks);
    if (text.length < chunks.packed.length) return { digest, base: base.path, text, fresh: addedChunks(text) };
  }
  return { digest, base: undefined, text: chunks.packed, fresh: chunks };
}

/** A text cut into pieces that are chunks of their own. */
export function* piecesOf(text: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
}
