import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Path } from '../../../src/context/path.ts';
import { decodeCutFrame, encodeFrame, encodePacked } from '../../../src/protocol/codec.ts';
import type { Message, SentChunk, WireChange } from '../../../src/protocol/message.ts';
import { packFrame } from '../../../src/protocol/packing.ts';
import { noise } from '../../support/madeContexts.ts';

const id = 300;

function chunk(size: number, seed: number): SentChunk {
  const data = noise(size, seed);
  return { digest: digestOf(data), data };
}

const chunks = [chunk(3000, 1), chunk(1, 2), chunk(200, 3), chunk(0, 4), chunk(5000, 5)];
const frame = encodeFrame(id, { type: 'chunks', chunks });
/** Where each chunk ends in the frame: behind the last byte of its data. */
const ends = chunks.map(({ data }, i) => {
  const after = chunks.slice(i + 1).reduce((sum, { data: { length } }) => sum + wireSize(length), 0);
  return { end: frame.length - after, digest: digestOf(data) };
});

/** A chunk in its frame: digest, data, and a tag and a length for each and for both. */
function wireSize(size: number): number {
  const inside = 34 + 1 + (size > 127 ? 2 : 1) + size;
  return 1 + (inside > 127 ? 2 : 1) + inside;
}

/** The chunks that are saved, each checked by its digest. */
function saved(start: Uint8Array): Digest[] {
  const arrived = decodeCutFrame(start);
  if (arrived === undefined) return [];
  expect(arrived).toMatchObject({ id, message: { type: 'chunks' } });
  return contentOf(arrived.message);
}

function contentOf(message: Message): Digest[] {
  const content = message.type === 'chunks' ? message.chunks : message.type === 'changes' ? message.inline : [];
  for (const { digest, data } of content) expect(digestOf(data)).toBe(digest);
  return content.map(({ digest }) => digest);
}

describe('of a frame of content that was cut', () => {
  test('each chunk that is whole is saved, wherever the cut is', () => {
    for (let at = 0; at <= frame.length; at++) {
      const whole = ends.filter(({ end }) => end <= at).map(({ digest }) => digest);
      expect(saved(frame.subarray(0, at))).toEqual(whole);
    }
  });

  test('and packed by deflate as well', () => {
    const lines = Array.from({ length: 40 }, (_, i) => Buffer.from(`${i}: a line of some source file\n`.repeat(40)));
    const inside = encodeFrame(id, { type: 'chunks', chunks: lines.map((data) => ({ digest: digestOf(data), data })) });
    const packed = encodePacked(id, packFrame(inside, 'deflate', 'quick')!);
    let before = 0;
    for (let at = 0; at <= packed.length; at++) {
      const count = saved(packed.subarray(0, at)).length;
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
    }
    expect(before).toBe(lines.length);
    expect(saved(packed.subarray(0, packed.length / 2)).length).toBeGreaterThan(lines.length / 4);
  });
});

test('of changes that were cut those that are whole are saved, and content only behind them', () => {
  const inline = [chunk(3000, 6), chunk(4000, 7)];
  const changes = inline.map(({ digest, data }, i): WireChange => {
    const entry = { kind: 'file', name: fromText(`f${i}`), mode: 0o644, mtime: 1n, size: data.length, digest } as const;
    return { op: 'put', path: fromText(`f${i}`) as Path, entry: { ...entry, chunks: undefined } };
  });
  const all = encodeFrame(id, { type: 'changes', changes, inline, last: true });
  const seen = new Set<string>();
  for (let at = 0; at < all.length; at++) {
    const arrived = decodeCutFrame(all.subarray(0, at));
    if (arrived === undefined) continue;
    const { message } = arrived;
    if (message.type !== 'changes') throw new Error(message.type);
    expect(message.last).toBe(false);
    seen.add(`${message.changes.length} ${contentOf(message).length}`);
  }
  expect([...seen]).toEqual(['1 0', '2 0', '2 1', '2 2']);
});

describe('nothing is made of', () => {
  const text = Buffer.from('a line of some source file\n'.repeat(500));
  const content = encodeFrame(id, { type: 'chunks', chunks: [{ digest: digestOf(text), data: text }] });
  const twice = encodePacked(id, packFrame(content, 'deflate', 'quick')!);

  test('the beginning of any other message', () => {
    const message: Message = { type: 'need', digests: chunks.map(({ digest }) => digest) };
    const need = encodeFrame(id, message);
    for (let at = 0; at < need.length; at++) expect(decodeCutFrame(need.subarray(0, at))).toBeUndefined();
  });

  test.each([
    ['a packed frame that would be larger than it says', { size: 1000, data: deflateRawSync(Buffer.alloc(10 << 20)) }],
    ['one that says more than a frame may be', { size: 10 << 20, data: deflateRawSync(Buffer.alloc(10 << 20)) }],
    ['one within another', { size: twice.length, data: deflateRawSync(twice) }],
  ])('%s', (_what, packed) => {
    const whole = encodePacked(id, { codec: 'deflate', ...packed });
    const before = process.memoryUsage().arrayBuffers;
    expect(decodeCutFrame(whole.subarray(0, whole.length - 1))).toBeUndefined();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
  });
});
