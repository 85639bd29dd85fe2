import type { Clock } from '../base/time.ts';
import type { PresyncError } from '../base/errors.ts';
import { systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Place } from './digestTable.ts';
import { DigestTable, samePlace, shardCount } from './digestTable.ts';
import type { StoreLimits } from './limits.ts';
import type { Pack } from './pack.ts';
import type { ObjectKind, PackEntry } from './packRecord.ts';
import { objectKinds } from './packRecord.ts';
import { PackReader } from './packReader.ts';
import { Packs } from './packs.ts';
import { PackWriter } from './packWriter.ts';
import { Pacer } from './pacer.ts';
import { damagedObject, ioError, unknownObject } from './storeErrors.ts';

export interface ObjectsOptions {
  readonly folder: string;
  readonly limits: StoreLimits;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Stamps from here on are marks of collections; those of moments, in seconds, are below. */
const firstMark = 2 ** 31;

export interface CollectionRound {
  readonly number: number;
  /** The stamp of chunks that it needs. */
  readonly mark: number;
  /** Chunks of this stamp of a moment, and of later ones, are not for it to take. */
  readonly oldest: number;
}

/** Whether a chunk of that stamp outlives a collection. */
export function outlives(stamp: number, { mark, oldest }: CollectionRound): boolean {
  return stamp === mark || (stamp < firstMark && stamp >= oldest);
}

/**
 * The objects of a store: chunks and directory records by digest, and where they are.
 *
 * An object that is found damaged, or that could not be made durable, is forgotten: it counts as missing and can be
 * added again.
 */
export class Objects {
  readonly tables: Readonly<Record<ObjectKind, DigestTable>>;
  readonly packs: Packs;
  readonly writer: PackWriter;
  readonly #reader: PackReader;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #limits: StoreLimits;
  readonly #opened: number;
  #damages = 0;
  /** Chunks that were put but could not be written, up to a limit. */
  readonly #unwritable = new Set<Digest>();
  #isSealed = false;

  private constructor(tables: Record<ObjectKind, DigestTable>, packs: Packs, options: ObjectsOptions) {
    this.tables = tables;
    this.packs = packs;
    this.#logger = options.logger;
    this.#clock = options.clock;
    this.#limits = options.limits;
    this.#opened = options.clock.now();
    this.#reader = new PackReader(packs, options.limits);
    this.writer = new PackWriter(packs, options.limits, (lost) => this.#lose(lost));
  }

  static async open(options: ObjectsOptions): Promise<Objects> {
    const { folder, logger } = options;
    const tables = { chunk: new DigestTable(), directory: new DigestTable() };
    const visit = ({ kind, digest, offset, length }: PackEntry, pack: number): void => {
      if (offset === 0) tables[kind].delete(digest);
      else tables[kind].set(digest, { pack, offset, length }, 0);
    };
    try {
      const packs = await Packs.open({ folder, logger, visit, pacer: new Pacer(options.signal) });
      return new Objects(tables, packs, options);
    } catch (error) {
      throw ioError('Reading the packs of the store failed', error);
    }
  }

  /** How often something was forgotten: while it stays the same, what was found present is still present. */
  get losses(): number {
    return this.#damages + this.writer.failures;
  }

  /**
   * The present moment as the stamp of a chunk, in seconds. An object that was not used since the store was opened
   * has the stamp 0, which is always older than the grace.
   */
  get stamp(): number {
    return 1 + this.#limits.graceSeconds + Math.floor((this.#clock.now() - this.#opened) / 1000);
  }

  /** The length of a chunk, if it is here; notes that it was asked for. */
  useChunk(digest: Digest): number | undefined {
    const chunks = this.tables.chunk;
    return chunks.stamp(digest, this.stamp) ? chunks.get(digest)?.length : undefined;
  }

  /** A collection that begins now. What was put or asked for within the grace outlives it. */
  round(number: number): CollectionRound {
    return { number, mark: firstMark + number, oldest: this.stamp - this.#limits.graceSeconds };
  }

  /** Notes that a collection needs a chunk. One that outlives it anyway keeps its stamp. */
  markChunk(digest: Digest, round: CollectionRound): void {
    const { chunk } = this.tables;
    const stamp = chunk.stampOf(digest);
    if (stamp !== undefined && !outlives(stamp, round)) chunk.stamp(digest, round.mark);
  }

  /** Why a chunk that was put is not here: the failure that cost it. */
  failureOf(digest: Digest): PresyncError | undefined {
    return this.#unwritable.has(digest) ? this.writer.lastFailure : undefined;
  }

  /** Adds an object whose digest is known to be right, unless it is here. Not durable before a sync. */
  add(kind: ObjectKind, digest: Digest, bytes: Uint8Array): void {
    const table = this.tables[kind];
    if (table.has(digest)) return;
    this.#unwritable.delete(digest);
    // Only chunks live by the grace: a directory record is needed by a head, or by nobody.
    table.set(digest, this.writer.append(kind, digest, bytes), kind === 'chunk' ? this.stamp : 0);
  }

  /** The bytes of an object, checked. STORE_CORRUPT when it is not here or damaged. */
  async read(kind: ObjectKind, digest: Digest): Promise<Uint8Array> {
    const table = this.tables[kind];
    for (;;) {
      const place = table.get(digest);
      if (place === undefined) throw unknownObject(digest);
      const bytes = await this.#readPlace(table, digest, place);
      if (bytes !== undefined) return bytes;
      // A collection may have moved it meanwhile.
      if (!table.delete(digest, place)) continue;
      this.#damages++;
      this.#logger.error('An object of the store is damaged and is forgotten.', { kind, pack: place.pack });
      const pack = this.packs.get(place.pack);
      if (pack !== undefined && !this.#isSealed) await this.writer.exclusive(() => pack.forget(kind, digest));
      throw damagedObject(digest);
    }
  }

  /** Lets the next reads see the disk as it is now. */
  forgetReadAhead(): void {
    this.#reader.forget();
  }

  sync(): Promise<void> {
    return this.writer.sync();
  }

  /** Writes what is there and then never again, so that another process may have the folder. Reading goes on. */
  async seal(): Promise<void> {
    this.#isSealed = true;
    // What cannot be written any more was never acknowledged.
    await this.sync().catch(() => {});
  }

  /** The objects in one pack, in the order in which they lie. */
  async inPack(pack: Pack, pacer: Pacer): Promise<PackEntry[]> {
    const entries: PackEntry[] = [];
    for (const kind of objectKinds) {
      for (let shard = 0; shard < shardCount; shard++) {
        this.tables[kind].each(shard, (place, digest) => {
          if (place.pack !== pack.number) return;
          entries.push({ kind, digest: digest(), offset: place.offset, length: place.length });
        });
        await pacer.pause();
      }
    }
    return entries.sort((a, b) => a.offset - b.offset);
  }

  async close(): Promise<void> {
    await this.packs.close();
  }

  /** The bytes at a place, or undefined when they are not those of the digest. */
  async #readPlace(table: DigestTable, digest: Digest, place: Place): Promise<Uint8Array | undefined> {
    try {
      const first = this.writer.buffered(place) ?? (await this.#reader.read(place));
      if (digestOf(first) === digest) return first;
      const second = await this.#reader.readThrough(place);
      return digestOf(second) === digest ? second : undefined;
    } catch (cause) {
      // EIO is what a bad sector answers. And a pack that a collection has just removed cannot be read any more.
      if (systemErrorCode(cause) === 'EIO' || !samePlace(table.get(digest), place)) return undefined;
      throw ioError('Reading from the store failed', cause);
    }
  }

  #lose(lost: readonly (PackEntry & Place)[]): void {
    for (const entry of lost) {
      const isGone = this.tables[entry.kind].delete(entry.digest, entry);
      if (isGone && this.#unwritable.size < this.#limits.rememberedLosses) this.#unwritable.add(entry.digest);
    }
  }
}
