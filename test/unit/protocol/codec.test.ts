import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { decodeFrame, encodeFrame } from '../../../src/protocol/codec.ts';
import { presync } from '../../../src/protocol/generated/presync.js';
import { limits } from '../../../src/protocol/limits.ts';

const { Envelope } = presync.v1;
const digest = digestOf(new Uint8Array());

function changes(path: string, kind: presync.v1.Change.$Properties = { removed: {} }): Uint8Array {
  const bytes = Buffer.from(path, 'latin1');
  return Envelope.encode({ id: 1, changes: { changes: [{ path: bytes, ...kind }] } }).finish();
}

describe('decoding refuses', () => {
  const paths = ['', '.', '..', '../x', 'a/../../x', 'a/..', '/etc/passwd', '//x', './a', 'a/', 'a//b', 'a/.', 'a\0b'];
  test.each([...paths, 'n'.repeat(256), 'a/'.repeat(3000) + 'a'])('the path %j', (path) => {
    expect(() => decodeFrame(changes(path))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });

  test('a frame of too many empty entries, before it decodes them', () => {
    const entry = Uint8Array.of(0x0a, 0x00);
    const body = Buffer.concat(Array.from({ length: limits.fieldsPerFrame + 1 }, () => entry));
    const header = Buffer.from([0x08, 0x01, 0x32]);
    const frame = Buffer.concat([header, varint(body.length), body]);
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
  });

  test('a control frame one byte over its limit, and takes one at the limit', () => {
    const frameOf = (label: number) =>
      Envelope.encode({ id: 1, open: { context: Buffer.alloc(32), label: Buffer.alloc(label, 'x') } }).finish();
    const overhead = frameOf(100_000).length - 100_000;
    expect(decodeFrame(frameOf(limits.controlFrameBytes - overhead)).message.type).toBe('open');
    expect(() => decodeFrame(frameOf(limits.controlFrameBytes - overhead + 1))).toThrow(
      expect.objectContaining({ code: 'LIMIT' }),
    );
  });

  test.each([
    ['a message of an unknown kind', Uint8Array.of(0x08, 0x01)],
    ['a digest of 31 bytes', Envelope.encode({ id: 1, committed: { snapshot: Buffer.alloc(31) } }).finish()],
    ['a mode beyond the permission bits', changes('a', { directory: { mode: 0o10000 } })],
    ['a time beyond what BuildKit can express', changes('a', { directory: { mtime: { seconds: 9_223_372_036 } } })],
    ['nanoseconds of a second or more', changes('a', { directory: { mtime: { nanos: 1e9 } } })],
    ['an empty link target', changes('a', { symlink: {} })],
    ['a link target with a NUL', changes('a', { symlink: { target: Buffer.from('a\0b') } })],
    ['a change that says nothing', changes('a', {})],
  ])('%s', (_, frame) => {
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });

  test('a size beyond 2^53', () => {
    // File.size is field 3: 2^53 as a varint.
    const file = Buffer.from([0x18, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]);
    const change = Buffer.concat([Buffer.from([0x0a, 1, 0x61, 0x12, file.length]), file]);
    const body = Buffer.concat([Buffer.from([0x0a, change.length]), change]);
    const frame = Buffer.concat([Buffer.from([0x08, 1, 0x32, body.length]), body]);
    expect(() => decodeFrame(frame)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });
});

test('names are bytes: what is not UTF-8 arrives unchanged', () => {
  const message = {
    type: 'changes',
    changes: [{ op: 'remove', path: fromText('é') }],
    inline: [],
    last: true,
  } as const;
  const raw = {
    ...message,
    changes: [{ op: 'remove', path: 'a\xff' as (typeof message.changes)[0]['path'] } as const],
  };
  expect(decodeFrame(encodeFrame(1, message)).message).toEqual(message);
  expect(decodeFrame(encodeFrame(1, raw)).message).toEqual(raw);
});

test('a sender makes no frame that a receiver would refuse', () => {
  const digests = Array.from({ length: limits.controlFrameBytes / 32 }, () => digest);
  expect(() => encodeFrame(1, { type: 'need', digests })).toThrow(expect.objectContaining({ code: 'LIMIT' }));
});

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Uint8Array.from([...bytes, value]);
}

test('frames of content are what the generated encoder makes of them', () => {
  for (const sizes of [[], [1, 127, 128], [16_383, 16_384, 70_000], [3_000_000]]) {
    for (const id of [1, 127, 128, 2 ** 32 - 1]) {
      const chunks = sizes.map((size) => ({ digest: digestOf(Buffer.from(`${size}`)), data: Buffer.alloc(size, 7) }));
      const wire = chunks.map(({ digest: name, data }) => ({ digest: Buffer.from(name, 'latin1'), data }));
      const expected = Envelope.encode({ id, chunks: { chunks: wire } }).finish();
      expect(Buffer.compare(encodeFrame(id, { type: 'chunks', chunks }), expected)).toBe(0);
    }
  }
});

test('an error has room in a frame, however long its texts are', () => {
  const long = `begin ${'€'.repeat(limits.controlFrameBytes)} end`;
  const error = new PresyncError('BUILD_FAILED', long, { hint: long, data: { step: long, line: 7 } });
  const { message } = decodeFrame(encodeFrame(1, { type: 'error', error }));
  const text: unknown = expect.stringMatching(/^begin €+…€+ end$/);
  expect(message).toMatchObject({
    error: { code: 'BUILD_FAILED', message: text, hint: text, data: { step: text, line: 7 } },
  });
});
