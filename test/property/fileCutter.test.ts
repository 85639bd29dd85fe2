import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { Chunker, chunkSizesFor, largeChunkSizes } from '../../src/context/chunker.ts';
import { digestOf } from '../../src/context/digest.ts';
import { FileCutter } from '../../src/workspace/fileCutter.ts';
import { workspaceLimits } from '../../src/workspace/limits.ts';
import { ReadBuffer } from '../../src/workspace/readBuffer.ts';
import { SeededRandom } from '../support/seededRandom.ts';

const seed = Number(process.env['PRESYNC_SEED']);
const { readSlice, followedSlice } = workspaceLimits;

/** A file around a multiple of what is read at once, with noise and with runs in which no cut is found. */
const anyFile = fc.record({
  slices: fc.nat(6),
  unit: fc.constantFrom(followedSlice, readSlice, largeChunkSizes.max),
  beyond: fc.integer({ min: -2, max: 2 }),
  seed: fc.nat(),
});
type AnyFile = typeof anyFile extends fc.Arbitrary<infer T> ? T : never;

function contentOf({ slices, unit, beyond, seed }: AnyFile): Buffer {
  const random = new SeededRandom(seed);
  const content = Buffer.alloc(Math.max(0, slices * unit + beyond), random.below(256));
  for (let at = random.below(200_000); at < content.length; at += 3 + random.below(3)) {
    content[at] = random.below(256);
    if (random.below(50_000) === 0) at += random.below(400_000);
  }
  return content;
}

/** The pieces that the chunker by itself makes. */
function piecesOf(content: Buffer): Buffer[] {
  const chunker = new Chunker(chunkSizesFor(content.length));
  const pieces: Buffer[] = [];
  let start = 0;
  for (let cut; (cut = chunker.next(content, start)) >= 0; start = cut) pieces.push(content.subarray(start, cut));
  if (start < content.length) pieces.push(content.subarray(start));
  return pieces;
}

test('a file is cut where the chunker cuts it, and what is lent stays as it is until it is given back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'presync-cut-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const buffer = new ReadBuffer();
  const lending = fc.array(fc.record({ lent: fc.boolean(), keep: fc.nat(4) }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(anyFile, lending, (file, turns) => {
      const content = contentOf(file);
      writeFileSync(join(folder, 'f'), content);
      const fd = openSync(join(folder, 'f'), 'r');
      const cutter = new FileCutter(fd, content.length, buffer);
      const pieces = piecesOf(content);
      const expected = pieces.map((bytes) => ({ digest: digestOf(bytes), size: bytes.length }));
      const held: { bytes: Uint8Array; pieces: Buffer[] }[] = [];
      const giveBack = (keep: number) => {
        while (held.length > keep) {
          const { bytes, pieces } = held.shift()!;
          expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
          cutter.giveBack(bytes);
        }
      };
      for (let turn = 0, cut = 0, isLast = false; !isLast; turn++) {
        const { lent, keep } = turns[turn % turns.length]!;
        const { chunks, bytes, read, last } = cutter.next(lent);
        expect(chunks).toEqual(expected.slice(cut, cut + chunks.length));
        expect(bytes !== undefined).toBe(lent);
        if (bytes !== undefined) held.push({ bytes, pieces: pieces.slice(cut, cut + chunks.length) });
        giveBack(keep);
        cut += chunks.length;
        isLast = last;
        if (last) expect([cut, read]).toEqual([pieces.length, content.length]);
      }
      giveBack(0);
      closeSync(fd);
    }),
    { seed, numRuns: 60 },
  );
});
