import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digestOf } from '../../../src/context/digest.ts';
import { KeptContents } from '../../../src/workspace/keptContents.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const one = Buffer.from('one');

test('a content is kept as it was, for one taker', () => {
  const kept = new KeptContents();
  const buffer = Buffer.from(one);
  kept.add(digestOf(one), buffer);
  buffer.fill(0);
  expect(kept.take(digestOf(one))).toEqual(one);
  expect(kept.take(digestOf(one))).toBeUndefined();
});

test('contents of all sizes lie side by side', () => {
  const kept = new KeptContents();
  const contents = [1, workspaceLimits.keptSlab - 1, 3, workspaceLimits.keptSlab + 1, 0, 5].map((size, i) =>
    Buffer.alloc(size, i + 1),
  );
  for (const content of contents) kept.add(digestOf(content), content);
  for (const content of contents) expect(Buffer.from(kept.take(digestOf(content))!).equals(content)).toBe(true);
});

test('what there is no room for is left out', () => {
  const kept = new KeptContents();
  const size = workspaceLimits.keptBytes / 4;
  const contents = [1, 2, 3, 4, 5].map((byte) => Buffer.alloc(size, byte));
  for (const content of contents) kept.add(digestOf(content), content);
  kept.add(digestOf(one), one);
  expect(contents.map((content) => kept.take(digestOf(content))?.[0])).toEqual([1, 2, 3, 4, undefined]);
  expect(kept.take(digestOf(one))).toBeUndefined();
  kept.clear();
  kept.add(digestOf(one), one);
  expect(kept.take(digestOf(one))).toEqual(one);
});

test('what nobody has asked for is let go of', () => {
  const kept = new KeptContents();
  kept.add(digestOf(one), one);
  vi.advanceTimersByTime(workspaceLimits.keptMs);
  expect(kept.take(digestOf(one))).toBeUndefined();
});

describe('who follows', () => {
  const { followedSlice, followedBytes, followedWait } = workspaceLimits;
  const large = (byte: number, size = followedSlice) => Buffer.alloc(size, byte);
  const chunk = (bytes: Uint8Array) => ({ digest: digestOf(bytes), size: bytes.length });
  const lend = (kept: KeptContents, bytes: Buffer) => kept.lend([chunk(bytes)], bytes, () => {});

  test('is told of what is there and of what comes, and is lent what others are not', () => {
    const kept = new KeptContents();
    const two = large(2);
    lend(kept, two);
    kept.add(digestOf(one), one);
    const told: number[] = [];
    const following = kept.follow((_, size) => told.push(size));
    lend(kept, two);
    following.dispose();
    lend(kept, large(3));
    expect(told).toEqual([one.length, two.length]);
    expect(kept.take(digestOf(two))?.buffer).toBe(two.buffer);
    expect(kept.take(digestOf(large(3)))).toBeUndefined();
  });

  test('gives back what it was lent when nothing of it is needed any more, and not before', () => {
    const kept = new KeptContents();
    kept.follow(() => {});
    kept.add(digestOf(one), one);
    const parts = [large(1, 10), one, large(2, 20)];
    let spent = 0;
    kept.lend(parts.map(chunk), Buffer.concat(parts), () => spent++);
    const taken = [parts[0]!, parts[2]!].map((part) => kept.take(digestOf(part))!);
    expect(taken.map((content) => Buffer.from(content))).toEqual([parts[0], parts[2]]);
    kept.spent(kept.take(digestOf(one))!);
    kept.spent(taken[1]!);
    expect(spent).toBe(0);
    kept.spent(taken[0]!);
    expect(spent).toBe(1);
  });

  test('is waited for while there is much to take, but not for ever', async () => {
    vi.useRealTimers();
    const kept = new KeptContents();
    kept.follow(() => {});
    const contents = Array.from({ length: followedBytes / followedSlice + 1 }, (_, i) => large(i));
    for (const content of contents) lend(kept, content);
    let paced = false;
    const pace = kept.pace().then(() => (paced = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(paced).toBe(false);
    kept.take(digestOf(contents[0]!));
    await pace;
    expect(kept.followed).toBe(true);
    lend(kept, contents[0]!);
    const since = performance.now();
    await kept.pace();
    expect(performance.now() - since).toBeGreaterThan(followedWait * 0.9);
    expect(kept.followed).toBe(false);
  });
});
