import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteString } from '../../src/base/bytes.ts';
import { reportedTree } from '../../src/builder/reportedTree.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { Entry } from '../../src/context/entry.ts';
import type { Path } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { findEntry, makeDirectory, makeSnapshot, sameIdentity, walk } from '../../src/context/snapshot.ts';

// Few names, contents and times, so that two trees have much in common and hidden changes are likely.
const mtime = fc.bigInt({ min: 0n, max: 3n });
const content = fc.constantFrom('a', 'b', 'cc');
const mode = fc.constantFrom(0o644, 0o755);

const named = (name: string) => name as ByteString;

const file = fc.tuple(content, mode, mtime).map(([text, bits, time]) => (name: string): Entry => ({
  kind: 'file',
  name: named(name),
  mode: bits,
  mtime: time,
  size: text.length,
  digest: digestOf(Buffer.from(text)),
  chunks: undefined,
}));

const link = fc.tuple(content, mtime).map(([target, time]) => (name: string): Entry => ({
  kind: 'symlink',
  name: named(name),
  target: named(target),
  mtime: time,
}));

const { children } = fc.letrec<{ entry: (name: string) => Entry; children: Entry[] }>((tie) => ({
  entry: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    file,
    link,
    fc.tuple(tie('children'), mode, mtime).map(
      ([list, bits, time]) =>
        (name: string) =>
          makeDirectory({ kind: 'directory', name: named(name), mode: bits, mtime: time }, list),
    ),
  ),
  children: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('entry'), { noNullPrototype: true }).map((entries) =>
    Object.entries(entries)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, make]) => make(name)),
  ),
}));

const tree: fc.Arbitrary<Snapshot> = children.map(makeSnapshot);

/** Whether BuildKit asks for the file again: fsutil's comparison with its copy. */
function seenAsChanged(copy: Entry | undefined, told: Entry): boolean {
  if (copy?.kind !== 'file' || told.kind !== 'file') return true;
  return copy.size !== told.size || copy.mtime !== told.mtime || copy.mode !== told.mode;
}

describe('reportedTree', () => {
  it('shows every change, hides every touch, and changes nothing but mtimes', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 5 }), (history) => {
        let copy: Snapshot | undefined;
        for (const current of history) {
          const told = reportedTree(copy, current);
          expect(told.digest).toBe(current.digest);
          expect([...walk(told)].map(([path]) => path)).toEqual([...walk(current)].map(([path]) => path));
          for (const [path, entry] of walk(told)) checkEntry(path, copy, current, entry);
          copy = told;
        }
      }),
      { seed: Number(process.env['PRESYNC_SEED']), numRuns: 2000 },
    );
  });
});

function checkEntry(path: Path, copy: Snapshot | undefined, current: Snapshot, told: Entry): void {
  const before = copy && findEntry(copy, path);
  const now = findEntry(current, path)!;
  expect(sameIdentity(told, now)).toBe(true);
  if (before !== undefined && sameIdentity(before, now)) {
    expect(told.mtime).toBe(before.mtime);
  } else if (now.kind === 'file') {
    expect(seenAsChanged(before, told)).toBe(true);
    expect([now.mtime, now.mtime + 1n]).toContain(told.mtime);
  } else if (now.kind === 'symlink') {
    expect(told.mtime).toBe(now.mtime);
  }
}
