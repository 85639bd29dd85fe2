import { describe, expect, it } from 'vitest';
import { int64Length, varintLength, writeInt64, writeVarint } from '../../../src/builder/diffcopy/varint.ts';

function int64(value: bigint): string {
  const target = Buffer.alloc(12);
  const end = writeInt64(target, 1, value);
  expect(int64Length(value)).toBe(end - 1);
  return target.subarray(1, end).toString('hex');
}

function varint(value: number): string {
  const target = Buffer.alloc(12);
  const end = writeVarint(target, 1, value);
  expect(varintLength(value)).toBe(end - 1);
  return target.subarray(1, end).toString('hex');
}

describe('varints', () => {
  it.each([
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [2 ** 31 + 0o755, 'ed83808008'],
    [2 ** 32, '8080808010'],
    [2 ** 53 - 1, 'ffffffffffffff0f'],
  ])('write %d', (value, hex) => {
    expect(varint(value)).toBe(hex);
    expect(int64(BigInt(value))).toBe(hex);
  });

  it.each([
    [-1n, 'ffffffffffffffffff01'],
    [-(2n ** 63n), '80808080808080808001'],
    [2n ** 63n - 1n, 'ffffffffffffffff7f'],
    [1_700_000_000_123_456_789n, '959a97ece39fe7cb17'],
  ])('write the int64 %d', (value, hex) => {
    expect(int64(value)).toBe(hex);
  });
});
