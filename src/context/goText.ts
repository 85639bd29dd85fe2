/**
 * Bytes as Go's standard library reads them.
 *
 * BuildKit is written in Go, and what an ignore file or a Dockerfile means is settled by how Go decodes UTF-8, what it
 * takes for white space and how it cleans a path. JavaScript differs in each of the three.
 */
import type { ByteString } from '../base/bytes.ts';

/** U+FFFD: what Go reads for a byte that is no part of valid UTF-8. */
export const invalidRune = 0xfffd;

/** The code points of UTF-8 bytes, each invalid byte by itself as `invalidRune` (unicode/utf8.DecodeRune). */
export function runesOf(value: ByteString): number[] {
  const runes: number[] = [];
  for (let at = 0; at < value.length;) {
    const lead = value.charCodeAt(at);
    const length = sequenceLength(lead);
    const rune = length === 1 ? lead : decodeSequence(value, at, length);
    const valid = rune !== undefined && (length > 1 || lead < 0x80);
    runes.push(valid ? rune : invalidRune);
    at += valid ? length : 1;
  }
  return runes;
}

/** Bytes as text, each invalid byte as U+FFFD: what becomes of a string on its way through Go's encoding/json. */
export function toValidText(value: ByteString): string {
  let text = '';
  for (const rune of runesOf(value)) text += String.fromCodePoint(rune);
  return text;
}

/** How many bytes the sequence has that begins with `lead`; 1 for a byte that begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function decodeSequence(value: ByteString, at: number, length: number): number | undefined {
  if (at + length > value.length) return undefined;
  let rune = value.charCodeAt(at) & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = value.charCodeAt(at + i);
    if ((byte & 0xc0) !== 0x80) return undefined;
    rune = (rune << 6) | (byte & 0x3f);
  }
  const overlong = (length === 3 && rune < 0x800) || (length === 4 && rune < 0x10000);
  const surrogate = rune >= 0xd800 && rune <= 0xdfff;
  return overlong || surrogate || rune > 0x10ffff ? undefined : rune;
}

/** UTF-8's byte order mark, which BuildKit drops at the beginning of a file. */
export function withoutByteOrderMark(content: ByteString): ByteString {
  return (content.startsWith('\xef\xbb\xbf') ? content.slice(3) : content) as ByteString;
}

/** unicode.IsSpace, as UTF-8. Not JavaScript's `\s`: U+FEFF is no space here, U+0085 is one. */
const spaces = new Set<string>([
  ...'\t\n\v\f\r ',
  ...['\xc2\x85', '\xc2\xa0', '\xe1\x9a\x80', '\xe2\x80\xa8', '\xe2\x80\xa9', '\xe2\x80\xaf', '\xe2\x81\x9f'],
  ...['\xe3\x80\x80', ...Array.from({ length: 11 }, (_, i) => `\xe2\x80${String.fromCharCode(0x80 + i)}`)],
]);

/** strings.TrimSpace. */
export function trimSpace(value: ByteString): ByteString {
  let end = value.length;
  for (let size = spaceBefore(value, end); size > 0; size = spaceBefore(value, end)) end -= size;
  return trimLeftSpace(value.slice(0, end) as ByteString);
}

/** strings.TrimLeftFunc with unicode.IsSpace. */
export function trimLeftSpace(value: ByteString): ByteString {
  let start = 0;
  for (let size = spaceAt(value, start); size > 0; size = spaceAt(value, start)) start += size;
  return value.slice(start) as ByteString;
}

/** Bytes of the white space that begins at `at`; 0 when there is none. */
function spaceAt(value: ByteString, at: number): number {
  return [1, 2, 3].find((size) => spaces.has(value.slice(at, at + size))) ?? 0;
}

function spaceBefore(value: ByteString, end: number): number {
  return [1, 2, 3].find((size) => size <= end && spaces.has(value.slice(end - size, end))) ?? 0;
}

/** path.Clean: the shortest path of the same meaning, by its text alone; '.' for an empty one. */
export function cleanPath(path: ByteString): ByteString {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  const clean = (rooted ? '/' : '') + kept.join('/');
  return (clean === '' ? '.' : clean) as ByteString;
}
