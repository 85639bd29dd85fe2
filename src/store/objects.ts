import type { Clock } from '../base/time.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Place } from './digestTable.ts';
import { DigestTable, samePlace } from './digestTable.ts';
import type { StoreLimits } from './limits.ts';
import type { Pack } from './pack.ts';
import type { ObjectKind, PackEntry } from './packRecord.ts';
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
  #losses = 0;

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
    return this.#losses;
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

  /** Adds an object whose digest is known to be right, unless it is here. Not durable before a sync. */
  add(kind: ObjectKind, digest: Digest, bytes: Uint8Array): void {
    const table = this.tables[kind];
    if (!table.has(digest)) table.set(digest, this.writer.append(kind, digest, bytes), 0);
  }

  /** The bytes of an object, checked. STORE_CORRUPT when it is not here or damaged. */
  async read(kind: ObjectKind, digest: Digest): Promise<Uint8Array> {
    const table = this.tables[kind];
    for (;;) {
      const place = table.get(digest);
      if (place === undefined) throw unknownObject(digest);
      const bytes = await this.#readPlace(digest, place);
      if (bytes instanceof Uint8Array) return bytes;
      // A collection may have moved it meanwhile.
      if (!table.delete(digest, place)) continue;
      this.#losses++;
      this.#logger.error('An object of the store is damaged and is forgotten.', { kind, pack: place.pack });
      await this.#noteForgotten(kind, digest, place);
      throw damagedObject(digest, bytes);
    }
  }

  sync(): Promise<void> {
    return this.writer.sync();
  }

  /** The objects in one pack, in the order in which they lie. */
  async inPack(pack: Pack, pacer: Pacer): Promise<PackEntry[]> {
    const entries: PackEntry[] = [];
    for (const kind of ['chunk', 'directory'] as const) {
      for await (const shard of this.tables[kind].shards(pacer)) {
        shard.each((place, digest) => {
          if (place.pack !== pack.number) return;
          entries.push({ kind, digest: digest(), offset: place.offset, length: place.length });
        });
      }
    }
    return entries.sort((a, b) => a.offset - b.offset);
  }

  async close(): Promise<void> {
    await this.packs.close();
  }

  /** The bytes, if they are right; else why not, or undefined. STORE_IO when the disk could not be asked. */
  async #readPlace(digest: Digest, place: Place): Promise<Uint8Array | Error | undefined> {
    try {
      const buffered = this.writer.buffered(place);
      if (buffered !== undefined) return buffered;
      for (const bytes of [await this.#reader.read(place), await this.#reader.readThrough(place)]) {
        if (digestOf(bytes) === digest) return bytes;
      }
      return undefined;
    } catch (cause) {
      // EIO is what a bad sector answers; a pack that the collector has just closed answers EBADF.
      const code = systemErrorCode(cause);
      if (code === 'EIO' || !samePlace(this.tables.chunk.get(digest) ?? this.tables.directory.get(digest), place)) {
        return cause as Error;
      }
      throw ioError('Reading from the store failed', cause);
    }
  }

  #lose(lost: readonly (PackEntry & Place)[]): void {
    this.#losses++;
    for (const entry of lost) this.tables[entry.kind].delete(entry.digest, entry);
  }
}
