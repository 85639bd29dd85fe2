/**
 * Which frontend a build file asks for: `# syntax=IMAGE` in its first lines, by the rules of BuildKit's
 * parser.DetectSyntax. Behind a byte order mark and a first line that begins with `#!`, the file is read three times:
 * for directives behind `#`, for directives behind `//`, and as JSON with a member "syntax".
 *
 * Directives are lines in a row of the form `# NAME = VALUE` with a known name, each but once; the first other line ends
 * them. Older engines know less: 20.10 reads `#` only and no `#!`, and a byte order mark hides the directive from 26.
 */
import type { ByteString } from '../base/bytes.ts';
import { fromBytes } from '../base/bytes.ts';
import { toValidText, trimLeftSpace, withoutByteOrderMark } from './goText.ts';

const knownDirectives: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

/** A line behind its comment sign. `\s` of Go: no other white space. The value still has white space around it. */
const directive = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=(.+)$/s;

/** The image of the frontend that a build file names, or undefined when the engine's own is to read it. */
export function syntaxDirective(content: Uint8Array): string | undefined {
  const body = withoutShebang(withoutByteOrderMark(fromBytes(content)));
  const value = directiveValue(body, '#') ?? directiveValue(body, '//') ?? jsonValue(body);
  const image = value?.split(' ', 1)[0];
  return image === '' ? undefined : image;
}

function withoutShebang(content: ByteString): ByteString {
  if (!content.startsWith('#!')) return content;
  const end = content.indexOf('\n');
  return (end < 0 ? '' : content.slice(end + 1)) as ByteString;
}

function directiveValue(content: ByteString, sign: string): string | undefined {
  const seen = new Set<string>();
  for (const line of content.split('\n')) {
    if (!line.startsWith(sign)) return undefined;
    const [, written, value] = directive.exec(trimLeftSpace(line.slice(sign.length) as ByteString)) ?? [];
    const name = written?.toLowerCase();
    if (name === undefined || !knownDirectives.has(name) || seen.has(name)) return undefined;
    const text = trimAscii(value!);
    if (text === '') return undefined;
    if (name === 'syntax') return toValidText(text);
    seen.add(name);
  }
  return undefined;
}

/** Without the white space around it, in time proportional to its length. */
function trimAscii(value: string): ByteString {
  const isSpace = (at: number) => '\t\n\f\r '.includes(value.charAt(at));
  let start = 0;
  let end = value.length;
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  return value.slice(start, end) as ByteString;
}

function jsonValue(content: ByteString): string | undefined {
  if (!content.trimStart().startsWith('{')) return undefined;
  try {
    const { syntax } = JSON.parse(toValidText(content)) as { readonly syntax?: unknown };
    return typeof syntax === 'string' ? syntax : undefined;
  } catch {
    return undefined;
  }
}
