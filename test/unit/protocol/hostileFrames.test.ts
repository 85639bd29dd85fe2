/** Frames that no program of ours sends: each is decoded as the protocol says, or refused with a typed error. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { decodeFrame, encodeFrame } from '../../../src/protocol/codec.ts';
import { presync } from '../../../src/protocol/generated/presync.js';
import { limits } from '../../../src/protocol/limits.ts';
import type { Message } from '../../../src/protocol/message.ts';
import { messages } from '../../support/wireArbitraries.ts';

const { Envelope } = presync.v1;
const digest = Buffer.alloc(32, 7);
const seed = Number(process.env['PRESYNC_SEED']);

/** A field of a protobuf message that holds bytes. */
function field(number: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** -1 as protobuf writes an int64. */
const minusOne = Buffer.from('ffffffffffffffffff01', 'hex');

function refusal(frame: Uint8Array): string {
  try {
    decodeFrame(frame);
  } catch (thrown) {
    if (thrown instanceof PresyncError) return thrown.code;
    throw thrown;
  }
  return 'decoded';
}

const samples = Object.entries(messages).map(
  ([type, arbitrary]) => [type, fc.sample(arbitrary, { seed, numRuns: 5 })] as [string, Message[]],
);

test.each(samples)('a %s message that ends at any byte is decoded or refused', (_, some) => {
  for (const message of some) {
    const frame = encodeFrame(1, message);
    for (let end = 0; end < frame.length; end++) {
      expect(['decoded', 'PROTOCOL', 'LIMIT']).toContain(refusal(frame.subarray(0, end)));
    }
  }
});

test.each(samples)('a %s message with fields of a later version means what it means without them', (_, some) => {
  // What is in an envelope and has a length is a message.
  const later = Buffer.concat([field(1000, field(1, Buffer.from('news'))), varint(1001 << 3), varint(5)]);
  for (const message of some) {
    const frame = encodeFrame(9, message);
    expect(decodeFrame(Buffer.concat([frame, later])).message).toEqual(decodeFrame(frame).message);
  }
});

describe('what a later version may say', () => {
  test('a field in a message that is known is passed over', () => {
    const frame = Buffer.concat([
      Envelope.encode({ id: 3 }).finish(),
      field(9, field(1, digest), field(77, Buffer.from('?'))),
    ]);
    const plain = Envelope.encode({ id: 3, committed: { snapshot: digest } }).finish();
    expect(decodeFrame(plain).message.type).toBe('committed');
    expect(decodeFrame(frame).message).toEqual(decodeFrame(plain).message);
  });

  test('a codec that is not known is not chosen', () => {
    const codecs = [99 as presync.v1.Codec, presync.v1.Codec.CODEC_NONE];
    const frame = Envelope.encode({ id: 0, hello: { versions: [1], codecs } }).finish();
    expect(decodeFrame(frame).message).toMatchObject({ type: 'hello', codecs: ['none'] });
  });

  test.each([
    ['a codec', { packed: { codec: 99, size: 1, data: Buffer.of(1) } }],
    ['a role', { open: { context: digest, role: 99 } }],
    ['an ownership', { opened: { ownership: 99 } }],
  ])('%s that is not known is refused', (_, body) => {
    expect(refusal(Envelope.encode({ id: 1, ...(body as object) }).finish())).toBe('PROTOCOL');
  });

  test('a message of a kind that is not known is refused', () => {
    expect(refusal(Buffer.concat([Envelope.encode({ id: 1 }).finish(), field(900, digest)]))).toBe('PROTOCOL');
  });
});

describe('numbers', () => {
  const push = (asOf: Buffer) => {
    const known = Envelope.encode({ push: { context: digest, target: digest, asOf: 77, problems: 0 } }).finish();
    // The last bytes of the push are asOf: its tag, then 77.
    expect(known.at(-1)).toBe(77);
    const head = known.subarray(2, -1);
    return Buffer.concat([known.subarray(0, 1), varint(head.length + asOf.length), head, asOf]);
  };

  test('a moment of the workspace is taken as it is', () => {
    expect(decodeFrame(push(varint(2 ** 40))).message).toMatchObject({ type: 'push', asOf: 2 ** 40 });
  });

  test.each([
    ['negative', minusOne],
    ['beyond 2^53', varint(2 ** 53)],
    ['longer than any integer', Buffer.alloc(11, 0xff)],
  ])('one that is %s is refused', (_, bytes) => {
    expect(refusal(push(bytes))).toBe('PROTOCOL');
  });
});

describe('names and targets', () => {
  const change = (path: string, kind: object) =>
    Envelope.encode({ id: 1, changes: { changes: [{ path: Buffer.from(path, 'latin1'), ...kind }] } }).finish();

  test('an overlong encoding of ".." is a name of four bytes, never a way up', () => {
    const overlong = '\xc0\xae\xc0\xae';
    expect(decodeFrame(change(`${overlong}/x`, { removed: {} })).message).toMatchObject({
      changes: [{ op: 'remove', path: `${overlong}/x` }],
    });
    expect(refusal(change(`${overlong}/`, { removed: {} }))).toBe('PROTOCOL');
  });

  test.each(['C:\\x', 'C:x', '\\\\srv\\share\\x', 'a\\..\\..\\x', 'CON', 'nul.txt', 'a:b', ' ', 'x.'])(
    '%j is a plain name, as it is on Linux',
    (name) => {
      expect(decodeFrame(change(name, { removed: {} })).message).toMatchObject({ changes: [{ path: name }] });
    },
  );

  test('a target of 4,095 bytes is taken, of one more refused', () => {
    const target = (length: number) => change('l', { symlink: { target: Buffer.alloc(length, 'x') } });
    expect(refusal(target(4095))).toBe('decoded');
    expect(refusal(target(4096))).toBe('PROTOCOL');
  });

  test('names of object members are names, and change no object', () => {
    const keys = Object.getOwnPropertyNames(Object.prototype);
    const data = Object.fromEntries(keys.map((key) => [key, 'x']));
    const own = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    for (const error of [data, own]) {
      const { message } = decodeFrame(Envelope.encode({ error: { code: 'LIMIT', data: error } }).finish());
      expect(message.type).toBe('error');
    }
    const files = keys.map((key) => ({ path: Buffer.from(key), removed: {} }));
    const { message } = decodeFrame(Envelope.encode({ changes: { changes: files } }).finish());
    expect(message).toMatchObject({ changes: keys.map((path) => ({ path })) });
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(keys);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('what is small on the wire and large in memory', () => {
  const fill = (prefix: readonly number[], unit: Uint8Array) => {
    // Lengths are written with four bytes, whatever they are.
    const room = limits.chunkFrameBytes - prefix.length * 5;
    return nested(prefix, Buffer.alloc(room - (room % unit.length), unit));
  };
  const nested = ([number, ...inner]: readonly number[], content: Buffer): Buffer =>
    number === undefined ? content : field(number, nested(inner, content));

  test.each([
    ['changes without content', fill([6], field(1))],
    ['chunks without content', fill([8], field(1))],
    ['empty fields in an envelope', fill([], field(900))],
    ['versions in a Hello', fill([2, 1], Buffer.of(1))],
    ['features in a Hello', fill([2], field(3))],
    ['tags of a build', fill([11, 3], field(3))],
    ['build arguments', fill([11, 3], field(5))],
    ['variables of an engine', fill([3, 5], field(2))],
    ['facts of an error', fill([17], field(4))],
    ['unknown fields in a change', fill([6, 1], Buffer.from([0x98, 0x06, 0]))],
    ['digests that are needed', fill([7, 1], digest)],
  ])('%s: a frame of 4 MiB costs less than 64 MiB and a moment', (_, frame) => {
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect(['PROTOCOL', 'LIMIT']).toContain(refusal(frame));
    expect(performance.now() - start).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});

test('what is kept of a frame is not changed when its memory is used again', () => {
  const frame = encodeFrame(1, {
    type: 'changes',
    changes: [{ op: 'remove', path: fromBytes(Buffer.from('name')) }],
    inline: [],
    last: true,
  });
  const { message } = decodeFrame(frame);
  frame.fill(0xff);
  expect(message).toMatchObject({ changes: [{ path: 'name' }] });
});
