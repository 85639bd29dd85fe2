import { describe, expect, test } from 'vitest';
import { apply } from '../../../src/context/apply.ts';
import { diff } from '../../../src/context/diff.ts';
import { Moved } from '../../../src/context/moved.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { file, folder, link, tree } from '../../support/trees.ts';

/** The change list in short, with where directories are taken over from. */
function changes(base: Snapshot, target: Snapshot): string[] {
  const found = [...diff(base, target, new Moved(base, target))];
  expect(apply(base, found).digest).toBe(target.digest);
  return found.map((change) => {
    if (change.op === 'remove') return `-${change.path}`;
    return change.from === undefined ? `+${change.path}` : `+${change.path} from ${change.from}`;
  });
}

const inside = { x: '1', 'y/z': 'z', l: link('x') };

describe('a folder that was moved', () => {
  const base = tree({ old: folder(inside), other: 'o' });

  test('is taken over whole, wherever it went', () => {
    expect(changes(base, tree({ new: folder(inside), other: 'o' }))).toEqual(['+new from old', '-old']);
    expect(changes(base, tree({ a: { b: folder(inside) }, other: 'o' }))).toEqual(['+a', '+a/b from old', '-old']);
  });

  test('is found inside another that is gone', () => {
    const nested = tree({ old: { deep: folder(inside), more: 'm' } });
    expect(changes(nested, tree({ deep: folder(inside) }))).toEqual(['+deep from old/deep', '-old']);
  });

  test('brings its own mode and mtime', () => {
    const target = tree({ new: folder(inside, 0o700, 9n), other: 'o' });
    const moved = apply(base, diff(base, target, new Moved(base, target)));
    expect(moved.children[0]).toMatchObject({ name: 'new', mode: 0o700, mtime: 9n });
  });

  test('is described where what is in it bears other times: make compares those', () => {
    const touched = { ...inside, x: file('1', 0o644, 7n) };
    expect(changes(base, tree({ new: folder(touched), other: 'o' }))).toContain('+new/x');
  });

  test('is described where something in it is another', () => {
    expect(changes(base, tree({ new: folder({ ...inside, x: '2' }), other: 'o' }))).toContain('+new/x');
  });

  test('is described where it is still in its place as well', () => {
    expect(changes(base, tree({ new: folder(inside), old: folder(inside), other: 'o' }))).toContain('+new/x');
  });

  test('that was empty is described: that is no longer', () => {
    expect(changes(tree({ old: {} }), tree({ new: {} }))).toEqual(['+new', '-old']);
  });
});

test('a large file that was moved is found by its content, a small one is not looked for', () => {
  const base = tree({ large: 'more than eight bytes', small: 'few' });
  const target = tree({ 'to/large': 'more than eight bytes', 'to/small': 'few' });
  const moved = new Moved(base, target);
  const [large, small] = [base.children[0]!, base.children[1]!];
  if (large.kind !== 'file' || small.kind !== 'file') throw new Error('the tree is another');
  expect(moved.file(large)).toBe('large');
  expect(moved.file(small)).toBeUndefined();
});
