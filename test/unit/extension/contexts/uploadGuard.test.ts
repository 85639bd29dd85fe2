import { expect, test } from 'vitest';
import { agreed, concernsOf, largeEntries } from '../../../../src/extension/contexts/uploadGuard.ts';
import type { Survey } from '../../../../src/extension/link/workerApi.ts';

const nothing = { bytes: 0, secrets: [] };
const survey = (bytes: number, secrets: string[] = []): Survey => ({
  snapshot: '',
  files: 1,
  bytes,
  largest: [],
  secrets,
});

test.each([
  [99_999_999, 'fine'],
  [100_000_000, 'warn'],
  [499_999_999, 'warn'],
  [500_000_000, 'ask'],
])('%d bytes: %s', (bytes, size) => {
  expect(concernsOf(survey(bytes), nothing).size).toBe(size);
});

test('what was agreed to is not asked again, until it has grown by half', () => {
  const answered = agreed(survey(600e6, ['.env']), nothing);
  expect(concernsOf(survey(900e6, ['.env']), answered)).toEqual({ size: 'fine', secrets: [] });
  expect(concernsOf(survey(900e6 + 1, ['.env', 'id_rsa']), answered)).toEqual({ size: 'ask', secrets: ['id_rsa'] });
});

test('a smaller context later does not make the older answer smaller', () => {
  const answered = agreed(survey(10), agreed(survey(600e6), nothing));
  expect(concernsOf(survey(900e6), answered).size).toBe('fine');
});

test('a context is large by what has a tenth of it or more, and the Dockerfile stays where it is', () => {
  const sizes = { data: 85, Dockerfile: 12, lib: 10, 'a.txt': 9 };
  const largest = Object.entries(sizes).map(([path, bytes]) => ({ path, bytes }));
  const source = { folder: '/ws', dockerfile: '/ws/Dockerfile' };
  expect(largeEntries(source, { ...survey(100), largest })).toEqual(['data', 'lib']);
});
