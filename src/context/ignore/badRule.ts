import { toDisplay } from '../../base/bytes.ts';
import type { ByteString } from '../../base/bytes.ts';
import { PresyncError } from '../../base/errors.ts';
import type { Rule } from './ignoreFile.ts';

/** Characters of a rule that a message shows. */
const shownCharacters = 200;

/** The error for a rule that BuildKit refuses; `why` in its own words, so that a search finds both. */
export function badRule(fileName: string, rule: Rule, why: string, hint: string): PresyncError {
  const message = `${fileName}, line ${rule.line}: ${why}: "${shorten(rule.text)}".`;
  return new PresyncError('IGNORE_PATTERN', message, { hint, data: { line: rule.line } });
}

function shorten(text: ByteString): string {
  if (text.length <= shownCharacters) return toDisplay(text);
  return `${toDisplay(text.slice(0, shownCharacters) as ByteString)}…`;
}
