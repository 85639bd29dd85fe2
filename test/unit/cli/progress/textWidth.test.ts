import { describe, expect, test } from 'vitest';
import { textWidth, truncate } from '../../../../src/cli/progress/textWidth.ts';

describe('width of text', () => {
  test.each([
    ['plain', 5],
    ['', 0],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['한글', 4],
    ['カナ', 4],
    ['ｶﾅ', 2],
    ['Ａ！', 4],
    ['「」', 4],
    ['👍', 2],
    ['👩‍👧', 4],
    // A mark above, and one that takes its own column, on a space.
    [' \u1ab0\u{11000}', 2],
    ['🇨🇭', 2],
    ['❤\ufe0f', 2],
    ['a\u200bb', 2],
    ['Привет', 6],
    ['—…', 2],
  ])('%j takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test.each([
    ['short', 5, 'short'],
    ['longer', 5, 'lo...'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日...'],
    ['日本語', 4, '...'],
    ['👩‍👧👩‍👧👩‍👧', 7, '👩‍👧...'],
    ['abc', 2, '..'],
    ['abc', 0, ''],
  ])('%j in %d columns is %j', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });
});
