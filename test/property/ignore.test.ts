import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromText, toBytes } from '../../src/base/bytes.ts';
import { PresyncError } from '../../src/base/errors.ts';
import { IgnoreRules } from '../../src/context/ignore/ignoreRules.ts';
import { parentPath, rootPath } from '../../src/context/path.ts';
import { Malformed, slowlyExcludes, Unsupported } from '../support/slowIgnore.ts';
import { paths } from '../support/trees.ts';

const full = process.env['PRESYNC_FULL'] === '1';
const seed = Number(process.env['PRESYNC_SEED']);

/** Three vocabularies: what people write, what hurts, and a few letters, so that much of it matches. */
const ordinary = [
  'a',
  'b',
  'foo',
  'bar',
  '.js',
  '.',
  '/',
  '/',
  '*',
  '**',
  '*/',
  '**/',
  '/**',
  '/*',
  '?',
  '[a-b]',
  '[^a]',
];
const hostile = [
  ...[
    '+',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '{2}',
    '^',
    '\\',
    '\\*',
    '\\[',
    '\\\\',
    '!',
    '**',
    '*',
    '|',
    '$',
    '#',
    ' ',
    '-',
  ],
  ...[
    'a',
    'A',
    'B',
    'é',
    '日',
    '🐳',
    '\u00a0',
    '\ufeff',
    '/',
    '../',
    './',
    '[!a]',
    '[à-ü]',
    '[[]',
    '[+-a]',
    '\n',
    '\t',
  ],
  ...['constructor', '__proto__', 'toString'],
];
const few = ['a', 'b', '/', '*', '**', '?'];

const names = [
  'a',
  'b',
  'ab',
  'foo',
  'bar',
  'a.js',
  '.js',
  'A',
  'é',
  '日',
  '🐳',
  '+',
  '(a)',
  '[',
  ']',
  '{2}',
  '^a',
  '\\',
  '!',
  '*',
];
const oddNames = [
  'constructor',
  '__proto__',
  'toString',
  '|',
  '$',
  '#',
  ' ',
  '-',
  'new\nline',
  '\ufeffa',
  '[!a]',
  'a|b',
];

function linesOf(words: readonly string[]): fc.Arbitrary<string[]> {
  const pattern = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const line = fc.tuple(fc.constantFrom('', '', '!'), pattern).map((parts) => parts.join(''));
  return fc.array(line, { minLength: 1, maxLength: 5 }).map((lines) => lines.join('\n').split('\n'));
}

const rules = fc.oneof(linesOf(ordinary), linesOf(hostile), linesOf(few));
const path = fc
  .array(fc.oneof(fc.constantFrom('a', 'b', 'ab'), fc.constantFrom(...names), fc.constantFrom(...names, ...oddNames)), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join('/'));

const parse = (lines: readonly string[]) => IgnoreRules.parse(toBytes(fromText(lines.join('\n'))));

/** The answer, or why there is none. */
function answer<T>(ask: () => T): T | 'malformed' | 'unsupported' {
  try {
    return ask();
  } catch (thrown) {
    if (thrown instanceof Malformed) return 'malformed';
    if (thrown instanceof Unsupported) return 'unsupported';
    if (thrown instanceof PresyncError && thrown.code === 'IGNORE_PATTERN') return 'malformed';
    throw thrown;
  }
}

describe('ignore rules', () => {
  test('exclude what a slow, independent matcher excludes', () => {
    const seen = { excluded: 0, kept: 0 };
    fc.assert(
      fc.property(rules, path, (lines, at) => {
        const expected = answer(() => slowlyExcludes(lines, at));
        const actual = answer(() => parse(lines).excludes(fromText(at)));
        // The slow matcher reads all rules at once; a malformed one may never be asked here.
        if (typeof expected !== 'boolean') return;
        expect(actual).toBe(expected);
        seen[expected ? 'excluded' : 'kept']++;
      }),
      { seed, numRuns: full ? 200_000 : 20_000 },
    );
    // The comparison is worth something only if it saw both answers often.
    expect(Math.min(seen.excluded, seen.kept)).toBeGreaterThan(full ? 20_000 : 2_000);
  });

  test('never throw anything but IGNORE_PATTERN, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), paths, (content, at) => {
        answer(() => IgnoreRules.parse(content).excludes(at));
      }),
      { seed, numRuns: full ? 50_000 : 3_000 },
    );
  });

  test('say the same step by step as at once', () => {
    fc.assert(
      fc.property(linesOf(ordinary), paths, (lines, at) => {
        const parsed = answer(() => parse(lines));
        if (!(parsed instanceof IgnoreRules)) return;
        const folders = [];
        for (let folder = at; folder !== rootPath; folder = parentPath(folder)) folders.unshift(folder);
        let state = parsed.root;
        let pruned = false;
        for (const folder of folders) {
          const verdict = parsed.judge(folder, state);
          expect(parsed.excludes(folder)).toBe(pruned || verdict.excluded);
          expect(verdict.prune && !verdict.excluded).toBe(false);
          pruned ||= verdict.prune;
          state = verdict.state;
        }
      }),
      { seed, numRuns: full ? 20_000 : 2_000 },
    );
  });
});

describe('the time that rules take', () => {
  const within = (ms: number, run: () => void) => {
    const start = performance.now();
    run();
    expect(performance.now() - start).toBeLessThan(ms);
  };

  test.each([
    ['many stars', ['*a'.repeat(5000) + 'b'], 'a'.repeat(255)],
    ['many double stars', ['**/a/'.repeat(500) + 'b'], 'a/'.repeat(1000) + 'a'],
    ['stars between brackets', ['x[*]'.repeat(500)], 'x' + '^'.repeat(250)],
    ['counted repetitions', ['[a]{0,1000}'.repeat(20) + 'b'], 'a'.repeat(255)],
    ['a long pattern', ['?'.repeat(60_000)], 'a'.repeat(255)],
    ['white space', [`a${' '.repeat(60_000)}b`], 'a'],
    ['many folders', ['*', `!${'a/'.repeat(30_000)}b`], 'a/'.repeat(1000) + 'b'],
  ])('does not explode for %s', (_what, lines, at) => {
    within(5_000, () => parse(lines).excludes(fromText(at)));
  });

  test('grows with their number, not with its square', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `${i % 7 ? '' : '!'}dir${i}/**/file-*${i}.txt`);
    within(20_000, () => parse(lines).excludes(fromText('some/where/a.txt')));
  });
});
