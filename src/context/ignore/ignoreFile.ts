/**
 * The lines of an ignore file, as BuildKit reads them (moby/patternmatcher, ignorefile.ReadAll): a byte order mark on
 * the first line is dropped; a line that *begins* with '#' is a comment; white space around a line goes, empty lines
 * too; a '!' is set aside, white space behind it goes; the rest is cleaned as a path and loses one leading '/'.
 */
import type { ByteString } from '../../base/bytes.ts';
import { fromBytes } from '../../base/bytes.ts';
import { cleanPath, trimSpace, withoutByteOrderMark } from '../goText.ts';
import { badRule } from './badRule.ts';
import { ignoreLimits } from './limits.ts';

/** A line of an ignore file that is neither empty nor a comment. */
export interface Rule {
  /** Line number, from 1. */
  readonly line: number;
  /** As the user wrote it, without the white space around it. */
  readonly text: ByteString;
}

export interface RuleLine extends Rule {
  /** What is left for the matcher. */
  readonly pattern: ByteString;
}

/** The rules of an ignore file in order. IGNORE_PATTERN for a line that BuildKit would refuse to read or to send. */
export function readIgnoreFile(content: Uint8Array, fileName: string): RuleLine[] {
  const rules: RuleLine[] = [];
  for (const [index, line] of (fromBytes(content).split('\n') as ByteString[]).entries()) {
    const written = index === 0 ? withoutByteOrderMark(line) : line;
    const rule: Rule = { line: index + 1, text: trimSpace(written) };
    if (line.length > ignoreLimits.lineBytes) throw badRule(fileName, rule, 'token too long', hints.long);
    if (written.startsWith('#') || rule.text === '') continue;
    if (written.includes('\0')) throw badRule(fileName, rule, 'NUL in a pattern', hints.nul);
    rules.push({ ...rule, pattern: cleanPattern(rule.text) });
  }
  return rules;
}

const hints = {
  long: 'Split or delete that line.',
  // In UTF-16 no rule would match anything, and all that was to be left out would be sent.
  nul: 'Save the file as UTF-8: it looks like UTF-16.',
} as const;

function cleanPattern(text: ByteString): ByteString {
  if (!text.startsWith('!')) return relative(text);
  const excepted = trimSpace(text.slice(1) as ByteString);
  return `!${excepted === '' ? '' : relative(excepted)}` as ByteString;
}

function relative(pattern: ByteString): ByteString {
  const clean = cleanPath(pattern);
  return clean.length > 1 && clean.startsWith('/') ? (clean.slice(1) as ByteString) : clean;
}
