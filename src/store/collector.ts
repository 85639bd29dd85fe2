/**
 * Gives back the space of what nobody needs, in three steps:
 *
 * 1. Mark what the heads and the kept snapshots refer to, while commits go on.
 * 2. Alone, with no commit under way: mark what was committed meanwhile, then drop from memory every directory record
 *    without a mark and every chunk that was neither marked nor, within the grace, put or asked for. Dropping all
 *    unmarked records together keeps it true that a record which is here has everything below it.
 * 3. Delete the packs in which nothing is left; copy what is left in packs that are mostly dead, sync the copies, and
 *    delete those packs.
 *
 * A crash at any point leaves objects that nobody needs, or two copies of one, and never too few.
 */
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { storeStep } from './crashSteps.ts';
import type { Place } from './digestTable.ts';
import { shardCount } from './digestTable.ts';
import type { Gate } from './gate.ts';
import type { Heads } from './heads.ts';
import type { StoreLimits } from './limits.ts';
import { Marker } from './marker.ts';
import type { Objects } from './objects.ts';
import { outlives } from './objects.ts';
import type { Pack } from './pack.ts';
import type { PackEntry } from './packRecord.ts';
import { objectKinds, recordHeaderLength } from './packRecord.ts';
import { Pacer } from './pacer.ts';
import { ioError } from './storeErrors.ts';

export interface Collected {
  /** Objects dropped. */
  readonly objects: number;
  /** Bytes given back to the disk. */
  readonly bytes: number;
}

export interface CollectOrder {
  /** The snapshots in use besides the heads. */
  readonly keep: Iterable<Snapshot>;
  /** A pack of which a smaller share is in use is rewritten; undefined for the limit's. */
  readonly liveShare?: number | undefined;
}

export interface CollectorParts {
  readonly objects: Objects;
  readonly heads: Heads;
  /** Commits go through it. */
  readonly gate: Gate;
  readonly limits: StoreLimits;
  readonly logger: Logger;
}

export class Collector {
  readonly #parts: CollectorParts;
  #rounds = 0;

  constructor(parts: CollectorParts) {
    this.#parts = parts;
  }

  /** One collection; the next may begin when it has ended. */
  async collect(
    { keep, liveShare = this.#parts.limits.liveShare }: CollectOrder,
    signal?: AbortSignal,
  ): Promise<Collected> {
    const { objects, gate, logger } = this.#parts;
    const pacer = new Pacer(signal);
    const round = objects.round(++this.#rounds);
    const marker = new Marker(objects, round, pacer, logger);
    await this.#markHeads(marker);
    for (const snapshot of keep) await marker.markSnapshot(snapshot);
    const dropped = await gate.alone(async () => {
      await this.#markHeads(marker);
      const records = await this.#sweep('directory', (stamp) => stamp === round.number);
      return records + (await this.#sweep('chunk', (stamp) => outlives(stamp, round)));
    });
    const before = diskBytes(objects);
    await this.#rewritePacks(liveShare, pacer);
    return { objects: dropped, bytes: before - diskBytes(objects) };
  }

  async #markHeads(marker: Marker): Promise<void> {
    for (const root of this.#parts.heads.roots()) await marker.markRecord(root);
  }

  /** Not to be interrupted by the signal: what is dropped is dropped together. */
  async #sweep(kind: 'chunk' | 'directory', keep: (stamp: number) => boolean): Promise<number> {
    const pacer = new Pacer();
    let dropped = 0;
    for (let shard = 0; shard < shardCount; shard++) {
      dropped += this.#parts.objects.tables[kind].sweep(shard, keep);
      await pacer.pause();
    }
    return dropped;
  }

  async #rewritePacks(liveShare: number, pacer: Pacer): Promise<void> {
    const { objects } = this.#parts;
    const { writer, packs } = objects;
    await writer.sync();
    let live = await this.#liveBytes(pacer);
    const isWasteful = (pack: Pack): boolean => (live.get(pack.number) ?? 0) < pack.length * liveShare;
    if (packs.all().some((pack) => writer.isActive(pack) && isWasteful(pack))) {
      await writer.retire();
      live = await this.#liveBytes(pacer);
    }
    // Those that cost the least first: on a full disk they make the room for the others.
    const wasteful = packs.all().filter((pack) => !writer.isActive(pack) && isWasteful(pack));
    wasteful.sort((a, b) => (live.get(a.number) ?? 0) - (live.get(b.number) ?? 0));
    for (const pack of wasteful) {
      await this.#copyLive(pack, pacer);
      await this.#remove(pack);
    }
  }

  /** By pack number: the bytes of the records that are still in use. */
  async #liveBytes(pacer: Pacer): Promise<Map<number, number>> {
    const live = new Map<number, number>();
    for (const kind of objectKinds) {
      for (let shard = 0; shard < shardCount; shard++) {
        this.#parts.objects.tables[kind].each(shard, ({ pack, length }) => {
          live.set(pack, (live.get(pack) ?? 0) + recordHeaderLength + length);
        });
        await pacer.pause();
      }
    }
    return live;
  }

  async #copyLive(pack: Pack, pacer: Pacer): Promise<void> {
    const { objects } = this.#parts;
    const copies: { entry: PackEntry; place: Place }[] = [];
    const { failures } = objects.writer;
    for (const entry of await objects.inPack(pack, pacer)) {
      const bytes = await this.#readLive(entry);
      if (bytes === undefined) continue;
      await objects.writer.room();
      copies.push({ entry, place: objects.writer.append(entry.kind, entry.digest, bytes) });
      storeStep('collect-copy');
      await pacer.pause();
    }
    if (copies.length === 0) return;
    await objects.sync();
    // A failed write drops copies as well, though the sync after it succeeds.
    if (objects.writer.failures !== failures) throw objects.writer.lastFailure!;
    for (const { entry, place } of copies) {
      objects.tables[entry.kind].move(entry.digest, { ...entry, pack: pack.number }, place);
    }
  }

  /** The bytes of an object, or undefined when it turns out to be damaged, or was dropped meanwhile. */
  async #readLive({ kind, digest }: PackEntry): Promise<Uint8Array | undefined> {
    try {
      return await this.#parts.objects.read(kind, digest);
    } catch (error) {
      if (PresyncError.from(error).code === 'STORE_CORRUPT') return undefined;
      throw error;
    }
  }

  async #remove(pack: Pack): Promise<void> {
    this.#parts.objects.packs.forget(pack);
    try {
      await this.#parts.objects.writer.exclusive(() => pack.remove());
    } catch (error) {
      throw ioError('Removing a pack failed', error);
    }
  }
}

/** Bytes of all packs. */
export function diskBytes(objects: Objects): number {
  return objects.packs.all().reduce((sum, pack) => sum + pack.length, 0);
}
