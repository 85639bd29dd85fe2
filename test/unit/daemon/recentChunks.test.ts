import { expect, test } from 'vitest';
import { digestOf } from '../../../src/context/digest.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { RecentChunks } from '../../../src/daemon/recentChunks.ts';

const slabs = daemonLimits.recentBytes / daemonLimits.recentSlab;

const chunkOf = (byte: number, size: number = daemonLimits.recentSlab) => {
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

test('the oldest go when there is no room', () => {
  const recent = new RecentChunks();
  const chunks = Array.from({ length: slabs + 2 }, (_, i) => chunkOf(i));
  for (const { digest, content } of chunks) recent.add(digest, content);
  const [first, second, ...others] = chunks.map(({ digest }) => recent.take(digest)?.[0]);
  expect([first, second]).toEqual([undefined, undefined]);
  expect(others).toEqual(others.map((_, i) => i + 2));
});

test('memory is used again, and what lay there before is not taken for what lies there now', () => {
  const recent = new RecentChunks();
  const small = [1, 2, 3].map((byte) => chunkOf(byte, 100));
  for (const { digest, content } of small) recent.add(digest, content);
  expect(recent.take(small[1]!.digest)?.[0]).toBe(2);
  for (let i = 0; i < slabs; i++) {
    const { digest, content } = chunkOf(10 + i);
    recent.add(digest, content);
  }
  expect(small.map(({ digest }) => recent.take(digest))).toEqual([undefined, undefined, undefined]);
  // What was taken may come again.
  recent.add(small[1]!.digest, small[1]!.content);
  expect(recent.take(small[1]!.digest)).toEqual(small[1]!.content);
});

test('a chunk is kept once, and none that is larger than a slab', () => {
  const recent = new RecentChunks();
  const one = chunkOf(1, 10);
  for (let i = 0; i < 5; i++) recent.add(one.digest, one.content);
  const large = chunkOf(2, daemonLimits.recentSlab + 1);
  recent.add(large.digest, large.content);
  expect(recent.take(large.digest)).toBeUndefined();
  expect(recent.take(one.digest)?.[0]).toBe(1);
  expect(recent.take(one.digest)).toBeUndefined();
});
