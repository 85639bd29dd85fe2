import { errorMessage, isAbortError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { walk } from '../context/snapshot.ts';
import { decodeRecord } from './directoryRecord.ts';
import type { CollectionRound, Objects } from './objects.ts';
import type { Pacer } from './pacer.ts';

/**
 * Marks what is needed with the number of the collection: directory records, and chunks that nobody used lately. That
 * something is needed does not make it look used: once nobody needs it any more, the next collection takes it.
 */
export class Marker {
  readonly #objects: Objects;
  readonly #round: CollectionRound;
  readonly #pacer: Pacer;
  readonly #logger: Logger;

  constructor(objects: Objects, round: CollectionRound, pacer: Pacer, logger: Logger) {
    this.#objects = objects;
    this.#round = round;
    this.#pacer = pacer;
    this.#logger = logger;
  }

  /** Marks a record and all below it. What is marked already is not visited again, so shared directories cost once. */
  async markRecord(root: Digest): Promise<void> {
    const { directory } = this.#objects.tables;
    const stack = [root];
    for (let record = stack.pop(); record !== undefined; record = stack.pop()) {
      if (directory.stampOf(record) === this.#round.number || !directory.stamp(record, this.#round.number)) continue;
      for (const below of await this.#visit(record)) stack.push(below);
      await this.#pacer.pause();
    }
  }

  async markSnapshot(snapshot: Snapshot): Promise<void> {
    for (const [, entry] of walk(snapshot)) if (entry.kind === 'file') await this.#markFile(entry);
  }

  /** Marks the files of a directory and returns the records below it. */
  async #visit(record: Digest): Promise<readonly Digest[]> {
    const below: Digest[] = [];
    try {
      const decoded = decodeRecord(await this.#objects.read('directory', record));
      if ('pages' in decoded) return decoded.pages;
      for (const child of decoded.children) {
        if ('record' in child) below.push(child.record);
        else if (child.kind === 'file') await this.#markFile(child);
      }
    } catch (error) {
      // A snapshot with a damaged record cannot be loaded any more, so what only that record names is of no use.
      if (isAbortError(error)) throw error;
      this.#logger.warn('A stored snapshot is damaged; its context must be synced anew.', {
        reason: errorMessage(error),
      });
    }
    return below;
  }

  async #markFile(file: FileEntry): Promise<void> {
    for (const chunk of chunksOf(file)) {
      this.#objects.markChunk(chunk.digest, this.#round);
      if (this.#pacer.due) await this.#pacer.pause();
    }
  }
}
