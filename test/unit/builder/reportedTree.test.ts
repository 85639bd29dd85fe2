import { describe, expect, it } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { reportedTree } from '../../../src/builder/reportedTree.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { DirectoryEntry, Entry } from '../../../src/context/entry.ts';
import type { Path } from '../../../src/context/path.ts';
import { findEntry, makeDirectory, makeSnapshot } from '../../../src/context/snapshot.ts';

const name = (text: string) => text as ByteString;

const file = (n: string, content: string, mtime: bigint, mode = 0o644): Entry => ({
  kind: 'file',
  name: name(n),
  mode,
  mtime,
  size: content.length,
  digest: digestOf(Buffer.from(content)),
  chunks: undefined,
});

const link = (n: string, target: string, mtime: bigint): Entry => ({
  kind: 'symlink',
  name: name(n),
  target: name(target),
  mtime,
});

const folder = (n: string, mtime: bigint, children: Entry[], mode = 0o755): DirectoryEntry =>
  makeDirectory({ kind: 'directory', name: name(n), mode, mtime }, children);

/** The mtime reported for the entry 'x' after it was `before`, in a folder where something else changes too. */
function reported(before: Entry | undefined, now: Entry): bigint {
  const previous = makeSnapshot([...(before === undefined ? [] : [before]), file('z', 'old', 1n)]);
  return findEntry(reportedTree(previous, makeSnapshot([now, file('z', 'new', 2n)])), now.name as Path)!.mtime;
}

describe('the reported mtime', () => {
  it.each<[string, Entry | undefined, Entry, bigint]>([
    ['of a new file is its own', undefined, file('x', 'a', 9n), 9n],
    ['of a touched file is the old one', file('x', 'a', 5n), file('x', 'a', 9n), 5n],
    ['of a file that was touched back is the old one', file('x', 'a', 9n), file('x', 'a', 5n), 9n],
    ['of a changed file is its own', file('x', 'a', 5n), file('x', 'b', 9n), 9n],
    ['of a file changed to an older one is its own', file('x', 'a', 9n), file('x', 'b', 5n), 5n],
    ['of a change that kept size and mtime is a nanosecond more', file('x', 'a', 5n), file('x', 'b', 5n), 6n],
    ['of a change of size that kept the mtime is its own', file('x', 'a', 5n), file('x', 'bb', 5n), 5n],
    ['of a change of mode that kept the rest is its own', file('x', 'a', 5n), file('x', 'a', 5n, 0o755), 5n],
    ['of a touched link is the old one', link('x', 'a', 5n), link('x', 'a', 9n), 5n],
    ['of a link that points elsewhere is its own', link('x', 'a', 5n), link('x', 'b', 5n), 5n],
    ['of a file that was a link is its own', link('x', 'a', 5n), file('x', 'a', 5n), 5n],
    ['of a folder that was a file is its own', file('x', 'a', 5n), folder('x', 9n, []), 9n],
    ['of a touched folder is the old one', folder('x', 5n, []), folder('x', 9n, []), 5n],
    ['of a folder with a new mode is its own', folder('x', 5n, []), folder('x', 9n, [], 0o700), 9n],
    ['of a folder with a new file is the old one', folder('x', 5n, []), folder('x', 9n, [file('f', 'a', 1n)]), 5n],
  ])('%s', (_, before, now, expected) => {
    expect(reported(before, now)).toBe(expected);
  });

  it('is compared with what was reported, not with what was on disk', () => {
    const first = makeSnapshot([file('x', 'a', 5n)]);
    const second = reportedTree(first, makeSnapshot([file('x', 'b', 5n)]));
    const third = reportedTree(second, makeSnapshot([file('x', 'c', 6n)]));
    expect(findEntry(third, 'x' as Path)!.mtime).toBe(7n);
  });

  it('never comes from before the previous generation', () => {
    const first = makeSnapshot([file('x', 'a', 5n)]);
    const second = reportedTree(first, makeSnapshot([file('x', 'b', 8n)]));
    const third = reportedTree(second, makeSnapshot([file('x', 'a', 9n)]));
    expect(findEntry(third, 'x' as Path)!.mtime).toBe(9n);
  });
});

describe('the reported tree', () => {
  it('is the current one when nothing was reported', () => {
    const current = makeSnapshot([file('x', 'a', 5n)]);
    expect(reportedTree(undefined, current)).toBe(current);
  });

  it('reuses what did not change, whole', () => {
    const same = (mtime: bigint) => folder('same', mtime, [file('f', 'a', mtime)]);
    const previous = makeSnapshot([file('changed', 'a', 1n), same(1n)]);
    const current = makeSnapshot([file('changed', 'b', 2n), same(2n)]);
    const result = reportedTree(previous, current);
    expect(result.children[1]).toBe(previous.children[1]);
    expect(reportedTree(previous, makeSnapshot([file('changed', 'a', 2n), same(2n)]))).toBe(previous);
  });

  it('keeps the children of a folder whose mode alone changed', () => {
    const previous = makeSnapshot([folder('d', 1n, [file('f', 'a', 1n)])]);
    const current = makeSnapshot([folder('d', 2n, [file('f', 'a', 2n)], 0o700)]);
    const result = findEntry(reportedTree(previous, current), 'd' as Path) as DirectoryEntry;
    expect(result).toMatchObject({ mode: 0o700, mtime: 2n });
    expect(result.children[0]!.mtime).toBe(1n);
  });
});
