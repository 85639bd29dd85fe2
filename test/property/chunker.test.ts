import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chunker, chunkSizes } from '../../src/context/chunker.ts';
import { SeededRandom } from '../support/seededRandom.ts';

const seed = Number(process.env['PRESYNC_SEED']);

/** The chunks of a stream that comes in these buffers. */
function chunksOf(buffers: readonly Buffer[]): Buffer[] {
  const chunker = new Chunker();
  const chunks: Buffer[] = [];
  let open: Buffer[] = [];
  for (const bytes of buffers) {
    let start = 0;
    for (let cut; (cut = chunker.next(bytes, start)) >= 0; start = cut) {
      chunks.push(Buffer.concat([...open, bytes.subarray(start, cut)]));
      open = [];
    }
    open.push(bytes.subarray(start));
  }
  const rest = Buffer.concat(open);
  return rest.length === 0 ? chunks : [...chunks, rest];
}

/** Bytes of some kind: noise, text with few different bytes, long runs of one byte. */
function content(kind: number, size: number, from: number): Buffer {
  const random = new SeededRandom(from);
  if (kind === 2) return Buffer.alloc(size, random.below(256));
  const bytes = Buffer.alloc(size);
  const distinct = kind === 0 ? 256 : 4;
  for (let at = 0; at < size; at++) bytes[at] = random.below(distinct);
  return bytes;
}

const contents = fc
  .record({ kind: fc.integer({ min: 0, max: 2 }), size: fc.integer({ min: 0, max: 1_500_000 }), from: fc.nat() })
  .map(({ kind, size, from }) => content(kind, size, from));

test('chunks make up the input, and none but the last is shorter than the least or longer than the most', () => {
  fc.assert(
    fc.property(contents, (bytes) => {
      const chunks = chunksOf([bytes]);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(chunkSizes.max);
      for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBeGreaterThanOrEqual(chunkSizes.min);
    }),
    { seed, numRuns: 30 },
  );
});

test('cuts do not depend on how the input comes', () => {
  const splits = fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(contents, splits, (bytes, sizes) => {
      const buffers: Buffer[] = [];
      let at = 0;
      for (const size of sizes) buffers.push(bytes.subarray(at, (at += size)));
      buffers.push(bytes.subarray(Math.min(at, bytes.length)));
      expect(lengths(chunksOf(buffers))).toEqual(lengths(chunksOf([bytes])));
    }),
    { seed, numRuns: 30 },
  );
});

test('one byte at a time cuts as everything at once does', () => {
  const bytes = content(0, 300_000, seed);
  const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  expect(lengths(chunksOf(single))).toEqual(lengths(chunksOf([bytes])));
});

test('an insertion changes a few chunks, wherever it is', () => {
  const bytes = content(0, 4_000_000, seed);
  const before = new Set(chunksOf([bytes]).map((chunk) => chunk.toString('latin1')));
  fc.assert(
    fc.property(fc.nat({ max: bytes.length }), fc.uint8Array({ minLength: 1, maxLength: 1000 }), (at, inserted) => {
      const after = chunksOf([Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)])]);
      const fresh = after.filter((chunk) => !before.has(chunk.toString('latin1')));
      expect(fresh.length).toBeLessThanOrEqual(8);
    }),
    { seed, numRuns: 40 },
  );
});

test('chunks of noise are of the average size, more or less', () => {
  const sizes = lengths(chunksOf([content(0, 8_000_000, seed)])).slice(0, -1);
  const average = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(average).toBeGreaterThan(chunkSizes.average * 0.75);
  expect(average).toBeLessThan(chunkSizes.average * 1.35);
  expect(sizes.filter((size) => size === chunkSizes.max).length / sizes.length).toBeLessThan(0.02);
});

test('the cuts are what they were: other ones would make every stored large file a stranger', () => {
  expect(lengths(chunksOf([content(0, 300_000, 1)]))).toMatchInlineSnapshot(`
    [
      14861,
      20382,
      9258,
      19134,
      17540,
      18206,
      4323,
      10879,
      19887,
      18050,
      19711,
      22188,
      17972,
      16871,
      22778,
      19638,
      17080,
      11242,
    ]
  `);
});

function lengths(chunks: readonly Buffer[]): number[] {
  return chunks.map((chunk) => chunk.length);
}
