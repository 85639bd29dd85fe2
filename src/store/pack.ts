import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { storeStep } from './crashSteps.ts';
import { createFile, openOrCreateFile, readAt, removeFile, syncFolder, writeAt } from './files.ts';
import { encodeBatches, forgotten } from './packIndex.ts';
import type { ObjectKind, PackEntry } from './packRecord.ts';

/** What is on disk of a pack that is opened. */
export interface StoredPack {
  readonly handle: FileHandle;
  /** Bytes of the file. */
  readonly size: number;
  /** Up to where the index accounts for them. */
  readonly accounted: number;
  /** Bytes of the index that are good. */
  readonly indexLength: number;
}

export function packPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(8, '0')}.pack`);
}

export function indexPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(8, '0')}.index`);
}

/**
 * One pack file and its index.
 *
 * The three lengths only ever stand in this order: `synced` (durable) ≤ `written` (in the file) ≤ `length` (given
 * out). Everything but `read` is called by one caller at a time.
 */
export class Pack {
  readonly number: number;
  readonly #folder: string;
  readonly #logger: Logger;
  /** Bytes given out, including those that are still in memory. */
  length = 0;
  /** Written since the last sync. */
  unsynced: PackEntry[] = [];
  #written = 0;
  #synced = 0;
  #handle: FileHandle | undefined;
  #isNamed = false;
  /** Synced, but not yet in the index. */
  #unindexed: PackEntry[] = [];
  /** Up to where the index accounts for the pack. */
  #accounted = 0;
  #indexLength = 0;

  constructor(folder: string, number: number, logger: Logger, stored?: StoredPack) {
    this.number = number;
    this.#folder = folder;
    this.#logger = logger;
    if (stored === undefined) return;
    this.#handle = stored.handle;
    this.#isNamed = true;
    this.length = this.#written = this.#synced = stored.size;
    this.#accounted = stored.accounted;
    this.#indexLength = stored.indexLength;
  }

  get written(): number {
    return this.#written;
  }

  get synced(): number {
    return this.#synced;
  }

  /** Whether the index accounts for all of it: then, and only then, more may be appended. */
  get isSound(): boolean {
    return this.#accounted === this.#written;
  }

  /** Appends bytes that hold `entries` whole. The first write makes the file. */
  async write(bytes: Uint8Array, entries: readonly PackEntry[]): Promise<void> {
    this.#handle ??= await createFile(packPath(this.#folder, this.number));
    await writeAt(this.#handle, bytes, this.#written);
    this.#written += bytes.length;
    for (const entry of entries) this.unsynced.push(entry);
    storeStep('pack-write');
  }

  /**
   * Makes what was written durable, then names it in the index.
   *
   * After a rejection the pack must be given up by `cutUnsynced`: the kernel may have dropped the very pages that
   * failed, so a second fsync that succeeds would prove nothing.
   */
  async sync(): Promise<void> {
    if (this.#handle === undefined) return;
    await this.#handle.sync();
    storeStep('pack-fsync');
    if (!this.#isNamed) await syncFolder(this.#folder);
    this.#isNamed = true;
    this.#synced = this.#written;
    this.#unindexed = this.#unindexed.concat(this.unsynced);
    this.unsynced = [];
    await this.#appendIndex();
  }

  /** Takes over records that the index does not name, up to `end`: they are synced first, as any others. */
  async adopt(entries: readonly PackEntry[], end: number): Promise<void> {
    await this.#handle!.sync();
    await syncFolder(this.#folder);
    await this.#writeIndex(entries, end);
  }

  /** Removes what was not synced from the file, as well as the disk lets us; nothing may be appended afterwards. */
  async cutUnsynced(): Promise<void> {
    this.length = this.#written = this.#synced;
    this.unsynced = [];
    try {
      if (this.#synced === 0) await this.remove();
      else await this.#handle?.truncate(this.#synced);
    } catch (cause) {
      this.#logger.warn('A pack could not be cut after a failed write.', { pack: this.number, cause });
    }
  }

  /** Up to `length` bytes from `offset`: fewer only when the file ends. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    if (this.#handle === undefined) throw Object.assign(new Error('the pack is closed'), { code: 'EBADF' });
    return readAt(this.#handle, offset, length);
  }

  /** Notes that an object's bytes are damaged, so that it counts as missing after a restart too. */
  async forget(kind: ObjectKind, digest: Digest): Promise<void> {
    await this.#writeIndex([forgotten(kind, digest)], this.#accounted);
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  /** Closes and deletes the pack. The pack goes first: an index by itself is harmless. */
  async remove(): Promise<void> {
    await this.close();
    await removeFile(packPath(this.#folder, this.number));
    storeStep('collect-drop');
    await removeFile(indexPath(this.#folder, this.number));
  }

  /** Index bytes for what was synced. A failure is no loss: the next sync tries again, a restart reads the pack. */
  async #appendIndex(): Promise<void> {
    if (await this.#writeIndex(this.#unindexed, this.#synced)) this.#unindexed = [];
    storeStep('index-append');
  }

  async #writeIndex(entries: readonly PackEntry[], to: number): Promise<boolean> {
    const bytes = encodeBatches({ from: this.#accounted, to, entries });
    try {
      const index = await openOrCreateFile(indexPath(this.#folder, this.number));
      try {
        await writeAt(index, bytes, this.#indexLength);
      } finally {
        await index.close();
      }
    } catch (cause) {
      this.#logger.warn('The index of a pack could not be written.', { pack: this.number, cause });
      return false;
    }
    this.#indexLength += bytes.length;
    this.#accounted = to;
    return true;
  }
}
