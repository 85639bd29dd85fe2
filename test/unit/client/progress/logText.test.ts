import { describe, expect, test } from 'vitest';
import { logText, withoutColours } from '../../../../src/client/progress/logText.ts';

const read = (text: string) => logText(new TextEncoder().encode(text));

describe('a line of output', () => {
  test.each([
    ['plain text\twith a tab', 'plain text\twith a tab'],
    ['Straße 日本語 👩‍👧', 'Straße 日本語 👩‍👧'],
    ['\x1b[32mgreen\x1b[0m', '\x1b[32mgreen\x1b[0m'],
    ['\x1b[1;38;5;9mred', '\x1b[1;38;5;9mred\x1b[0m'],
    ['\x1b[38:2::1:2:3mred\x1b[0m and more', '\x1b[38:2::1:2:3mred\x1b[0m and more\x1b[0m'],
  ])('%j is kept as %j', (text, shown) => {
    expect(read(text)).toBe(shown);
  });

  test.each([
    ['cursor movement', 'a\x1b[2J\x1b[1;1Hb'],
    ['alternate screen', 'a\x1b[?1049hb'],
    ['title', 'a\x1b]0;owned\x07b'],
    ['hyperlink', 'a\x1b]8;;https://evil.example\x1b\\b'],
    ['clipboard', 'a\x1b]52;c;cm0gLXJmIC8=\x07b'],
    ['device control', 'a\x1bP+q544e\x1b\\b'],
    ['privacy message', 'a\x1b^secret\x1b\\b'],
    ['status query', 'a\x1b[6nb'],
    ['device attributes', 'a\x1b[>cb'],
    ['character set', 'a\x1b(0b'],
    ['full reset', 'a\x1bcb'],
    ['C1 CSI', 'a\u009b31mb'],
    ['C1 OSC', 'a\u009d0;owned\u009cb'],
    ['bell and backspace', 'a\x07\x08\x7fb'],
    ['line feed and form feed', 'a\n\x0c\x0bb'],
    ['SGR with private parameters', 'a\x1b[>4;2mb'],
    ['an endless SGR', `a\x1b[${'1;'.repeat(100)}mb`],
    ['a lone ESC in front of a text', 'a\x1b\x1b[Kb'],
  ])('loses: %s', (_, text) => {
    expect(read(text)).toBe('ab');
  });

  test.each([
    ['an unfinished title hides nothing', 'a\x1b]0;b', 'a0;b'],
    ['an unfinished sequence hides nothing', 'a\x1b[1', 'a1'],
  ])('%s', (_, text, shown) => {
    expect(read(text)).toBe(shown);
  });

  test.each([
    ['10%\r55%\r100%', '100%'],
    ['windows\r', 'windows'],
    ['10%\r100%\r\r', '100%'],
    ['\r\r', ''],
  ])('%j is what was written last: %j', (text, shown) => {
    expect(read(text)).toBe(shown);
  });

  test('shows bytes that are no UTF-8 as replacement characters', () => {
    expect(logText(Uint8Array.of(0x61, 0xff, 0xc3))).toBe('a\ufffd\ufffd');
  });

  test('can lose its colours', () => {
    expect(withoutColours('\x1b[1;31mred\x1b[0m text')).toBe('red text');
  });
});
