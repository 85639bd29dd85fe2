import { expect, test } from 'vitest';
import { digestOf } from '../../../src/context/digest.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { RecentChunks } from '../../../src/daemon/recentChunks.ts';

const chunkOf = (byte: number, size = daemonLimits.recentBytes / 4) => {
  const content = new Uint8Array(size).fill(byte);
  return { digest: digestOf(content), content };
};

test('what is kept stays as it was, whatever becomes of the message that it came in', () => {
  const recent = new RecentChunks();
  const { digest, content } = chunkOf(1, 3);
  recent.add(digest, content);
  content.fill(9);
  expect(recent.take(digest)).toEqual(new Uint8Array([1, 1, 1]));
  expect(recent.take(digest)).toBeUndefined();
});

test('the oldest goes when there is no room', () => {
  const recent = new RecentChunks();
  const chunks = [1, 2, 3, 4, 5].map((byte) => chunkOf(byte));
  for (const { digest, content } of chunks) recent.add(digest, content);
  expect(chunks.map(({ digest }) => recent.take(digest)?.[0])).toEqual([undefined, 2, 3, 4, 5]);
});

test('what was taken makes room', () => {
  const recent = new RecentChunks();
  const chunks = [1, 2, 3, 4, 5].map((byte) => chunkOf(byte));
  for (const { digest, content } of chunks) {
    recent.add(digest, content);
    if (content[0] === 2) recent.take(digest);
  }
  expect(chunks.map(({ digest }) => recent.take(digest)?.[0])).toEqual([1, undefined, 3, 4, 5]);
});

test('a chunk is kept once, and none that is larger than all the room', () => {
  const recent = new RecentChunks();
  const one = chunkOf(1);
  for (let i = 0; i < 5; i++) recent.add(one.digest, one.content);
  const large = chunkOf(2, daemonLimits.recentBytes + 1);
  recent.add(large.digest, large.content);
  expect(recent.take(large.digest)).toBeUndefined();
  expect(recent.take(one.digest)?.[0]).toBe(1);
});
