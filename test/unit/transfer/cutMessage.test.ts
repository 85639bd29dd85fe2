import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { CutMessage } from '../../../src/transfer/cutMessage.ts';
import { noise } from '../../support/madeContexts.ts';
import { SeededRandom } from '../../support/seededRandom.ts';

const most = 100_000;
const [binary, ping, text, first, rest] = [0x82, 0x89, 0x81, 0x02, 0x80];

/** A frame as RFC 6455 has it, and where its payload begins. */
function frame(payload: Buffer, { kind = binary, mask = Buffer.alloc(4) } = {}) {
  const { length } = payload;
  const size = length < 126 ? Buffer.from([0x80 | length]) : Buffer.alloc(length < 65_536 ? 3 : 9);
  if (size.length === 3) size.writeUInt16BE(length, 1);
  if (size.length === 9) size.writeBigUInt64BE(BigInt(length), 1);
  if (size.length > 1) size[0] = size.length === 3 ? 0xfe : 0xff;
  const head = Buffer.concat([Buffer.from([kind]), size, mask]);
  const bytes = Buffer.concat([head, payload.map((byte, i) => byte ^ mask[i % 4]!)]);
  return { payload, kind, start: head.length, bytes };
}

function followed() {
  const stream = new Readable({ read: () => {} });
  const cut = new CutMessage(stream, most);
  return { stream, cut, read: (bytes: Buffer) => stream.emit('data', bytes) };
}

const mask = Buffer.from([1, 2, 3, 250]);
const frames = [0, 1, 125, 126, 300, 65_535, 65_536, most].flatMap((size) => [
  frame(noise(size, size + 1)),
  frame(Buffer.from('12345678'), { kind: ping, mask }),
  frame(noise(size, size + 2), { mask }),
]);

describe('of a message that is under way', () => {
  test('what has arrived is known, however it comes and wherever it is cut', () => {
    const random = new SeededRandom(5);
    for (let round = 0; round < 300; round++) {
      const { cut, read } = followed();
      const at = random.below(frames.length);
      const { bytes, payload, start, kind } = frames[at]!;
      const here = random.pick([
        random.below(bytes.length),
        random.below(Math.min(bytes.length, 20)),
        bytes.length - 1,
      ]);
      let left = Buffer.concat([
        ...frames.slice(Math.max(0, at - 3), at).map((one) => one.bytes),
        bytes.subarray(0, here),
      ]);
      while (left.length > 0) {
        const piece = 1 + random.below(random.pick([3, 200, 70_000]));
        read(left.subarray(0, piece));
        left = left.subarray(piece);
      }
      const known = here >= start && kind === binary ? payload.subarray(0, here - start) : undefined;
      expect(cut.start?.length).toBe(known?.length);
      expect(known === undefined || known.equals(cut.start!)).toBe(true);
    }
  });

  test('nothing is kept when it is whole', () => {
    const { cut, read } = followed();
    read(frame(noise(5000)).bytes);
    expect(cut.start).toBeUndefined();
  });

  test.each([
    ['text', text],
    ['the first part of a message', first],
    ['its last part', rest],
    ['a ping', ping],
  ])('nothing is made of %s', (_what, kind) => {
    const { cut, read } = followed();
    read(frame(noise(100), { kind }).bytes.subarray(0, 50));
    expect(cut.start).toBeUndefined();
  });
});

describe('nothing is kept', () => {
  test('of a message that is too large, nor of what follows it', () => {
    const { cut, read } = followed();
    const { bytes } = frame(noise(most + 1));
    read(bytes.subarray(0, 1000));
    expect(cut.start).toBeUndefined();
    read(bytes.subarray(1000));
    read(frame(noise(500)).bytes.subarray(0, 300));
    expect(cut.start).toBeUndefined();
  });

  test('where the stream ends with bytes that nobody has seen: they may be the rest of the message', async () => {
    const { cut, stream, read } = followed();
    read(frame(noise(500)).bytes.subarray(0, 300));
    stream.pause();
    stream.push('more');
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(cut.start).toBeUndefined();
  });
});
