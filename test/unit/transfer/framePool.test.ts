import { expect, test } from 'vitest';
import { limits } from '../../../src/protocol/limits.ts';
import { FramePool } from '../../../src/transfer/framePool.ts';

const { leastPooledFrame, pooledFrame, spareFrames } = limits;

test('memory that was given back is used again, by one frame at a time', () => {
  const pool = new FramePool();
  const first = pool.take(pooledFrame);
  pool.giveBack(first);
  const second = pool.take(leastPooledFrame);
  expect(second.length).toBe(leastPooledFrame);
  expect(second.buffer).toBe(first.buffer);
  expect(pool.take(leastPooledFrame).buffer).not.toBe(first.buffer);
});

test('frames of other sizes have memory of their own, which is never taken for another', () => {
  const pool = new FramePool();
  for (const length of [0, leastPooledFrame - 1, pooledFrame + 1]) {
    const frame = pool.take(length);
    expect([frame.length, frame.buffer.byteLength]).toEqual([length, length]);
    pool.giveBack(frame);
    pool.giveBack(Buffer.from('a control frame'));
    expect(pool.take(pooledFrame).buffer).not.toBe(frame.buffer);
  }
});

test('no more is kept than may be under way, and nothing when nothing is', () => {
  const pool = new FramePool();
  const frames = Array.from({ length: spareFrames + 2 }, () => pool.take(pooledFrame));
  for (const frame of frames) pool.giveBack(frame);
  const again = () => frames.map(() => pool.take(pooledFrame).buffer).filter((b) => frames.some((f) => f.buffer === b));
  expect(again()).toHaveLength(spareFrames);
  for (const frame of frames) pool.giveBack(frame);
  pool.clear();
  expect(again()).toHaveLength(0);
});
