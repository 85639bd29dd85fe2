/**
 * A second reading of ignore rules, to check the first by: no automaton, no expressions, no incremental states, nothing
 * imported from src. It tries every way to match, and asks every folder above a path anew.
 *
 * It knows what people write, and refuses as Unsupported what means something only by way of Go's expressions: a
 * backslash before a letter or digit, stars between brackets, named classes, `|` and `{1}` beside a wildcard. Those are
 * left to the vectors.
 */
import { posix } from 'node:path';

export class Unsupported extends Error {}
export class Malformed extends Error {}

type Token =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'any' | 'star' | 'folders' | 'rest' | 'begin' }
  | { readonly kind: 'bracket'; readonly negated: boolean; readonly ranges: readonly (readonly [number, number])[] };

interface SlowRule {
  readonly negated: boolean;
  readonly pattern: string;
  readonly tokens: readonly Token[] | undefined;
}

/** Whether a walk leaves the path out. Lines and path as text. */
export function slowlyExcludes(lines: readonly string[], path: string): boolean {
  const rules = lines.flatMap((line, index) => readRule(index === 0 ? line.replace(/^\ufeff/, '') : line));
  const names = path.split('/');
  for (let depth = 1; depth <= names.length; depth++) {
    const at = names.slice(0, depth).join('/');
    if (!verdict(rules, at).excluded) continue;
    if (depth === names.length || !mayHoldException(rules, at)) return true;
  }
  return false;
}

function readRule(line: string): SlowRule[] {
  if (line.startsWith('#') || trim(line) === '') return [];
  const read = trim(line);
  const first = read.startsWith('!') ? `!${relative(trim(read.slice(1)))}` : relative(read);
  if (trim(first) === '') return [];
  const second = clean(trim(first));
  if (second === '!') throw new Malformed(line);
  const pattern = second.replace(/^!/, '');
  return [{ negated: second !== pattern, pattern, tokens: tokenize(pattern) }];
}

const trim = (text: string) => text.replace(/^\p{White_Space}+/u, '').replace(/\p{White_Space}+$/u, '');
const clean = (path: string) => posix.normalize(path).replace(/(.)\/$/su, '$1');
const relative = (path: string) => (path === '' ? '' : clean(path).replace(/^\/(.)/su, '$1'));

/** Undefined for a pattern without anything special in it. */
function tokenize(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  // moby drops the mark when it translates the pattern, and not when it compares: the vectors know what comes of it.
  if (pattern.startsWith('\ufeff')) throw new Unsupported(pattern);
  let rest = pattern;
  let special = false;
  while (rest !== '') {
    const [token, length] = nextToken(rest, pattern);
    tokens.push(token);
    special ||= token.kind !== 'character' || /^[\\[\]]/.test(rest);
    rest = rest.slice(length);
  }
  const odd = /[|]|\{\d/.test(pattern);
  if (special && odd) throw new Unsupported(pattern);
  if (!special) return undefined;
  return tokens.map((token) => (token.kind === 'character' && token.character === '^' ? { kind: 'begin' } : token));
}

function nextToken(rest: string, pattern: string): [Token, number] {
  if (rest === '**' || rest === '**/') return [{ kind: 'rest' }, rest.length];
  if (rest.startsWith('**/')) return [{ kind: 'folders' }, 3];
  if (rest.startsWith('**')) return [{ kind: 'folders' }, 2];
  if (rest.startsWith('*')) return [{ kind: 'star' }, 1];
  if (rest.startsWith('?')) return [{ kind: 'any' }, 1];
  if (rest.startsWith('[')) return bracket(rest);
  if (rest.startsWith('\\')) {
    const escaped = [...rest][1];
    if (escaped === undefined) throw new Malformed(pattern);
    // Go escapes ASCII punctuation only. '^' is no anchor then, so it is kept apart by a bracket.
    if (!/[!-/:-@[-`{-~ ]/.test(escaped)) throw new Unsupported(pattern);
    const code = escaped.charCodeAt(0);
    return [{ kind: 'bracket', negated: false, ranges: [[code, code]] }, 2];
  }
  const [character] = [...rest];
  return [{ kind: 'character', character: character! }, character!.length];
}

function bracket(rest: string): [Token, number] {
  let at = rest[1] === '^' ? 2 : 1;
  const ranges: [number, number][] = [];
  const member = (): number => {
    if (rest[at] === '\\') at++;
    else if (rest[at] === '-' || rest[at] === ']') throw new Malformed(rest);
    const code = rest.codePointAt(at);
    if (code === undefined) throw new Malformed(rest);
    if (rest[at - 1] === '\\' && /[0-9A-Za-z\u0080-\uffff]/.test(rest[at]!)) throw new Unsupported(rest);
    if (rest[at] === '*' || rest[at] === '?') throw new Unsupported(rest);
    if (rest.startsWith('[:', at)) throw new Unsupported(rest);
    at += code > 0xffff ? 2 : 1;
    return code;
  };
  do {
    const low = member();
    if (rest[at] !== '-') ranges.push([low, low]);
    else {
      at++;
      const high = member();
      if (high < low) throw new Malformed(rest);
      ranges.push([low, high]);
    }
  } while (rest[at] !== ']');
  return [{ kind: 'bracket', negated: rest[1] === '^', ranges }, at + 1];
}

function verdict(rules: readonly SlowRule[], path: string): { excluded: boolean; matched: boolean[] } {
  const parent = posix.dirname(path);
  const above = parent === '.' ? [] : verdict(rules, parent).matched;
  let excluded = false;
  const matched = rules.map((rule, index) => {
    const matches = above[index] === true || (rule.negated === excluded && matchesItself(rule, path));
    if (matches) excluded = !rule.negated;
    return matches;
  });
  return { excluded, matched };
}

function matchesItself({ pattern, tokens }: SlowRule, path: string): boolean {
  if (tokens === undefined) return path === pattern;
  const plain = (list: readonly Token[]) => list.every(({ kind }) => kind === 'character' || kind === 'begin');
  const escaped = /[\\[\]]/.test(pattern);
  if (!escaped && pattern.startsWith('**') && (plain(tokens.slice(1)) || pattern === '**')) {
    const suffix = pattern.slice(2);
    return path.endsWith(suffix) || `/${path}` === suffix;
  }
  if (!escaped && pattern.endsWith('**') && plain(tokens.slice(0, -1))) return path.startsWith(pattern.slice(0, -2));
  return matchesFrom(tokens, 0, [...path], 0);
}

function matchesFrom(tokens: readonly Token[], t: number, path: readonly string[], p: number): boolean {
  const token = tokens[t];
  const next = path[p];
  if (token === undefined) return p === path.length;
  const goOn = (at: number) => matchesFrom(tokens, t + 1, path, at);
  switch (token.kind) {
    case 'begin':
      return p === 0 && goOn(p);
    case 'rest':
      return !path.slice(p).includes('\n') && goOn(path.length);
    case 'folders':
      return goOn(p) || path.some((c, at) => at >= p && c === '/' && !path.slice(p, at).includes('\n') && goOn(at + 1));
    case 'star': {
      const end = path.indexOf('/', p);
      const stops = (end < 0 ? path.length : end) - p;
      return Array.from({ length: stops + 1 }, (_, i) => p + i).some((at) => goOn(at));
    }
    case 'any':
      return next !== undefined && next !== '/' && goOn(p + 1);
    case 'character':
      return next === token.character && goOn(p + 1);
    case 'bracket': {
      if (next === undefined) return false;
      const code = next.codePointAt(0)!;
      return token.ranges.some(([low, high]) => low <= code && code <= high) !== token.negated && goOn(p + 1);
    }
  }
}

/** fsutil's rule: a folder is walked unless every exception is plain, but for a final star, and lies elsewhere. */
function mayHoldException(rules: readonly SlowRule[], folder: string): boolean {
  const places = rules
    .filter(({ negated }) => negated)
    .map(({ pattern }) => {
      return pattern.replace(/\/\*\*$/u, '').replace(/\/\*$/u, '');
    });
  return (
    places.some((place) => /[*?[\]^\\]/.test(place)) || places.some((place) => `${place}/`.startsWith(`${folder}/`))
  );
}
