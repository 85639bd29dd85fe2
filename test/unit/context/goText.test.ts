import { expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { fromText } from '../../../src/base/bytes.ts';
import { cleanPath, runesOf, toValidText, trimSpace, withoutByteOrderMark } from '../../../src/context/goText.ts';

test.each([
  ['ASCII', 'az', [0x61, 0x7a]],
  ['two, three and four bytes', '\xc3\xa9\xe6\x97\xa5\xf0\x9f\x90\xb3', [0xe9, 0x65e5, 0x1f433]],
  ['a continuation byte', '\x80a', [0xfffd, 0x61]],
  ['a sequence cut short', '\xe6\x97', [0xfffd, 0xfffd]],
  ['a sequence that another begins in', '\xe6\xc3\xa9', [0xfffd, 0xe9]],
  ['an overlong slash', '\xc0\xaf', [0xfffd, 0xfffd]],
  ['overlong in three and four bytes', '\xe0\x80\xaf\xf0\x80\x80\xaf', Array<number>(7).fill(0xfffd)],
  ['half a surrogate pair', '\xed\xa0\x80', [0xfffd, 0xfffd, 0xfffd]],
  ['more than U+10FFFF', '\xf4\x90\x80\x80', Array<number>(4).fill(0xfffd)],
  ['U+FFFD itself', '\xef\xbf\xbd', [0xfffd]],
  ['a byte order mark', '\xef\xbb\xbf', [0xfeff]],
])('runes of %s', (_what, bytes, runes) => {
  expect(runesOf(bytes as ByteString)).toEqual(runes);
  expect(toValidText(bytes as ByteString)).toBe(String.fromCodePoint(...runes));
});

test.each([
  [' \t\n\v\f\ra\r\n', 'a'],
  ['\u00a0\u0085\u3000a b\u2028', 'a b'],
  ['\ufeffa\u200b', '\ufeffa\u200b'],
  ['   ', ''],
  ['', ''],
])('%j without the white space around it is %j', (text, trimmed) => {
  expect(trimSpace(fromText(text))).toBe(fromText(trimmed));
});

test('a byte that only looks like the end of a space is kept', () => {
  expect(trimSpace('\xc3\xa0' as ByteString)).toBe('\xc3\xa0');
  expect(trimSpace('\xa0\x80' as ByteString)).toBe('\xa0\x80');
});

test.each([
  ['', '.'],
  ['.', '.'],
  ['./', '.'],
  ['/', '/'],
  ['//', '/'],
  ['a', 'a'],
  ['a/', 'a'],
  ['a//b/./c', 'a/b/c'],
  ['a/../b', 'b'],
  ['a/..', '.'],
  ['a/../..', '..'],
  ['../a', '../a'],
  ['../../a', '../../a'],
  ['/..', '/'],
  ['/../a', '/a'],
  ['/a/../../b', '/b'],
  ['...', '...'],
  ['a/...', 'a/...'],
])('%j is cleaned to %j', (path, clean) => {
  expect(cleanPath(fromText(path))).toBe(clean);
});

test('a byte order mark is dropped once, at the beginning', () => {
  expect(withoutByteOrderMark(fromText('\ufeff\ufeffa'))).toBe(fromText('\ufeffa'));
  expect(withoutByteOrderMark(fromText('a\ufeff'))).toBe(fromText('a\ufeff'));
});
