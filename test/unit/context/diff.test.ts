import { describe, expect, test } from 'vitest';
import { diff } from '../../../src/context/diff.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { file, folder, link, tree } from '../../support/trees.ts';

/** A change list in short: `+path` for a put, `-path` for a removal. */
function changes(base: Snapshot, target: Snapshot): string[] {
  return [...diff(base, target)].map(({ op, path }) => `${op === 'put' ? '+' : '-'}${path}`);
}

describe('the changes between two snapshots', () => {
  const base = tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: link('b'), 'z/z/z': 'z' });

  test.each([
    ['nothing', tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: link('b'), 'z/z/z': 'z' }), []],
    ['a touch', tree({ 'a/x': file('1', 0o644, 9n), 'a/y': '2', b: 'b', l: link('b', 9n), 'z/z/z': 'z' }), []],
    ['an edit', tree({ 'a/x': '1', 'a/y': '!', b: 'b', l: link('b'), 'z/z/z': 'z' }), ['+a/y']],
    ['a mode', tree({ 'a/x': '1', 'a/y': '2', b: file('b', 0o600), l: link('b'), 'z/z/z': 'z' }), ['+b']],
    [
      'the mode of a folder',
      tree({ a: folder({ x: '1', y: '2' }, 0o700), b: 'b', l: link('b'), 'z/z/z': 'z' }),
      ['+a'],
    ],
    ['a removed folder', tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: link('b') }), ['-z']],
    [
      'a new folder',
      tree({ 'a/x': '1', 'a/y': '2', b: 'b', 'c/d/e': '', l: link('b'), 'z/z/z': 'z' }),
      ['+c', '+c/d', '+c/d/e'],
    ],
    ['a folder made a file', tree({ a: 'file', b: 'b', l: link('b'), 'z/z/z': 'z' }), ['+a']],
    ['a file made a folder', tree({ 'a/x': '1', 'a/y': '2', 'b/c': '', l: link('b'), 'z/z/z': 'z' }), ['+b', '+b/c']],
    ['a link made a file', tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: 'b', 'z/z/z': 'z' }), ['+l']],
    ['a renamed file', tree({ 'a/x': '1', 'a/y': '2', 'b!': 'b', l: link('b'), 'z/z/z': 'z' }), ['-b', '+b!']],
    ['everything gone', tree({}), ['-a', '-b', '-l', '-z']],
  ])('for %s', (_what, target, expected) => {
    expect(changes(base, target)).toEqual(expected);
  });

  test('cost what differs: a folder of equal digest is not looked into', () => {
    const same = {
      ...base.children[0]!,
      get children(): never {
        throw new Error('looked into');
      },
    };
    const target = tree({ 'a/x': '1', 'a/y': '2', b: 'B' });
    expect(() => changes({ ...base, children: [same as never, base.children[1]!] }, target)).not.toThrow();
  });

  test('cost nothing between equals', () => {
    const unread = {
      ...base,
      get children(): never {
        throw new Error('looked into');
      },
    };
    expect(changes(unread, unread)).toEqual([]);
  });

  test('hold the new entries by themselves', () => {
    const [change] = diff(tree({}), tree({ f: file('x', 0o600, 7n) }));
    expect(change).toMatchObject({ op: 'put', path: 'f', entry: { kind: 'file', mode: 0o600, mtime: 7n, size: 1 } });
  });
});
