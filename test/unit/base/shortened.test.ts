import { expect, test } from 'vitest';
import { shortened } from '../../../src/base/shortened.ts';

test('a text that is short enough is left as it is', () => {
  expect(shortened('', 5)).toBe('');
  expect(shortened('abcde', 5)).toBe('abcde');
});

test('of a longer one the beginning and the end are left', () => {
  expect(shortened('abcdef', 5)).toBe('ab…ef');
  expect(shortened('abcdefg', 6)).toBe('ab…fg');
});
