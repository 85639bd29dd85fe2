import { describe, expect, test } from 'vitest';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Place } from '../../../src/store/digestTable.ts';
import { DigestTable, shardCount } from '../../../src/store/digestTable.ts';
import { SeededRandom } from '../../support/seededRandom.ts';

const digest = (i: number): Digest => digestOf(Buffer.from(`object ${i}`));
const place = (i: number): Place => ({ pack: 1 + (i % 7), offset: i * 100, length: i });

function contents(table: DigestTable): Map<Digest, Place> {
  const found = new Map<Digest, Place>();
  for (let shard = 0; shard < shardCount; shard++) table.each(shard, (at, of) => found.set(of(), at));
  return found;
}

describe('the digest table', () => {
  test('behaves like a map under random sets, deletions and replacements', () => {
    const random = new SeededRandom();
    const table = new DigestTable();
    const model = new Map<Digest, Place>();
    for (let step = 0; step < 60_000; step++) {
      const key = digest(random.below(9000));
      if (random.below(3) === 0) {
        expect(table.delete(key)).toBe(model.delete(key));
      } else {
        const at = place(random.below(100_000));
        table.set(key, at, 0);
        model.set(key, at);
      }
    }
    expect(table.size).toBe(model.size);
    expect(contents(table)).toEqual(model);
    for (let i = 0; i < 9000; i++) expect(table.get(digest(i))).toEqual(model.get(digest(i)));
  });

  test('tells digests apart that differ in one byte anywhere', () => {
    const table = new DigestTable();
    const base = 'x'.repeat(32);
    const variants = Array.from({ length: 32 }, (_, i) => (base.slice(0, i) + 'y' + base.slice(i + 1)) as Digest);
    variants.forEach((variant, i) => table.set(variant, place(i + 1), 0));
    expect(table.has(base as Digest)).toBe(false);
    variants.forEach((variant, i) => expect(table.get(variant)).toEqual(place(i + 1)));
  });

  test('finds what collides after others of the same slot were deleted', () => {
    const table = new DigestTable();
    // The same shard and the same first 32 bits.
    const colliding = Array.from({ length: 40 }, (_, i) => `same${String(i).padStart(27, '.')}!` as Digest);
    colliding.forEach((key, i) => table.set(key, place(i + 1), 0));
    colliding.forEach((key, i) => i % 3 !== 0 && table.delete(key));
    colliding.forEach((key, i) => expect(table.get(key)).toEqual(i % 3 === 0 ? place(i + 1) : undefined));
  });

  test('a deletion or a move at a place hits that place only', () => {
    const table = new DigestTable();
    table.set(digest(1), place(1), 5);
    expect(table.delete(digest(1), place(2))).toBe(false);
    table.move(digest(1), place(2), place(3));
    expect(table.get(digest(1))).toEqual(place(1));
    table.move(digest(1), place(1), place(3));
    expect(table.get(digest(1))).toEqual(place(3));
    expect(table.stampOf(digest(1))).toBe(5);
    expect(table.delete(digest(1), place(3))).toBe(true);
    expect(table.size).toBe(0);
  });

  test('a sweep keeps what has the stamp', () => {
    const table = new DigestTable();
    for (let i = 0; i < 5000; i++) table.set(digest(i), place(i), 1);
    for (let i = 0; i < 5000; i += 2) table.stamp(digest(i), 2);
    expect(table.stamp(digest(5000), 2)).toBe(false);
    let removed = 0;
    for (let shard = 0; shard < shardCount; shard++) removed += table.sweep(shard, (stamp) => stamp === 2);
    expect(removed).toBe(2500);
    expect(table.size).toBe(2500);
    for (let i = 0; i < 5000; i++) expect(table.has(digest(i))).toBe(i % 2 === 0);
  });
});
