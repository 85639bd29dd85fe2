import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/context/digest.ts';
import { decodeFrame, encodeFrame, encodePacked } from '../../../src/protocol/codec.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Message } from '../../../src/protocol/message.ts';
import { ownCodecs, packFrame, packFrameAside, unpackFrame } from '../../../src/protocol/packing.ts';
import { SeededRandom } from '../../support/seededRandom.ts';

const text = Buffer.from('a line of some source file\n'.repeat(500));
const random = new SeededRandom(7);
const noise = Buffer.from(Array.from({ length: 4096 }, () => random.below(256)));
const chunks = (data: Uint8Array): Message => ({ type: 'chunks', chunks: [{ digest: digestOf(data), data }] });

describe.each(ownCodecs)('a frame packed by %s', (codec) => {
  test.each(['quick', 'thorough'] as const)('is smaller and comes out as it was, %s', async (effort) => {
    for (const packed of [packFrame(text, codec, effort), await packFrameAside(text, codec, effort)]) {
      expect(packed!.data.length).toBeLessThan(text.length / 10);
      expect(Buffer.from(unpackFrame(packed!, text.length)).equals(text)).toBe(true);
    }
  });

  test('is sent as it is where that is no larger', () => {
    expect(packFrame(noise, codec, 'quick')).toBeUndefined();
  });

  test('arrives as the message that is inside', () => {
    const message = chunks(text);
    const frame = encodeFrame(5, message);
    const arrived = decodeFrame(encodePacked(5, packFrame(frame, codec, 'quick')!));
    expect(arrived).toMatchObject({ id: 5, bytes: frame.length, message: { type: 'chunks' } });
    expect(arrived.message.type === 'chunks' && Buffer.from(arrived.message.chunks[0]!.data).equals(text)).toBe(true);
  });

  test('is not accepted within another exchange, nor within another packed one', () => {
    const packed = packFrame(encodeFrame(5, chunks(text)), codec, 'quick')!;
    expect(() => decodeFrame(encodePacked(7, packed))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
    const twice = packFrame(Buffer.concat([encodePacked(5, packed), Buffer.alloc(9999)]), codec, 'quick')!;
    expect(() => decodeFrame(encodePacked(5, twice))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });
});

describe('unpacking is bounded', () => {
  const zeros = deflateRawSync(Buffer.alloc(10 << 20));

  test('by the size that the frame names', () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unpackFrame({ codec: 'deflate', size: 1000, data: zeros }, 1000)).toThrow(
      expect.objectContaining({ code: 'PROTOCOL' }),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
  });

  test('by the largest frame, whatever it names', () => {
    const packed = { codec: 'deflate', size: 10 << 20, data: zeros } as const;
    expect(() => decodeFrame(encodePacked(1, packed))).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  test('and a control message inside by the limit of control messages', () => {
    const message = { type: 'need', digests: Array.from({ length: 4000 }, () => digestOf(noise)) } as const;
    const frame = encodeFrame(1, message);
    const padded = Buffer.concat([frame, Buffer.from([0x82, 0x7d]), length(300_000), Buffer.alloc(300_000)]);
    expect(padded.length).toBeGreaterThan(limits.controlFrameBytes);
    const packed = packFrame(padded, 'deflate', 'quick')!;
    expect(() => decodeFrame(encodePacked(1, packed))).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  const exact = deflateRawSync(text);
  test.each([
    ['fewer bytes than it names', { size: text.length + 1, data: exact }],
    ['more bytes than it names', { size: text.length - 1, data: exact }],
    ['bytes behind its end', { size: text.length, data: Buffer.concat([exact, Buffer.from('x')]) }],
    ['a second stream behind the first', { size: text.length, data: Buffer.concat([exact, exact]) }],
    ['a stream that ends too soon', { size: text.length, data: exact.subarray(0, exact.length - 5) }],
    ['what is no stream', { size: text.length, data: noise }],
  ])('%s is refused', (_what, packed) => {
    expect(() => unpackFrame({ codec: 'deflate', ...packed }, 1 << 20)).toThrow(
      expect.objectContaining({ code: 'PROTOCOL' }),
    );
  });

  test('a codec that this side does not have is refused', () => {
    expect(() => unpackFrame({ codec: 'none', size: 1, data: noise }, 10)).toThrow(
      expect.objectContaining({ code: 'PROTOCOL' }),
    );
  });
});

function length(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value >>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
