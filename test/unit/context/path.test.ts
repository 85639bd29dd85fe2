import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { fromText } from '../../../src/base/bytes.ts';
import type { Path } from '../../../src/context/path.ts';
import {
  baseName,
  checkPath,
  comparePaths,
  isWithin,
  joinPath,
  parentPath,
  pathProblem,
  rootPath,
  splitPath,
} from '../../../src/context/path.ts';

const path = (text: string): Path => fromText(text);

test('paths are joined and taken apart', () => {
  expect(joinPath(rootPath, path('a'))).toBe('a');
  expect(joinPath(path('a/b'), path('c'))).toBe('a/b/c');
  expect([baseName(path('a/b/c')), parentPath(path('a/b/c'))]).toEqual(['c', 'a/b']);
  expect([baseName(path('a')), parentPath(path('a')), parentPath(rootPath)]).toEqual(['a', '', '']);
  expect([splitPath(rootPath), splitPath(path('a/b'))]).toEqual([[], ['a', 'b']]);
});

test.each([
  ['a/b', '', true],
  ['a/b', 'a', true],
  ['a/b', 'a/b', true],
  ['ab', 'a', false],
  ['a!b', 'a', false],
  ['a', 'a/b', false],
  ['', 'a', false],
])('%j lies within %j: %j', (inner, outer, within) => {
  expect(isWithin(path(inner), path(outer))).toBe(within);
});

test('the order is that of a walk: what is in a folder comes before what only begins like it', () => {
  const ordered = ['a', 'a/b', 'a/b/x', 'a/b!', 'a!', 'a-', 'a.txt', 'a0', 'ab', 'b', 'ä', '日'].map(path);
  expect([...ordered].reverse().sort(comparePaths)).toEqual(ordered);
  expect(comparePaths(path('a/b'), path('a/b'))).toBe(0);
});

describe('a path from outside', () => {
  test.each(['a', 'a/b', '.a', '..a', 'a..', '...', ' ', '-rf', 'a\\b', 'new\nline', 'x'.repeat(255)])(
    'may be %j',
    (text) => {
      expect(checkPath(path(text))).toBe(text);
    },
  );

  test('may hold any other byte', () => {
    expect(pathProblem('\xff\x01' as ByteString)).toBeUndefined();
  });

  test.each([
    ['', 'is empty'],
    ['/', 'is not a clean relative path'],
    ['/etc/passwd', 'is not a clean relative path'],
    ['a/', 'is not a clean relative path'],
    ['a//b', 'is not a clean relative path'],
    ['.', 'is not a clean relative path'],
    ['./a', 'is not a clean relative path'],
    ['..', 'is not a clean relative path'],
    ['a/../b', 'is not a clean relative path'],
    ['a/..', 'is not a clean relative path'],
    ['a\0b', 'contains a NUL'],
    ['x'.repeat(256), 'has a name longer than 255 bytes'],
    ['ä'.repeat(128), 'has a name longer than 255 bytes'],
    [`${'x/'.repeat(1024)}x`, 'is deeper than 1024 folders'],
    [`${'xxx/'.repeat(1023)}xxxx`, 'is longer than 4095 bytes'],
  ])('may not be %j', (text, problem) => {
    expect(pathProblem(path(text))).toBe(problem);
    expect(() => checkPath(path(text))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });

  test('is shown without its control characters when it is refused', () => {
    expect(() => checkPath(path('/\x1b[2J'))).toThrow('"/\\u{1b}[2J"');
  });
});
