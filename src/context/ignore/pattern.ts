/**
 * What a pattern of an ignore file matches, by the rules of moby/patternmatcher.
 *
 * moby defines a pattern by translation: unless the pattern is plain text, or text before or behind one `**`, it
 * becomes a Go regular expression over the whole path, and whatever that expression means is what the pattern means.
 * So the same two steps are taken here: `translate`, then `parseRegexp` for the few constructs that can come out of it.
 */
import type { ByteString } from '../../base/bytes.ts';
import { fromText } from '../../base/bytes.ts';
import { Automaton } from './automaton.ts';
import { parseRegexp } from './goRegexp.ts';

/** Whether a path, by itself and without regard to its parents, is matched. */
export type PathTest = (path: ByteString) => boolean;

/** The test of a clean pattern. SyntaxError when the translation is no regular expression, as for `[z-a]`. */
export function compilePattern(pattern: string): PathTest {
  const bytes = fromText(pattern);
  const { form, source } = translate(pattern);
  switch (form) {
    case 'exact':
      return (path) => path === bytes;
    case 'prefix':
      return startsWith(bytes.slice(0, -2));
    case 'suffix':
      return endsWith(bytes.slice(2));
    case 'regexp': {
      const alternatives = parseRegexp(source).map((steps) => new Automaton(steps));
      return (path) => alternatives.some((automaton) => automaton.test(path));
    }
  }
}

function startsWith(prefix: string): PathTest {
  return (path) => path.startsWith(prefix);
}

/** `**` and a text: any path that ends so; `**` `/name` is `name` at the root as well. */
function endsWith(suffix: string): PathTest {
  const atRoot = suffix.startsWith('/') ? suffix.slice(1) : undefined;
  return (path) => path.endsWith(suffix) || path === atRoot;
}

interface Translation {
  readonly form: 'exact' | 'prefix' | 'suffix' | 'regexp';
  /** The Go regular expression; of use for 'regexp' only. */
  readonly source: string;
}

/** `**` with a following slash, an escaped character, or one character. */
const tokens = /\*\*\/?|\\.|./gsu;

/**
 * moby escapes less than it means to, and all of that is kept. Brackets pass through unread, so what stands between
 * them is translated too: `[*]` becomes `[[^/]*]`. `^`, `|`, `{` and `}` (above 63, out of its table) are not escaped,
 * and count as soon as the pattern is an expression at all: `a|b` is a name, `a|b*` is `a…` or `…b…`.
 */
function translate(pattern: string): Translation {
  // Go's text/scanner, which moby reads the pattern with, drops a byte order mark.
  const list = pattern.replace(/^\ufeff/, '').match(tokens) ?? [];
  let form: Translation['form'] = 'exact';
  let source = '^';
  for (const [index, token] of list.entries()) {
    const last = index === list.length - 1;
    if (token.startsWith('**')) {
      source += last ? '.*' : '(.*/)?';
      form = index === 0 ? 'suffix' : last && form === 'exact' ? 'prefix' : 'regexp';
    } else if (/^[.+()$]$/.test(token)) {
      source += `\\${token}`;
    } else {
      source += wildcards[token] ?? token;
      if (/^[*?[\]\\]/.test(token)) form = 'regexp';
    }
  }
  return { form, source: `${source}$` };
}

const wildcards: Readonly<Record<string, string>> = { '*': '[^/]*', '?': '[^/]' };
