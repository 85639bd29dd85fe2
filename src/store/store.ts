/**
 * The daemon's disk: the chunks of files, and the snapshot at which each context stands.
 *
 * What it promises:
 *
 * - A snapshot whose `commit` has resolved is never lost, whenever the process dies, and never changes.
 * - Bytes are checked against their digest at every read. Damage is reported (STORE_CORRUPT), never served, and what is
 *   damaged counts as missing, so that it is sent again.
 * - When the disk is full or fails, what was not yet acknowledged is dropped and the caller told (DISK_FULL, STORE_IO);
 *   the store stays whole and goes on when there is room.
 *
 * How a commit becomes durable: the chunks and the records of new directories are appended to a pack; the pack is
 * synced; the head of the context is replaced by a rename; its folder is synced. Nothing refers to what comes later.
 */
import { LRUCache } from 'lru-cache';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { systemClock } from '../base/time.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { CollectOrder, Collected } from './collector.ts';
import { Collector, diskBytes } from './collector.ts';
import type { ContextKey } from './contextKey.ts';
import { completeFolder, enterFolder } from './folder.ts';
import { Gate } from './gate.ts';
import type { HeadRecord } from './headFile.ts';
import { Heads } from './heads.ts';
import { Lane } from './lane.ts';
import type { StoreLimits } from './limits.ts';
import { storeLimits } from './limits.ts';
import type { Loaded } from './loader.ts';
import { loadSnapshot } from './loader.ts';
import type { StoreLock } from './lock.ts';
import { takeLock } from './lock.ts';
import { Objects } from './objects.ts';
import { Pacer } from './pacer.ts';
import { Recorder } from './recorder.ts';
import { closedStore, damagedObject, unreliableDisk } from './storeErrors.ts';
import type { ContextSummary, FoundHead, Head, StoreOptions, Usage } from './storeTypes.ts';
import type { Verified } from './verifier.ts';
import { checkContent, verifyStore } from './verifier.ts';

/** A commit that meets losses again and again is on a disk that does not work. */
const commitTries = 3;

export class Store {
  readonly #lock: StoreLock;
  readonly #limits: StoreLimits;
  readonly #objects: Objects;
  readonly #heads: Heads;
  readonly #recorder: Recorder;
  readonly #collector: Collector;
  readonly #gate = new Gate();
  readonly #upkeep = new Lane();
  readonly #putPacer = new Pacer();
  readonly #lanes = new Map<ContextKey, Lane>();
  readonly #loaded: LRUCache<ContextKey, Snapshot>;
  readonly #ending = new AbortController();
  #handingOver: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  private constructor(lock: StoreLock, objects: Objects, heads: Heads, limits: StoreLimits, logger: Logger) {
    this.#lock = lock;
    this.#limits = limits;
    this.#objects = objects;
    this.#heads = heads;
    this.#recorder = new Recorder(objects, limits);
    this.#collector = new Collector({ objects, heads, gate: this.#gate, limits, logger });
    this.#loaded = new LRUCache({
      maxSize: limits.loadedEntries,
      // One that is larger than all the room is kept by itself.
      sizeCalculation: (snapshot) => Math.min(1 + snapshot.entries, limits.loadedEntries),
    });
  }

  /**
   * Opens the store in a folder, making a new one if need be. STORE_BUSY while another process has it; STORE_IO for a
   * folder that is no store or whose format is newer than ours.
   */
  static async open(dir: string, options: StoreOptions): Promise<Store> {
    const { logger, signal, clock = systemClock } = options;
    const limits = { ...storeLimits, ...options.limits };
    const folder = await enterFolder(dir);
    const lock = await takeLock(folder.lock, signal);
    let objects: Objects | undefined;
    try {
      await completeFolder(folder);
      objects = await Objects.open({ folder: folder.packs, limits, logger, clock, signal });
      return new Store(lock, objects, await Heads.open(folder.heads, logger), limits, logger);
    } catch (error) {
      await objects?.close();
      await lock.release();
      throw error;
    }
  }

  /** Whether a chunk is here. One that was asked for stays for a while, though nothing refers to it yet. */
  has(digest: Digest): boolean {
    return this.#objects.useChunk(digest) !== undefined;
  }

  /**
   * Takes a chunk. PROTOCOL, and nothing is kept, when the bytes are too many or not those of the digest. It is held
   * when this resolves, and durable after a commit; while too much waits to be written this waits too, and rejects
   * when that cannot be written. The bytes are copied.
   */
  async put(digest: Digest, bytes: Uint8Array): Promise<void> {
    this.#checkWritable();
    if (bytes.length > this.#limits.chunkBytes) {
      throw new PresyncError('PROTOCOL', `A chunk has ${bytes.length} bytes; ${this.#limits.chunkBytes} are allowed.`);
    }
    if (digestOf(bytes) !== digest)
      throw new PresyncError('PROTOCOL', 'The bytes of a chunk are not those of its digest.');
    if (this.has(digest)) return;
    if (this.#putPacer.due) await this.#putPacer.pause();
    await this.#objects.writer.room();
    this.#checkWritable();
    this.#objects.add('chunk', digest, bytes);
  }

  /** The bytes of a chunk, checked. STORE_CORRUPT, whose `data.found` is 'missing' or 'damaged'. */
  async read(digest: Digest): Promise<Uint8Array> {
    this.#checkOpen();
    return this.#objects.read('chunk', digest);
  }

  /** The content of a file, chunk by chunk. Errors as of `read`. */
  async *readFile(file: FileEntry): AsyncGenerator<Uint8Array> {
    for (const { digest, size } of chunksOf(file)) {
      const bytes = await this.read(digest);
      if (bytes.length !== size) throw damagedObject(digest);
      yield bytes;
    }
  }

  /** What a context stands at; undefined for one that was never committed. STORE_CORRUPT until it is committed anew. */
  async head(context: ContextKey): Promise<FoundHead | undefined> {
    this.#checkOpen();
    return this.#inTurn(context, async () => {
      const head = this.#heads.get(context);
      if (head === undefined) return undefined;
      return { ...(await this.#load(context, head)), label: head.label };
    });
  }

  /**
   * Lets a context stand at a snapshot, durably when this resolves. PROTOCOL when content of it was not put.
   * After a rejection the context stands where it stood. Costs what is new in the snapshot, not what exists.
   */
  async commit(context: ContextKey, head: Head): Promise<void> {
    this.#checkWritable();
    if (Buffer.byteLength(head.label) > this.#limits.labelBytes) {
      throw new PresyncError('PROTOCOL', 'The label of a snapshot is too long.');
    }
    await this.#inTurn(context, () => this.#gate.enter(() => this.#commit(context, head)));
  }

  /** All contexts, except those whose head is damaged. */
  contexts(): ContextSummary[] {
    return this.#heads.all().map(([key, { label, snapshot, files, bytes, committedAt }]) => {
      return { key, label, snapshot, files, bytes, committedAt, usedAt: this.#heads.usedAt(key) };
    });
  }

  /** The context is in use now. Never rejects. */
  async touch(context: ContextKey): Promise<void> {
    await this.#inTurn(context, () => this.#heads.touch(context));
  }

  /** Forgets a context, durably. What only it needed goes with the next collection. */
  async remove(context: ContextKey): Promise<void> {
    this.#checkWritable();
    await this.#inTurn(context, async () => {
      await this.#heads.remove(context);
      this.#loaded.delete(context);
    });
  }

  /** How long content stays that nothing refers to, in milliseconds. */
  get graceMs(): number {
    return this.#limits.graceSeconds * 1000;
  }

  usage(): Usage {
    const { chunk, directory } = this.#objects.tables;
    const bytes = diskBytes(this.#objects);
    return { objects: chunk.size + directory.size, bytes, contexts: this.#heads.all().length };
  }

  /** Reads and checks everything that is durable. What is damaged is forgotten. */
  async verify(signal?: AbortSignal): Promise<Verified> {
    this.#checkWritable();
    return this.#upkeep.run(async () => {
      await this.#objects.sync();
      return verifyStore(this.#objects, this.#heads, this.#untilClosed(signal));
    });
  }

  /** Reads and checks the content of one snapshot. What is damaged counts as missing from then on. */
  check(snapshot: Snapshot, signal?: AbortSignal): Promise<void> {
    this.#checkOpen();
    return checkContent(this.#objects, snapshot, this.#untilClosed(signal));
  }

  /**
   * Gives back the space of what nobody needs: neither a head, nor one of the snapshots in use, nor a client that put
   * it, or asked for it, not long ago.
   */
  async collect(order: CollectOrder, signal?: AbortSignal): Promise<Collected> {
    this.#checkWritable();
    return this.#upkeep.run(() => this.#collector.collect(order, this.#untilClosed(signal)));
  }

  /**
   * Lets the next process have the folder: finishes what is under way and takes nothing any more (DAEMON_DRAINING). What
   * is here can be read until `close`.
   */
  handOver(): Promise<void> {
    this.#handingOver ??= this.#handOver();
    return this.#handingOver;
  }

  /** Finishes what is under way, keeps what was put, and lets the next process in. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #commit(context: ContextKey, { snapshot, label }: Head): Promise<void> {
    const root = await this.#store(snapshot);
    const { digest, files, bytes } = snapshot;
    await this.#heads.set(context, { root, snapshot: digest, label, files, bytes, committedAt: Date.now() });
    this.#loaded.set(context, snapshot);
  }

  /** Makes all of a snapshot durable; returns the record of its root. */
  async #store(snapshot: Snapshot): Promise<Digest> {
    for (let left = commitTries; ; left--) {
      const { losses } = this.#objects;
      const root = await this.#recorder.record(snapshot);
      await this.#objects.sync();
      // Something that this snapshot relies on may have been lost between the two.
      if (this.#objects.losses === losses) return root;
      if (left <= 1) throw this.#objects.writer.lastFailure ?? unreliableDisk();
    }
  }

  async #load(context: ContextKey, head: HeadRecord): Promise<Loaded> {
    const cached = this.#loaded.get(context);
    if (cached !== undefined) return { snapshot: cached, incomplete: 0 };
    const loaded = await loadSnapshot(this.#objects, head.root, head.snapshot, this.#recorder.known());
    if (loaded.incomplete === 0) this.#loaded.set(context, loaded.snapshot);
    return loaded;
  }

  async #inTurn<T>(context: ContextKey, task: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(context) ?? new Lane();
    this.#lanes.set(context, lane);
    try {
      return await lane.run(task);
    } finally {
      if (lane.waiting === 0) this.#lanes.delete(context);
    }
  }

  #untilClosed(signal: AbortSignal | undefined): AbortSignal {
    return signal === undefined ? this.#ending.signal : AbortSignal.any([signal, this.#ending.signal]);
  }

  #checkWritable(): void {
    this.#checkOpen();
    if (this.#handingOver === undefined) return;
    throw new PresyncError('DAEMON_DRAINING', 'The daemon is making way for a newer one.', { hint: 'Try again.' });
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw closedStore();
  }

  async #handOver(): Promise<void> {
    this.#ending.abort();
    for (const lane of [this.#upkeep, ...this.#lanes.values()]) await lane.idle();
    await this.#objects.seal();
    await this.#lock.release();
  }

  async #close(): Promise<void> {
    try {
      await this.handOver();
    } finally {
      await this.#objects.close();
    }
  }
}
