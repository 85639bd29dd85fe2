import { describe, expect, test } from 'vitest';
import { ChunkList } from '../../../src/context/chunkList.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { chunksOf } from '../../../src/context/entry.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import { fromText } from '../../../src/base/bytes.ts';

const chunk = (i: number) => ({ digest: digestOf(Uint8Array.of(i, i >> 8)), size: 2 ** 32 - 1 - i });

describe('a list of chunks', () => {
  // The buffer behind it grows within a record for some of these.
  test.each([0, 1, 28, 29, 57, 500])('gives back its %i chunks', (length) => {
    const chunks = Array.from({ length }, (_, i) => chunk(i));
    const list = ChunkList.from(chunks);
    expect(list).toHaveLength(length);
    expect([...list]).toEqual(chunks);
    expect([...new ChunkList(list.packed)]).toEqual(chunks);
    expect(list.packed).toHaveLength(36 * length);
  });

  test('can be read twice at once', () => {
    const list = ChunkList.from([chunk(1), chunk(2)]);
    const [one, other] = [list[Symbol.iterator](), list[Symbol.iterator]()];
    one.next();
    expect(other.next().value).toEqual(chunk(1));
    expect(one.next().value).toEqual(chunk(2));
  });

  test('has whole records only', () => {
    expect(() => new ChunkList(new Uint8Array(37))).toThrow(RangeError);
  });
});

describe('the chunks of a file', () => {
  const digest = digestOf(Uint8Array.of(1));
  const base = { kind: 'file', name: fromText('f'), mode: 0o644, mtime: 0n, digest } as const;

  test.each<[string, FileEntry, number]>([
    ['an empty file', { ...base, size: 0, chunks: undefined }, 0],
    ['a small file', { ...base, size: 1, chunks: undefined }, 1],
    ['a large file', { ...base, size: 2, chunks: ChunkList.from([chunk(1), chunk(2)]) }, 2],
  ])('of %s', (_what, file, count) => {
    const chunks = [...chunksOf(file)];
    expect(chunks).toHaveLength(count);
    if (count === 1) expect(chunks[0]).toEqual({ digest, size: 1 });
  });
});
