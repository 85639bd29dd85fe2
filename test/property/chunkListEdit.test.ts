import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '../../src/context/chunkList.ts';
import { ChunkList, chunkRecordLength } from '../../src/context/chunkList.ts';
import { addedChunks, applyChunkListEdit, editChunkList } from '../../src/context/chunkListEdit.ts';
import { digestOf } from '../../src/context/digest.ts';

const parameters = { seed: Number(process.env['PRESYNC_SEED']), numRuns: process.env['PRESYNC_FULL'] ? 5000 : 400 };
const most = 1000;

/** A chunk for each number; few numbers, so that lists repeat themselves and share much. */
const chunkOf = (n: number): Chunk => ({ digest: digestOf(Uint8Array.of(n)), size: n + 1 });
const numbers = fc.array(fc.nat({ max: 12 }), { maxLength: 60 });
const listOf = (from: readonly number[]) => ChunkList.from(from.map(chunkOf));

describe('the edit between two chunk lists', () => {
  test('makes the one of the other', () => {
    fc.assert(
      fc.property(numbers, numbers, (from, to) => {
        const edit = editChunkList(listOf(from), listOf(to));
        expect(applyChunkListEdit(listOf(from), edit, most).packed).toEqual(listOf(to).packed);
      }),
      parameters,
    );
  });

  test('adds each chunk that the base does not have', () => {
    fc.assert(
      fc.property(numbers, numbers, (from, to) => {
        const added = [...addedChunks(editChunkList(listOf(from), listOf(to)))].map(({ size }) => size - 1);
        expect(to.filter((n) => !from.includes(n))).toEqual(added.filter((n) => !from.includes(n)));
      }),
      parameters,
    );
  });

  test('of a replaced or inserted chunk is a few bytes, however long the list is', () => {
    const base = Array.from({ length: 10_000 }, (_, i) => ({ digest: digestOf(Buffer.from(`${i}`)), size: 16_384 }));
    const fresh = { digest: digestOf(Buffer.from('new')), size: 17 };
    const replaced = base.with(5000, fresh);
    const inserted = base.toSpliced(0, 0, fresh);
    for (const target of [replaced, inserted]) {
      const edit = editChunkList(ChunkList.from(base), ChunkList.from(target));
      expect(edit.length).toBeLessThanOrEqual(2 * 9 + 5 + chunkRecordLength);
      expect([...addedChunks(edit)]).toEqual([fresh]);
    }
  });

  test('finds chunks that moved between two changes', () => {
    const edit = editChunkList(listOf([1, 2, 3, 4, 5, 6]), listOf([0, 4, 5, 2, 3, 7]));
    expect([...addedChunks(edit)].map(({ size }) => size - 1)).toEqual([0, 7]);
  });
});

describe('bytes that are no edit of the base', () => {
  const base = listOf([1, 2, 3]);
  test.each([
    ['an unknown step', [3, 0, 0, 0, 0]],
    ['a step that ends too soon', [1, 0, 0, 0, 0, 1]],
    ['chunks that the base does not have', [1, 2, 0, 0, 0, 2, 0, 0, 0]],
    ['fewer new chunks than it says', [2, 2, 0, 0, 0, 1, 1]],
    ['more new chunks than there are bytes', [2, 255, 255, 255, 255]],
  ])('are refused: %s', (_what, bytes) => {
    expect(() => applyChunkListEdit(base, Uint8Array.from(bytes), most)).toThrow(RangeError);
  });

  test('are refused where they would make a longer list than allowed', () => {
    const keepAll = [1, 0, 0, 0, 0, 3, 0, 0, 0];
    expect(applyChunkListEdit(base, Uint8Array.from([...keepAll, ...keepAll]), 6)).toHaveLength(6);
    expect(() => applyChunkListEdit(base, Uint8Array.from([...keepAll, ...keepAll]), 5)).toThrow(RangeError);
  });

  test('are a list or refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        try {
          expect(applyChunkListEdit(base, bytes, most).length).toBeLessThanOrEqual(most);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RangeError);
        }
      }),
      parameters,
    );
  });
});
