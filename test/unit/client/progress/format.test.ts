import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLogTime,
  formatSeconds,
} from '../../../../src/client/progress/format.ts';

describe('numbers for people', () => {
  test.each([
    [0, '0B'],
    [999, '999B'],
    [1000, '1.00kB'],
    [1234, '1.23kB'],
    [999_994, '999.99kB'],
    [999_995, '1.00MB'],
    [12_345_678, '12.35MB'],
    [5e9, '5.00GB'],
    [2 ** 53, '9.01PB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('count one and many', () => {
    expect([0, 1, 2].map((count) => formatCount(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
  });

  test.each([
    [0, '0.0s'],
    [49, '0.0s'],
    [1250, '1.3s'],
    [61_000, '61.0s'],
    [-5, '0.0s'],
  ])('a step of %d ms takes %s', (ms, text) => {
    expect(formatSeconds(ms)).toBe(text);
  });

  test.each([
    [0, '0.000'],
    [1234.5, '1.234'],
    [12_345, '12.35'],
    [123_456, '123.5'],
    [-1, '0.000'],
  ])('output after %d ms is marked %s', (ms, text) => {
    expect(formatLogTime(ms)).toBe(text);
  });

  test.each([
    [0.4, '0 ms'],
    [41.6, '42 ms'],
    [999.6, '1.00 s'],
    [59_994, '59.99 s'],
    [59_995, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [-3, '0 ms'],
  ])('a build of %d ms took %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
