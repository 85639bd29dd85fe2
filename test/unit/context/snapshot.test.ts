import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { formatDigest } from '../../../src/context/digest.ts';
import { childIndex, emptySnapshot, findEntry, sameIdentity, walk } from '../../../src/context/snapshot.ts';
import { file, folder, link, tree } from '../../support/trees.ts';

const base = tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o755), l: link('a.txt'), empty: {} });

describe('the digest of a snapshot', () => {
  test('is that of the format in proto/README.md, for ever', () => {
    expect(formatDigest(emptySnapshot.digest)).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(formatDigest(base.digest)).toBe('sha256:b9fe33595dae443fb408e6a7ab0b3771c9ff5073cffcfb007f35113e0602536b');
  });

  test.each([
    ['a content', tree({ 'a.txt': 'hellO', 'bin/run': file('x', 0o755), l: link('a.txt'), empty: {} })],
    ['a mode', tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o644), l: link('a.txt'), empty: {} })],
    ['a link target', tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o755), l: link('b.txt'), empty: {} })],
    ['a name', tree({ 'b.txt': 'hello', 'bin/run': file('x', 0o755), l: link('a.txt'), empty: {} })],
    ['a kind', tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o755), l: 'a.txt', empty: {} })],
    [
      'the mode of a folder',
      tree({ 'a.txt': 'hello', bin: folder({ run: file('x', 0o755) }, 0o700), l: link('a.txt'), empty: {} }),
    ],
    ['an empty folder', tree({ 'a.txt': 'hello', 'bin/run': file('x', 0o755), l: link('a.txt') })],
    ['a place', tree({ 'bin/a.txt': 'hello', 'bin/run': file('x', 0o755), l: link('a.txt'), empty: {} })],
  ])('is another one for %s', (_what, other) => {
    expect(other.digest).not.toBe(base.digest);
  });

  test('is the same after a touch', () => {
    const touched = tree({
      'a.txt': file('hello', 0o644, 99n),
      bin: folder({ run: file('x', 0o755, 98n) }, 0o755, 97n),
      l: link('a.txt', 96n),
      empty: folder({}, 0o755, 95n),
    });
    expect(touched.digest).toBe(base.digest);
  });

  test('does not take one way to divide names and targets for another', () => {
    expect(tree({ a: link('bc') }).digest).not.toBe(tree({ ab: link('c') }).digest);
  });
});

test('a snapshot knows how much is in it', () => {
  expect(base).toMatchObject({ files: 3, entries: 5, bytes: 6 });
  expect(findEntry(base, fromText('bin'))).toMatchObject({ files: 1, entries: 1, bytes: 1 });
});

test('a walk lists parents first, in order', () => {
  const paths = [...walk(tree({ 'a/b/c': '', 'a!': '', 'a-b': '', 'a/b!': '', z: {} }))].map(([path]) => path);
  expect(paths).toEqual(['a', 'a/b', 'a/b/c', 'a/b!', 'a!', 'a-b', 'z']);
});

describe('an entry is found', () => {
  test('by its path', () => {
    expect(findEntry(base, fromText(''))).toBe(base);
    expect(findEntry(base, fromText('bin/run'))).toMatchObject({ kind: 'file', mode: 0o755 });
  });

  test.each(['b', 'bin/', 'bin/nothing', 'a.txt/x', 'l/x', 'empty/x', 'constructor'])('or not, as %j', (path) => {
    expect(findEntry(base, fromText(path))).toBeUndefined();
  });

  test('by its index, or the one to insert it at', () => {
    const { children } = tree({ b: '', d: '', f: '' });
    expect(['b', 'd', 'f'].map((name) => childIndex(children, fromText(name)))).toEqual([0, 1, 2]);
    expect(['a', 'c', 'e', 'g'].map((name) => -1 - childIndex(children, fromText(name)))).toEqual([0, 1, 2, 3]);
  });
});

test.each([
  ['mtime', file('x', 0o644, 1n), file('x', 0o644, 2n), true],
  ['mode', file('x', 0o644), file('x', 0o600), false],
  ['content', file('x'), file('y'), false],
  ['kind', file('x'), link('x'), false],
  ['kind of an empty folder', file(''), folder({}), false],
  ['target', link('x'), link('y'), false],
  ['what is in a folder', folder({ a: '' }), folder({ b: '' }), false],
  ['the mode of a folder', folder({}, 0o755), folder({}, 0o700), false],
  ['the mtime of a folder', folder({}, 0o755, 1n), folder({}, 0o755, 2n), true],
])('two entries that differ in %s', (_what, a, b, same) => {
  const [left, right] = [tree({ e: a }), tree({ e: b })].map((root) => root.children[0]!);
  expect(sameIdentity(left!, right!)).toBe(same);
  expect(tree({ e: a }).digest === tree({ e: b }).digest).toBe(same);
});
