/**
 * Appends objects to packs: gathered in memory, written in large pieces, made durable together.
 *
 * Appending is synchronous, so an object has its place at once and can be read from memory until it is in the file.
 * Everything that touches a file goes through one lane. When a write or an fsync fails, all that was not yet durable
 * is given up: nothing of it was acknowledged, and what the kernel still holds of it proves nothing.
 */
import type { Digest } from '../context/digest.ts';
import { Lane } from './lane.ts';
import type { StoreLimits } from './limits.ts';
import type { Pack } from './pack.ts';
import type { Packs } from './packs.ts';
import type { ObjectKind, PackEntry } from './packRecord.ts';
import { recordHeaderLength, writeRecord } from './packRecord.ts';
import type { Place } from './digestTable.ts';
import { ioError } from './storeErrors.ts';
import type { PresyncError } from '../base/errors.ts';

/** Records that go to the file in one write. */
interface Batch {
  readonly pack: Pack;
  /** Where in the pack it will be. */
  readonly start: number;
  readonly bytes: Buffer;
  readonly entries: PackEntry[];
  used: number;
  /** Being written: nothing may be added. */
  closed: boolean;
}

/** Told of what is given up, with the number of the pack in which it was. */
export type LossListener = (lost: readonly (PackEntry & Place)[]) => void;

export class PackWriter {
  readonly #packs: Packs;
  readonly #limits: StoreLimits;
  readonly #onLoss: LossListener;
  readonly #lane = new Lane();
  #batches: Batch[] = [];
  /** Of a batch that was written, for the next. */
  #spare: Buffer | undefined;
  #unwritten = 0;
  #unsynced = 0;
  #active: Pack | undefined;
  /** Written since their last sync, oldest first. */
  readonly #dirty = new Set<Pack>();
  #waitingWrite: Promise<void> | undefined;
  #waitingSync: Promise<void> | undefined;
  #lastFailure: PresyncError | undefined;
  /** A failure of which no caller has heard yet. */
  #untold: PresyncError | undefined;
  #failures = 0;

  constructor(packs: Packs, limits: StoreLimits, onLoss: LossListener) {
    this.#packs = packs;
    this.#limits = limits;
    this.#onLoss = onLoss;
    this.#active = packs.appendable;
  }

  /** Why something was given up last; whoever asks tells it on. */
  get lastFailure(): PresyncError | undefined {
    this.#untold = undefined;
    return this.#lastFailure;
  }

  /** How often something was given up. */
  get failures(): number {
    return this.#failures;
  }

  append(kind: ObjectKind, digest: Digest, bytes: Uint8Array): Place {
    const size = recordHeaderLength + bytes.length;
    const pack = this.#packFor(size);
    const batch = this.#batchFor(pack, size);
    const entry = { kind, digest, offset: pack.length + recordHeaderLength, length: bytes.length };
    writeRecord(batch.bytes, batch.used, kind, digest, bytes);
    batch.entries.push(entry);
    batch.used += size;
    pack.length += size;
    this.#unwritten += size;
    if (this.#unwritten >= this.#limits.batchBytes) this.#inBackground(this.#write());
    return { pack: pack.number, offset: entry.offset, length: entry.length };
  }

  /** Resolves when there is room for more; rejects when what was appended before could not be written. */
  async room(): Promise<void> {
    try {
      while (this.#unwritten > this.#limits.unwrittenBytes) await this.#write();
      if (this.#untold !== undefined) throw this.#untold;
    } catch (error) {
      this.#untold = undefined;
      throw error;
    }
  }

  /** A copy of an object that is not in the file yet. */
  buffered(place: Place): Uint8Array | undefined {
    for (const { pack, start, used, bytes } of this.#batches) {
      const isHere = place.offset >= start && place.offset + place.length <= start + used;
      if (pack.number !== place.pack || !isHere) continue;
      const at = place.offset - start;
      return new Uint8Array(bytes.subarray(at, at + place.length));
    }
    return undefined;
  }

  /** Makes all that was appended before the call durable. Calls that come together share one fsync. */
  sync(): Promise<void> {
    this.#waitingSync ??= this.#attempt(async () => {
      this.#waitingSync = undefined;
      await this.#writeBatches();
      for (const pack of this.#dirty) {
        await pack.sync();
        this.#dirty.delete(pack);
      }
      this.#unsynced = 0;
    });
    return this.#waitingSync;
  }

  /** Runs a task that touches packs when no write does. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    return this.#lane.run(task);
  }

  /** Lets the next object begin a new pack; resolves when the present one is durable. */
  async retire(): Promise<void> {
    this.#active = undefined;
    await this.sync();
  }

  isActive(pack: Pack): boolean {
    return this.#active === pack;
  }

  #packFor(size: number): Pack {
    const active = this.#active;
    const fits = active !== undefined && (active.length === 0 || active.length + size <= this.#limits.packBytes);
    return fits ? active : (this.#active = this.#packs.add());
  }

  #batchFor(pack: Pack, size: number): Batch {
    const last = this.#batches.at(-1);
    if (last?.pack === pack && !last.closed && last.used + size <= last.bytes.length) return last;
    const isUsual = size <= this.#limits.batchBytes;
    const bytes =
      (isUsual ? this.#spare : undefined) ?? Buffer.allocUnsafeSlow(Math.max(size, this.#limits.batchBytes));
    if (isUsual) this.#spare = undefined;
    const batch: Batch = { pack, start: pack.length, bytes, entries: [], used: 0, closed: false };
    this.#batches.push(batch);
    return batch;
  }

  #write(): Promise<void> {
    this.#waitingWrite ??= this.#attempt(async () => {
      this.#waitingWrite = undefined;
      await this.#writeBatches();
      if (this.#unsynced > this.#limits.unsyncedBytes) this.#inBackground(this.sync());
    });
    return this.#waitingWrite;
  }

  /** Keeps a failure for the next caller. */
  #inBackground(work: Promise<void>): void {
    work.catch((error: PresyncError) => (this.#untold = error));
  }

  /** Writes the batches that there are now; those that come meanwhile are left for the next time. */
  async #writeBatches(): Promise<void> {
    for (let left = this.#batches.length; left > 0; left--) {
      const batch = this.#batches[0]!;
      batch.closed = true;
      this.#dirty.add(batch.pack);
      await batch.pack.write(batch.bytes.subarray(0, batch.used), batch.entries);
      this.#batches.shift();
      if (batch.bytes.length === this.#limits.batchBytes) this.#spare = batch.bytes;
      this.#unwritten -= batch.used;
      this.#unsynced += batch.used;
    }
  }

  #attempt(task: () => Promise<void>): Promise<void> {
    return this.#lane.run(async () => {
      try {
        await task();
      } catch (error) {
        throw await this.#giveUp(error);
      }
    });
  }

  /** Forgets all that is not durable, in memory at once and then on disk, and lets the next object begin a new pack. */
  async #giveUp(cause: unknown): Promise<PresyncError> {
    const failure = ioError('Writing to the store failed', cause);
    const packs = new Set([...this.#dirty, ...this.#batches.map((batch) => batch.pack)]);
    const lost = [...packs].flatMap((pack) => pack.unsynced.map((entry) => ({ ...entry, pack: pack.number })));
    for (const { pack, entries } of this.#batches) {
      for (const entry of entries) lost.push({ ...entry, pack: pack.number });
    }
    this.#lastFailure = failure;
    this.#failures++;
    this.#batches = [];
    this.#unwritten = this.#unsynced = 0;
    this.#dirty.clear();
    this.#active = undefined;
    this.#onLoss(lost);
    for (const pack of packs) {
      if (pack.synced === 0) this.#packs.forget(pack);
      await pack.cutUnsynced();
    }
    return failure;
  }
}
