import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../src/base/byteReader.ts';
import { ByteWriter } from '../../../src/base/byteWriter.ts';

describe('a reader of bytes', () => {
  test.each([
    ['u8', 0, (reader: ByteReader) => reader.u8()],
    ['u32', 3, (reader: ByteReader) => reader.u32()],
    ['u53', 7, (reader: ByteReader) => reader.u53()],
    ['i64', 7, (reader: ByteReader) => reader.i64()],
    ['raw', 4, (reader: ByteReader) => reader.raw(5)],
    ['byteString', 4, (reader: ByteReader) => reader.byteString(5)],
  ])('refuses %s from %i bytes and stays where it is', (_what, length, read) => {
    const reader = new ByteReader(new Uint8Array(length));
    expect(() => read(reader)).toThrow(RangeError);
    expect(reader.offset).toBe(0);
  });

  test('refuses a string that is shorter than its length says', () => {
    const reader = new ByteReader(new ByteWriter().u32(4).u8(1).view());
    expect(() => reader.sized()).toThrow(RangeError);
  });

  test.each([-1, NaN])('refuses to read %i bytes', (count) => {
    expect(() => new ByteReader(new Uint8Array(9)).raw(count)).toThrow(RangeError);
  });

  test('refuses an integer that a number cannot hold', () => {
    const bytes = new ByteWriter()
      .u53(Number.MAX_SAFE_INTEGER)
      .u32(0)
      .u32(2 ** 21)
      .view();
    const reader = new ByteReader(bytes);
    expect(reader.u53()).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => reader.u53()).toThrow(RangeError);
  });

  test('reads a part of a larger buffer only', () => {
    const reader = new ByteReader(Uint8Array.of(9, 9, 1, 0, 0, 0, 9).subarray(2, 6));
    expect(reader.u32()).toBe(1);
    expect(reader.done).toBe(true);
  });
});
