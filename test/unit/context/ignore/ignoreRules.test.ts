import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../../../src/base/bytes.ts';
import { fromText, toBytes } from '../../../../src/base/bytes.ts';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { IgnoreState, Verdict } from '../../../../src/context/ignore/ignoreRules.ts';
import { IgnoreRules } from '../../../../src/context/ignore/ignoreRules.ts';
import { parentPath, rootPath } from '../../../../src/context/path.ts';
import { refused, refusedLate, vectors } from './vectors.ts';

const parse = (...lines: readonly string[]) => IgnoreRules.parse(toBytes(fromText(lines.join('\n'))));

/** The verdict of a walk that skips nothing. */
function judge(rules: IgnoreRules, text: string): Verdict {
  const path = fromText(text);
  const parent = parentPath(path);
  const state: IgnoreState = parent === rootPath ? rules.root : judge(rules, parent).state;
  return rules.judge(path, state);
}

function thrownBy(run: () => unknown): PresyncError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof PresyncError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe.each(Object.entries(vectors))('%s', (_kind, list) => {
  test.each(list.map((vector) => [vector.rules, vector] as const))('%j', (lines, { excluded, kept }) => {
    const rules = parse(...lines);
    const of = (paths: readonly string[]) =>
      Object.fromEntries(paths.map((path) => [path, rules.excludes(fromText(path))]));
    expect(of(excluded)).toEqual(Object.fromEntries(excluded.map((path) => [path, true])));
    expect(of(kept)).toEqual(Object.fromEntries(kept.map((path) => [path, false])));
  });
});

describe('bytes that are not UTF-8', () => {
  const bytes = (text: string) => text as ByteString;
  const rules = (text: string) => IgnoreRules.parse(toBytes(bytes(text)));

  test('count as one character each', () => {
    expect(rules('?').excludes(bytes('\xff'))).toBe(true);
    expect(rules('?').excludes(bytes('\xe6\x97'))).toBe(false);
    expect(rules('??').excludes(bytes('\xe6\x97'))).toBe(true);
    expect(rules('[^a]').excludes(bytes('\xff'))).toBe(true);
  });

  test('are no character in a name that a rule spells out, since the rule travels as text', () => {
    expect(rules('a\xff').excludes(bytes('a\xff'))).toBe(false);
    expect(rules('a\xff').excludes(fromText('a\ufffd'))).toBe(true);
  });

  test('are U+FFFD in an expression', () => {
    expect(rules('a\xff*').excludes(bytes('a\xfe'))).toBe(true);
    expect(rules('[\xff]').excludes(bytes('\xfe'))).toBe(true);
  });

  test('pass a suffix by', () => {
    expect(rules('**/x').excludes(bytes('\xff/x'))).toBe(true);
  });
});

describe('a rule that BuildKit refuses', () => {
  test.each(refused.map(([lines, line, why]) => [lines.map((text) => text.slice(0, 20)), lines, line, why] as const))(
    'when it reads it: %j',
    (_shown, lines, line, why) => {
      const error = thrownBy(() => parse(...lines));
      expect(error).toMatchObject({ code: 'IGNORE_PATTERN', data: { line } });
      expect(error.message).toContain(`.dockerignore, line ${line}: ${why}`);
      expect(error.message.length).toBeLessThan(400);
      expect(error.hint).toMatch(/\w/);
    },
  );

  test.each(refusedLate.map(([lines, ...paths]) => [lines.map((text) => text.slice(0, 20)), lines, ...paths] as const))(
    'when it asks it: %j',
    (_shown, lines, asked, notAsked) => {
      const rules = parse(...lines);
      if (notAsked !== undefined) expect(() => rules.excludes(fromText(notAsked))).not.toThrow();
      for (let i = 0; i < 2; i++) {
        expect(thrownBy(() => rules.excludes(fromText(asked))).code).toBe('IGNORE_PATTERN');
      }
    },
  );

  test('is named with its file, and cannot write to a terminal', () => {
    const error = thrownBy(() => IgnoreRules.parse(toBytes(fromText('ok\n\x1b[2J[')), 'app.Dockerfile.dockerignore'));
    expect(error.message).toBe('app.Dockerfile.dockerignore, line 2: syntax error in pattern: "\\u{1b}[2J[".');
  });
});

test('a line of 65535 bytes is read, with and without a line feed', () => {
  const long = 'a'.repeat(65535);
  expect(() => parse(long)).not.toThrow();
  expect(() => parse(long, '')).not.toThrow();
});

describe('a verdict', () => {
  const rules = parse('# first', 'node_modules', '**/*.log ', '', '!keep.log', 'out', '!out/keep');

  test.each([
    ['node_modules', 2, 'node_modules'],
    ['node_modules/a', 2, 'node_modules'],
    ['a/b.log', 3, '**/*.log'],
    ['keep.log', 5, '!keep.log'],
    ['out/x.log', 6, 'out'],
    ['out/keep/x', 7, '!out/keep'],
  ])('on %s names the rule that decided', (path, line, text) => {
    expect(judge(rules, path).rule).toEqual({ line, text });
  });

  test('names no rule where none matched', () => {
    expect(judge(rules, 'src')).toMatchObject({ excluded: false, rule: undefined, prune: false });
  });

  test('tells a walk what to skip', () => {
    const pruned = (path: string) => judge(rules, path).prune;
    expect(pruned('node_modules')).toBe(true);
    expect(pruned('out')).toBe(false);
    expect(pruned('out/x')).toBe(true);
    expect(pruned('out/keep')).toBe(false);
    expect(pruned('src')).toBe(false);
  });
});

describe('an excluded folder', () => {
  test.each([
    [['a', '!a/b'], 'a'],
    [['a', '!a/b/c'], 'a/b'],
    [['!a/b', 'a'], 'a'],
    [['a', '!a/**'], 'a'],
    [['a', '!a/b/**'], 'a/b'],
    [['*', '!**/x'], 'a/b'],
    [['a', '!b*'], 'a'],
    [['a', '!b?'], 'a'],
    [['a', '!b/[x]'], 'a'],
    [['a', '!b\\\\c'], 'a'],
    [['a', '!^b'], 'a'],
    [['a', '!b*/**'], 'a'],
  ])('by %j is walked, since an exception may lie below %s', (lines, path) => {
    expect(judge(parse(...lines), path)).toMatchObject({ excluded: true, prune: false });
  });

  test.each([
    [['a'], 'a'],
    [['a', '!a/b'], 'a/c'],
    [['a', '!ab'], 'a'],
    [['a', '!b'], 'a'],
    [['a', '!A/b'], 'a'],
    [['a', '!a/b/*'], 'a/c'],
    [['a', '!b/*/**'], 'a'],
    [['*', '!a/*/**'], 'a/b'],
    [['*', '!constructor/x'], 'toString'],
  ])('by %j is skipped, since no exception lies below %s', (lines, path) => {
    expect(judge(parse(...lines), path)).toMatchObject({ excluded: true, prune: true });
  });
});

test('without rules nothing is excluded', () => {
  expect(IgnoreRules.none.excludes(fromText('a/b'))).toBe(false);
  expect(parse().excludes(fromText('a'))).toBe(false);
});

test('the root is never excluded', () => {
  expect(parse('**', '.').excludes(rootPath)).toBe(false);
});
