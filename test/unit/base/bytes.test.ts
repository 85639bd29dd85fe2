import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { escapeControls, fromBytes, fromText, toBytes, toDisplay, toText } from '../../../src/base/bytes.ts';

describe('byte strings', () => {
  test('hold a text as its UTF-8 bytes', () => {
    expect(fromText('aü')).toBe('a\xc3\xbc');
    expect([...toBytes(fromText('日'))]).toEqual([0xe6, 0x97, 0xa5]);
    expect(toText(fromText('🐳'))).toBe('🐳');
  });

  test('longer than the stack is deep', () => {
    const bytes = new Uint8Array(1_000_000).map((_, i) => i % 256);
    expect(toBytes(fromBytes(bytes))).toEqual(bytes);
  });

  test('that are not UTF-8 have no text', () => {
    expect(toText('\xff' as ByteString)).toBeUndefined();
    expect(toText('\xed\xa0\x80' as ByteString)).toBeUndefined();
  });

  test('keep a byte order mark in their text', () => {
    expect(toText('\xef\xbb\xbfx' as ByteString)).toBe('\ufeffx');
  });
});

describe('what people see', () => {
  test('is the text, or the bytes that are none', () => {
    expect(toDisplay(fromText('grüße'))).toBe('grüße');
    expect(toDisplay('gr\xfc' as ByteString)).toBe('gr\\xfc');
  });

  test.each([
    ['a new line', 'a\nb', 'a\\u{a}b'],
    ['an escape sequence', '\x1b[31m', '\\u{1b}[31m'],
    ['an override of direction', 'exe.\u202egnp', 'exe.\\u{202e}gnp'],
    ['an isolate', '\u2066', '\\u{2066}'],
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a soft hyphen', 'a\u00adb', 'a\\u{ad}b'],
    ['a tag character', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a line separator', '\u2028', '\\u{2028}'],
    ['half a surrogate pair', '\ud83d', '\\u{d83d}'],
  ])('has %s escaped', (_what, text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });
});
