import type { FileEntry } from '../context/entry.ts';

/** Where the content of files comes from. */
export interface ContentReader {
  /**
   * The content of a file, in pieces of any size, together exactly `file.size` bytes. A piece is not written to again.
   * Ends with an error, never early, when it cannot be read; stops when the signal fires.
   */
  read(file: FileEntry, signal: AbortSignal): AsyncIterable<Uint8Array>;
}
