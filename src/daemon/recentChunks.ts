import type { Digest } from '../context/digest.ts';
import { daemonLimits } from './limits.ts';

/** Where a chunk is. */
interface Place {
  readonly slab: Slab;
  readonly start: number;
  readonly size: number;
}

/** Chunks that came one after the other, in one piece of memory. */
interface Slab {
  readonly bytes: Uint8Array;
  readonly digests: Digest[];
  used: number;
}

/**
 * Chunks that have just arrived, until somebody takes them: BuildKit follows on the heels of a push, and need not wait
 * for the disk. When there are too many the oldest go, and are read from the store.
 *
 * They lie in a ring of slabs that are used again and again: memory for each of them would keep the garbage collector
 * busier than all the rest of a push.
 */
export class RecentChunks {
  readonly #chunks = new Map<Digest, Place>();
  /** Oldest first. */
  #slabs: Slab[] = [];

  /** Keeps a copy, since what arrives is part of a larger message. The content must have been checked. */
  add(digest: Digest, content: Uint8Array): void {
    if (content.length > daemonLimits.recentSlab || this.#chunks.has(digest)) return;
    const slab = this.#slabFor(content.length);
    slab.bytes.set(content, slab.used);
    slab.digests.push(digest);
    this.#chunks.set(digest, { slab, start: slab.used, size: content.length });
    slab.used += content.length;
  }

  /** The content of that digest, once: a copy. */
  take(digest: Digest): Uint8Array | undefined {
    const place = this.#chunks.get(digest);
    if (place === undefined) return undefined;
    this.#chunks.delete(digest);
    return place.slab.bytes.slice(place.start, place.start + place.size);
  }

  clear(): void {
    this.#chunks.clear();
    this.#slabs = [];
  }

  #slabFor(size: number): Slab {
    const last = this.#slabs.at(-1);
    if (last !== undefined && last.used + size <= last.bytes.length) return last;
    const { recentBytes, recentSlab } = daemonLimits;
    const oldest = this.#slabs.length * recentSlab < recentBytes ? undefined : this.#slabs.shift();
    for (const digest of oldest?.digests ?? [])
      if (this.#chunks.get(digest)?.slab === oldest) this.#chunks.delete(digest);
    const slab = { bytes: oldest?.bytes ?? new Uint8Array(recentSlab), digests: [], used: 0 };
    this.#slabs.push(slab);
    return slab;
  }
}
