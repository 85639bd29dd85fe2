import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { looksShrinkable } from '../../../src/transfer/probe.ts';

const source = readFileSync(new URL(import.meta.url));
const json = Buffer.from(JSON.stringify(Array.from({ length: 2000 }, (_, i) => ({ id: i, name: `item ${i}` }))));

test.each([
  ['source', source],
  ['JSON', json],
  ['base64', Buffer.from(randomBytes(6000).toString('base64'))],
  ['zeros', Buffer.alloc(10_000)],
  ['a few bytes', randomBytes(100)],
  ['nothing', Buffer.alloc(0)],
])('%s is packed', (_what, bytes) => {
  expect(looksShrinkable(bytes)).toBe(true);
});

test.each([
  ['noise', randomBytes(16_384)],
  ['a little noise', randomBytes(600)],
  ['an archive', gzipSync(Buffer.from(randomBytes(40_000).toString('hex')))],
  ['noise behind a header', Buffer.concat([Buffer.alloc(300), randomBytes(20_000)])],
])('%s is not', (_what, bytes) => {
  expect(looksShrinkable(bytes)).toBe(false);
});

test('what is packed does shrink, and what is not does not', () => {
  for (const bytes of [source, json]) expect(deflateRawSync(bytes).length).toBeLessThan(bytes.length * 0.7);
  const noise = randomBytes(16_384);
  expect(deflateRawSync(noise).length).toBeGreaterThan(noise.length * 0.99);
});
