import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { apply, ChangeSet } from '../../../src/context/apply.ts';
import type { Change } from '../../../src/context/change.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import type { Item } from '../../support/trees.ts';
import { file, folder, link, tree } from '../../support/trees.ts';

function put(path: string, item: Item, name = path.slice(path.lastIndexOf('/') + 1)): Change {
  return { op: 'put', path: fromText(path), entry: tree({ [name]: item }).children[0]! };
}

function remove(path: string): Change {
  return { op: 'remove', path: fromText(path) };
}

const base = tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: link('b') });

describe('a change list carried out', () => {
  test.each<[string, Change[], Snapshot]>([
    ['nothing', [], base],
    ['an edit', [put('a/x', '!')], tree({ 'a/x': '!', 'a/y': '2', b: 'b', l: link('b') })],
    ['a new file', [put('a/z', '3')], tree({ 'a/x': '1', 'a/y': '2', 'a/z': '3', b: 'b', l: link('b') })],
    [
      'new folders',
      [put('c', {}), put('c/d', {}), put('c/d/e', '')],
      tree({ 'a/x': '1', 'a/y': '2', b: 'b', 'c/d/e': '', l: link('b') }),
    ],
    [
      'a mode over a folder',
      [put('a', folder({}, 0o700))],
      tree({ a: folder({ x: '1', y: '2' }, 0o700), b: 'b', l: link('b') }),
    ],
    [
      'a mode and an edit',
      [put('a', folder({}, 0o700)), put('a/x', '!')],
      tree({ a: folder({ x: '!', y: '2' }, 0o700), b: 'b', l: link('b') }),
    ],
    ['a removal', [remove('a')], tree({ b: 'b', l: link('b') })],
    ['the last file removed', [remove('a/x'), remove('a/y')], tree({ a: {}, b: 'b', l: link('b') })],
    ['a file over a folder', [put('a', 'file')], tree({ a: 'file', b: 'b', l: link('b') })],
    ['a folder over a file', [put('b', {}), put('b/c', '')], tree({ 'a/x': '1', 'a/y': '2', 'b/c': '', l: link('b') })],
    ['a folder over a link', [put('l', {})], tree({ 'a/x': '1', 'a/y': '2', b: 'b', l: {} })],
  ])('%s', (_what, changes, expected) => {
    const result = apply(base, changes);
    expect(result.digest).toBe(expected.digest);
    expect(result).toMatchObject({ files: expected.files, entries: expected.entries, bytes: expected.bytes });
  });

  test('leaves the base as it was and shares what did not change', () => {
    const digest = base.digest;
    const result = apply(base, [put('b', 'B')]);
    expect(base.digest).toBe(digest);
    expect(findEntry(result, fromText('a'))).toBe(findEntry(base, fromText('a')));
  });

  test('keeps the mtime that a put brings', () => {
    const result = apply(base, [put('b', file('b', 0o644, 77n))]);
    expect(findEntry(result, fromText('b'))?.mtime).toBe(77n);
  });
});

describe('a change list is refused', () => {
  test.each<[string, Change[]]>([
    ['with a path twice', [put('b', '1'), put('b', '2')]],
    ['with a path put and removed', [put('b', '1'), remove('b')]],
    ['with an empty path', [remove('')]],
    ['with an absolute path', [put('/etc/passwd', '')]],
    ['with a path that leads out', [put('../x', '')]],
    ['with a path that leads out from within', [put('a/../../x', '')]],
    ['with an unclean path', [put('a//x', '')]],
    ['with a NUL', [put('a\0b', '')]],
    ['with an entry of another name', [put('b', '1', 'c')]],
    ['with an entry whose name is a path', [put('a/x', '1', 'a')]],
    ['when it removes what is not there', [remove('nothing')]],
    ['when it removes below what is not there', [remove('nothing/x')]],
    ['when it removes below a file', [remove('b/x')]],
    ['when it puts below a file', [put('b/x', '')]],
    ['when it puts below a link', [put('l/x', '')]],
    ['when it puts below nothing', [put('c/x', '')]],
    ['when it puts below what it removes', [remove('a'), put('a/x', '')]],
    ['when it puts below what it makes a file', [put('a', ''), put('a/x', '')]],
    ['when it removes from a folder that it makes', [put('b', {}), remove('b/x')]],
  ])('%s', (_what, changes) => {
    expect(() => apply(base, changes)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });

  test('by a message that cannot write to a terminal', () => {
    expect(() => apply(base, [remove('\x1b[2J')])).toThrow('\\u{1b}[2J');
  });
});

test('a set counts its changes and can be carried out on more than one base', () => {
  const set = new ChangeSet();
  set.add(put('new', 'x'));
  expect(set.size).toBe(1);
  expect(set.applyTo(tree({})).digest).toBe(tree({ new: 'x' }).digest);
  expect(set.applyTo(tree({ old: '' })).digest).toBe(tree({ new: 'x', old: '' }).digest);
});
