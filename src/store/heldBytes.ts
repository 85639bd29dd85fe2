import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Objects } from './objects.ts';
import type { Pacer } from './pacer.ts';

/**
 * The bytes of a file that the store holds: all of it, or undefined when a chunk is missing or has another size than
 * the file says.
 */
export async function heldBytes(objects: Objects, file: FileEntry, pacer: Pacer): Promise<number | undefined> {
  let bytes = 0;
  for (const chunk of chunksOf(file)) {
    if (objects.useChunk(chunk.digest) !== chunk.size) return undefined;
    bytes += chunk.size;
    if (pacer.due) await pacer.pause();
  }
  return bytes;
}
