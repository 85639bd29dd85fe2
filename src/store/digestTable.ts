/**
 * A hash table from digests to places, in typed arrays: some 80 bytes an object where a Map of strings takes twice
 * that and gives the garbage collector a million things to look at.
 *
 * Open addressing with linear probing. It is cut into shards by one byte of the digest, so that growing, and
 * sweeping, never touches more than a 256th of it at once.
 */
import type { Digest } from '../context/digest.ts';

/** Where the bytes of an object are. */
export interface Place {
  /** The number of the pack, from 1. */
  readonly pack: number;
  /** Of the object's bytes, from the start of the pack. */
  readonly offset: number;
  readonly length: number;
}

export const shardCount = 256;

export class DigestTable {
  readonly #shards = Array.from({ length: shardCount }, () => new Shard());
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(digest: Digest): boolean {
    return this.#shard(digest).find(digest) >= 0;
  }

  get(digest: Digest): Place | undefined {
    const shard = this.#shard(digest);
    const slot = shard.find(digest);
    return slot < 0 ? undefined : shard.place(slot);
  }

  /** Whether the digest is known; if so, gives it the stamp. */
  stamp(digest: Digest, stamp: number): boolean {
    const shard = this.#shard(digest);
    const slot = shard.find(digest);
    if (slot < 0) return false;
    shard.setStamp(slot, stamp);
    return true;
  }

  stampOf(digest: Digest): number | undefined {
    const shard = this.#shard(digest);
    const slot = shard.find(digest);
    return slot < 0 ? undefined : shard.stamp(slot);
  }

  set(digest: Digest, place: Place, stamp: number): void {
    if (this.#shard(digest).set(digest, place, stamp)) this.#size++;
  }

  /** Puts `to` where `from` was, keeping the stamp; does nothing when the digest is no longer at `from`. */
  move(digest: Digest, from: Place, to: Place): void {
    const shard = this.#shard(digest);
    const slot = shard.find(digest);
    if (slot >= 0 && samePlace(shard.place(slot), from)) shard.set(digest, to, shard.stamp(slot));
  }

  /** Removes the digest, if it is still at `place` where one is given. */
  delete(digest: Digest, place?: Place): boolean {
    const shard = this.#shard(digest);
    const slot = shard.find(digest);
    if (slot < 0 || (place !== undefined && !samePlace(shard.place(slot), place))) return false;
    shard.delete(slot);
    this.#size--;
    return true;
  }

  /** Calls `visit` for each object of one shard (0 to 255), which must not change the table. */
  each(shard: number, visit: (place: Place, digest: () => Digest) => void): void {
    this.#shards[shard]!.each(visit);
  }

  /** Removes from one shard (0 to 255) every object whose stamp `keep` refuses; returns how many. */
  sweep(shard: number, keep: (stamp: number) => boolean): number {
    const removed = this.#shards[shard]!.sweep(keep);
    this.#size -= removed;
    return removed;
  }

  #shard(digest: Digest): Shard {
    return this.#shards[digest.charCodeAt(31)]!;
  }
}

export function samePlace(a: Place | undefined, b: Place): boolean {
  return a !== undefined && a.pack === b.pack && a.offset === b.offset;
}

/** A slot is 12 words: 8 of the digest, then pack (0: the slot is free), offset, length, stamp. */
const slotWords = 12;
const packWord = 8;
const offsetWord = 9;
const lengthWord = 10;
const stampWord = 11;

class Shard {
  #words = new Uint32Array(8 * slotWords);
  #mask = 7;
  #count = 0;

  /** The slot of a digest, or -1. */
  find(digest: Digest): number {
    const first = wordOf(digest, 0);
    for (let slot = first & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const base = slot * slotWords;
      if (this.#words[base + packWord] === 0) return -1;
      if (this.#words[base] === first && this.#matches(base, digest)) return slot;
    }
  }

  place(slot: number): Place {
    const base = slot * slotWords;
    return {
      pack: this.#words[base + packWord]!,
      offset: this.#words[base + offsetWord]!,
      length: this.#words[base + lengthWord]!,
    };
  }

  stamp(slot: number): number {
    return this.#words[slot * slotWords + stampWord]!;
  }

  setStamp(slot: number, stamp: number): void {
    this.#words[slot * slotWords + stampWord] = stamp;
  }

  /** Whether the digest is new. */
  set(digest: Digest, place: Place, stamp: number): boolean {
    let slot = this.find(digest);
    const isNew = slot < 0;
    if (isNew) {
      if (this.#count * 4 >= this.#mask * 3) this.#grow();
      slot = this.#freeSlot(wordOf(digest, 0));
      for (let i = 0; i < packWord; i++) this.#words[slot * slotWords + i] = wordOf(digest, i);
      this.#count++;
    }
    const base = slot * slotWords;
    this.#words[base + packWord] = place.pack;
    this.#words[base + offsetWord] = place.offset;
    this.#words[base + lengthWord] = place.length;
    this.#words[base + stampWord] = stamp;
    return isNew;
  }

  /** Frees a slot, and moves up what was displaced by it, so that no search ends too soon. */
  delete(slot: number): void {
    let hole = slot;
    for (let next = (slot + 1) & this.#mask; this.#isTaken(next); next = (next + 1) & this.#mask) {
      const home = this.#words[next * slotWords]! & this.#mask;
      if (((next - home) & this.#mask) < ((next - hole) & this.#mask)) continue;
      this.#words.copyWithin(hole * slotWords, next * slotWords, (next + 1) * slotWords);
      hole = next;
    }
    this.#words.fill(0, hole * slotWords, (hole + 1) * slotWords);
    this.#count--;
  }

  each(visit: (place: Place, digest: () => Digest) => void): void {
    for (let slot = 0; slot <= this.#mask; slot++) {
      if (this.#isTaken(slot)) visit(this.place(slot), () => this.#digest(slot));
    }
  }

  sweep(keep: (stamp: number) => boolean): number {
    const before = this.#count;
    this.#rebuild(this.#mask + 1, keep);
    return before - this.#count;
  }

  #grow(): void {
    this.#rebuild((this.#mask + 1) * 2, () => true);
  }

  #rebuild(slots: number, keep: (stamp: number) => boolean): void {
    const old = this.#words;
    this.#words = new Uint32Array(slots * slotWords);
    this.#mask = slots - 1;
    this.#count = 0;
    for (let base = 0; base < old.length; base += slotWords) {
      if (old[base + packWord] === 0 || !keep(old[base + stampWord]!)) continue;
      this.#words.set(old.subarray(base, base + slotWords), this.#freeSlot(old[base]!) * slotWords);
      this.#count++;
    }
  }

  #freeSlot(first: number): number {
    let slot = first & this.#mask;
    while (this.#isTaken(slot)) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #isTaken(slot: number): boolean {
    return this.#words[slot * slotWords + packWord] !== 0;
  }

  #matches(base: number, digest: Digest): boolean {
    for (let i = 1; i < packWord; i++) if (this.#words[base + i] !== wordOf(digest, i)) return false;
    return true;
  }

  #digest(slot: number): Digest {
    const start = slot * slotWords;
    const bytes = Buffer.alloc(packWord * 4);
    for (let i = 0; i < packWord; i++) bytes.writeUInt32LE(this.#words[start + i]!, i * 4);
    return bytes.toString('latin1') as Digest;
  }
}

/** The i-th 32 bits of a digest, little-endian. */
function wordOf(digest: Digest, i: number): number {
  const at = i * 4;
  return (
    (digest.charCodeAt(at) |
      (digest.charCodeAt(at + 1) << 8) |
      (digest.charCodeAt(at + 2) << 16) |
      (digest.charCodeAt(at + 3) << 24)) >>>
    0
  );
}
