import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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
