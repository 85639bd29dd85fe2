import { describe, expect, test } from 'vitest';
import { fromText } from '../../../../src/base/bytes.ts';
import { withLinkTargets } from '../../../../src/context/needed/links.ts';
import type { Needed } from '../../../../src/context/needed/needed.ts';
import {
  covers,
  everythingNeeded,
  mostPatterns,
  neededKey,
  nothingNeeded,
  unionOf,
} from '../../../../src/context/needed/needed.ts';
import { NeededFilter } from '../../../../src/context/needed/neededFilter.ts';
import { parseSource } from '../../../../src/context/needed/sourcePattern.ts';
import type { Path } from '../../../../src/context/path.ts';
import { joinPath, rootPath, splitPath } from '../../../../src/context/path.ts';
import { link, tree } from '../../../support/trees.ts';

function sources(...texts: string[]): Needed {
  return { all: false, patterns: texts.map((text) => parseSource(fromText(text))!) };
}

/** 'in', 'on the way' to something, or 'out'. */
function judge(needed: Needed, path: string): string {
  const filter = new NeededFilter(needed);
  let state = filter.root;
  let at: Path = rootPath;
  let result = 'in';
  for (const name of splitPath(fromText(path))) {
    at = joinPath(at, name);
    const verdict = filter.judge(at, state);
    if (verdict.prune) return 'out';
    result = verdict.excluded ? 'on the way' : 'in';
    state = verdict.state;
  }
  return result;
}

describe('a path is', () => {
  test.each([
    ['a', 'in'],
    ['a/b/c', 'in'],
    ['b', 'on the way'],
    ['b/c', 'in'],
    ['b/c/d', 'in'],
    ['b/d', 'out'],
    ['aa', 'out'],
    ['c', 'out'],
    ['c/a', 'out'],
  ])('of a and b/c: %s %s', (path, expected) => {
    expect(judge(sources('a', 'b/c'), path)).toBe(expected);
  });

  test.each([
    ['x.c', 'in'],
    ['.c', 'in'],
    ['x.cc', 'out'],
    ['src', 'on the way'],
    ['src/a1', 'on the way'],
    ['src/a1/main', 'in'],
    ['src/a1/other', 'out'],
    ['src/b1', 'out'],
    ['a+b', 'in'],
    ['aab', 'out'],
    ['new\nline.c', 'in'],
  ])('of patterns: %j %s', (path, expected) => {
    expect(judge(sources('*.c', 'src/a?/main', 'a+b'), path)).toBe(expected);
  });

  test('of a pattern and of a name that it matches: either is enough', () => {
    const needed = sources('s*/a', 'src/b', 'src/c/d');
    expect(['src', 'src/a', 'src/b', 'src/c', 'src/c/d', 'src/d'].map((path) => judge(needed, path))).toEqual([
      'on the way',
      'in',
      'in',
      'on the way',
      'in',
      'out',
    ]);
  });

  test('in where all is needed, and out where nothing is', () => {
    expect(judge(everythingNeeded('x'), 'a/b')).toBe('in');
    expect(judge(sources('.'), 'a/b')).toBe('in');
    expect(judge(nothingNeeded, 'a')).toBe('out');
  });
});

describe('a set', () => {
  test('grows by what it lacks, and is the same where it lacks nothing', () => {
    const a = sources('a', 'b');
    expect(unionOf(a, sources('b', 'a'))).toBe(a);
    expect(neededKey(unionOf(a, sources('c')))).toBe(neededKey(sources('c', 'b', 'a')));
    expect(unionOf(a, everythingNeeded('x')).all).toBe(true);
    expect(unionOf(everythingNeeded('x'), a).all).toBe(true);
  });

  test('of very many is everything', () => {
    const many = (from: number) => sources(...Array.from({ length: mostPatterns }, (_, at) => `f${from + at}`));
    expect(unionOf(many(0), many(0)).all).toBe(false);
    expect(unionOf(many(0), many(1)).all).toBe(true);
  });

  test('covers another', () => {
    expect(covers(sources('a', 'b'), sources('a'))).toBe(true);
    expect(covers(sources('a'), sources('a', 'b'))).toBe(false);
    expect(covers(sources('a'), everythingNeeded('x'))).toBe(false);
    expect(covers(everythingNeeded('x'), sources('a'))).toBe(true);
    expect(covers(everythingNeeded('x'), everythingNeeded('y'))).toBe(true);
    expect(covers(nothingNeeded, nothingNeeded)).toBe(true);
  });
});

describe('a link on the way to a source', () => {
  const targets = (needed: Needed, items: Parameters<typeof tree>[0]) => {
    if (needed.all) throw new Error('what all needs is all');
    const result = withLinkTargets(needed, tree(items));
    return result.all ? 'all' : result.patterns.map(({ text }) => text).slice(needed.patterns.length);
  };

  test.each<[string, string, Parameters<typeof tree>[0], string[] | 'all']>([
    ['that is the source', 'l', { l: link('real/file') }, ['real/file']],
    ['in a folder', 'd/l', { 'd/l': link('../real') }, ['real']],
    ['to a folder on the way', 'l/x', { l: link('real') }, ['real/x']],
    ['to a folder, before a pattern', 'l/*.c', { l: link('real') }, ['real/*.c']],
    ['that a pattern matches', 'conf/*', { 'conf/a': link('../a'), 'conf/b': 'b' }, ['a']],
    ['that is absolute', 'l', { l: link('/real') }, ['real']],
    ['that leads out of the context', 'l', { l: link('../../etc/passwd') }, ['etc/passwd']],
    ['to something that looks like a pattern', 'l', { l: link('a*') }, 'all'],
    ['below a source', 'd', { 'd/l': link('/real') }, []],
    ['of another name', 'd', { l: link('/real') }, []],
    ['to the context itself', 'l', { l: link('.') }, ['']],
  ])('%s', (_what, source, items, expected) => {
    expect(targets(sources(source), items)).toEqual(expected);
  });

  test('leaves the set as it is where there is none', () => {
    const needed = sources('a');
    expect(needed.all ? undefined : withLinkTargets(needed, tree({ a: 'a', b: link('c') }))).toBe(needed);
  });
});
