import { describe, expect, test } from 'vitest';
import { digestFromBytes, digestOf, formatDigest, hexDigest, parseDigest } from '../../../src/context/digest.ts';

/** Of the empty input, from FIPS 180-4's examples. */
const emptyHex = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('a digest is a sha256', () => {
  const empty = digestOf(new Uint8Array());
  expect(empty).toHaveLength(32);
  expect(hexDigest(empty)).toBe(emptyHex);
  expect(formatDigest(empty)).toBe(`sha256:${emptyHex}`);
});

test('what is formatted is parsed', () => {
  const digest = digestOf(Uint8Array.of(0, 255));
  expect(parseDigest(formatDigest(digest))).toBe(digest);
});

describe('no digest', () => {
  test.each([
    '',
    emptyHex,
    `sha256:${emptyHex.toUpperCase()}`,
    `sha256:${emptyHex}0`,
    `sha256:${emptyHex.slice(1)}`,
    `sha512:${emptyHex}`,
    ` sha256:${emptyHex}`,
    `sha256:${emptyHex}\n`,
  ])('is %j', (text) => {
    expect(parseDigest(text)).toBeUndefined();
  });

  test.each([0, 31, 33])('has %i bytes', (length) => {
    expect(() => digestFromBytes(new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });
});
