import { describe, expect, test } from 'vitest';
import { ignoreLine, lineOfRule, missingLines } from '../../../../src/extension/editor/ignoreLines.ts';

describe('the rule for a path', () => {
  test.each(['node_modules', 'packages/app/dist', 'a b.txt', 'a$(x)+', 'a{b}^c|d', 'ünïcode', '.env'])(
    'is the path: %s',
    (path) => {
      expect(ignoreLine(path)).toBe(path);
    },
  );

  test.each([
    ['a*b|c{1}', 'a\\*b\\|c\\{1\\}'],
    ['pages/[id].tsx', 'pages/\\[id\\].tsx'],
    ['a\\b', 'a\\\\b'],
    ['what?', 'what\\?'],
    ['#notes', '\\#notes'],
    ['!important', '\\!important'],
    [' padded ', '[ ]padded[ ]'],
    ['a/#b', 'a/#b'],
  ])('of special characters is escaped: %s', (path, line) => {
    expect(ignoreLine(path)).toBe(line);
  });

  test.each(['a\\u{202e}b', 'a\\xff', ''])('is none where characters are not shown: %j', (path) => {
    expect(ignoreLine(path)).toBeUndefined();
  });
});

describe('what is missing from an ignore file', () => {
  test.each([
    ['', 'a\n'],
    ['x\n', 'a\n'],
    ['x', '\na\n'],
    ['x\r\n', 'a\r\n'],
    ['x\r\ny', '\r\na\r\n'],
  ])('of %j has its line ends: %j', (text, added) => {
    expect(missingLines(text, ['a'])).toBe(added);
  });

  test.each(['a', 'a\n', '\r\n  a \r\nb', '/a\n', 'a/\n', '!a\na\n'])('is nothing of %j', (text) => {
    expect(missingLines(text, ['a'])).toBe('');
  });

  test('is a rule that an exception takes back', () => {
    expect(missingLines('a\n!a/keep\n', ['a'])).toBe('a\n');
  });

  test('is each rule once', () => {
    expect(missingLines('b\n', ['a', 'b', 'c', 'a'])).toBe('a\nc\n');
  });

  test('is not a rule that only begins or ends alike, or a comment', () => {
    expect(missingLines('ab\nba\n#a\n', ['a'])).toBe('a\n');
  });
});

test('a rule is found by its line', () => {
  expect(lineOfRule('node_modules (line 12)')).toBe(12);
  expect(lineOfRule('a (line 3) (line 4)')).toBe(4);
  expect(lineOfRule('a (line 3) b')).toBeUndefined();
  expect(lineOfRule('')).toBeUndefined();
});
