import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, ChangeSet } from '../../src/context/apply.ts';
import type { Change } from '../../src/context/change.ts';
import { diff } from '../../src/context/diff.ts';
import type { DirectoryEntry, Entry } from '../../src/context/entry.ts';
import type { Path } from '../../src/context/path.ts';
import { comparePaths, isWithin, joinPath, parentPath, pathProblem, rootPath } from '../../src/context/path.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { findEntry, makeDirectory, makeSnapshot, sameIdentity, walk } from '../../src/context/snapshot.ts';
import { names, paths, snapshots, sorted, unsortedChildren } from '../support/trees.ts';

const full = process.env['PRESYNC_FULL'] === '1';
const parameters = { seed: Number(process.env['PRESYNC_SEED']), numRuns: full ? 5_000 : 300 };

/** The tree as made anew from its paths, in the order given: what it is, whatever made it. */
function remade(children: readonly Entry[]): Entry[] {
  return sorted(
    children.map((entry) =>
      entry.kind === 'directory' ? makeDirectory(entry, remade([...entry.children].reverse())) : entry,
    ),
  );
}

function withMtime(directory: DirectoryEntry, mtime: bigint): DirectoryEntry {
  const children = directory.children.map((entry) =>
    entry.kind === 'directory' ? withMtime(entry, mtime) : { ...entry, mtime },
  );
  return makeDirectory({ ...directory, mtime }, children);
}

/** Every fact but mtimes, as text: what equal digests must stand for. */
function described(root: Snapshot): string[] {
  return [...walk(root)].map(([path, entry]) => {
    if (entry.kind === 'symlink') return JSON.stringify([path, entry.kind, entry.target]);
    return JSON.stringify([path, entry.kind, entry.mode, entry.kind === 'file' ? entry.digest : '']);
  });
}

describe('a snapshot', () => {
  test('has the digest of its content, in whatever order it was made', () => {
    fc.assert(
      fc.property(unsortedChildren, (children) => {
        const digest = makeSnapshot(sorted(children)).digest;
        expect(makeSnapshot(remade([...children].reverse())).digest).toBe(digest);
      }),
      parameters,
    );
  });

  test('has another digest exactly when it is another tree', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (a, b) => {
        expect(a.digest === b.digest).toBe(described(a).join() === described(b).join());
      }),
      parameters,
    );
  });

  test('keeps its digest when everything is touched', () => {
    fc.assert(
      fc.property(snapshots, (a) => {
        expect(withMtime(a, 12345n).digest).toBe(a.digest);
      }),
      parameters,
    );
  });

  test('counts what is in it', () => {
    fc.assert(
      fc.property(snapshots, (a) => {
        const entries = [...walk(a)].map(([, entry]) => entry);
        const bytes = entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0);
        const files = entries.filter((entry) => entry.kind !== 'directory').length;
        expect(a).toMatchObject({ entries: entries.length, files, bytes });
      }),
      parameters,
    );
  });

  test('is walked in the order of comparePaths, and each path finds its entry', () => {
    fc.assert(
      fc.property(snapshots, (a) => {
        const walked = [...walk(a)];
        const order = walked.map(([path]) => path);
        expect([...order].sort(comparePaths)).toEqual(order);
        for (const [path, entry] of walked) expect(findEntry(a, path)).toBe(entry);
      }),
      parameters,
    );
  });
});

describe('the changes between two snapshots', () => {
  test('lead from one to the other', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (a, b) => {
        const result = apply(a, diff(a, b));
        expect(result.digest).toBe(b.digest);
        expect(result).toMatchObject({ files: b.files, entries: b.entries, bytes: b.bytes });
        expect(described(result)).toEqual(described(b));
      }),
      parameters,
    );
  });

  test('do so in any order in which they arrive', () => {
    fc.assert(
      fc.property(snapshots, snapshots, fc.infiniteStream(fc.nat()), (a, b, random) => {
        const changes = [...diff(a, b)];
        const keyed = changes.map((change) => ({ change, key: random.next().value as number }));
        const shuffled = keyed.sort((x, y) => x.key - y.key).map(({ change }) => change);
        expect(apply(a, shuffled).digest).toBe(b.digest);
      }),
      parameters,
    );
  });

  test('are none between equals, touched or not', () => {
    fc.assert(
      fc.property(snapshots, (a) => {
        expect([...diff(a, a)]).toEqual([]);
        expect([...diff(a, withMtime(a, 99n))]).toEqual([]);
      }),
      parameters,
    );
  });

  test('are in order, name no path twice, and name nothing that is the same in both', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (a, b) => {
        const changes = [...diff(a, b)];
        for (const [i, { path }] of changes.entries()) {
          expect(pathProblem(path)).toBeUndefined();
          if (i > 0) expect(comparePaths(changes[i - 1]!.path, path)).toBeLessThan(0);
          const [before, after] = [findEntry(a, path), findEntry(b, path)];
          expect(before !== undefined && after !== undefined && sameIdentity(before, after)).toBe(false);
        }
      }),
      parameters,
    );
  });

  test('share with the base what they do not touch', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (a, b) => {
        const changed = [...diff(a, b)].map(({ path }) => path);
        const result = apply(a, diff(a, b));
        for (const child of a.children) {
          if (changed.some((path) => isWithin(path, child.name))) continue;
          expect(findEntry(result, child.name)).toBe(child);
        }
      }),
      parameters,
    );
  });
});

describe('a change list that no diff makes is refused', () => {
  const refuses = (base: Snapshot, changes: readonly Change[]) => {
    expect(() => apply(base, changes)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  };

  test('when a path comes twice', () => {
    fc.assert(
      fc.property(snapshots, snapshots, fc.nat(), (a, b, at) => {
        const changes = [...diff(a, b)];
        fc.pre(changes.length > 0);
        refuses(a, [...changes, changes[at % changes.length]!]);
      }),
      parameters,
    );
  });

  test('when it removes what is not there', () => {
    fc.assert(
      fc.property(snapshots, paths, (a, path) => {
        fc.pre(findEntry(a, path) === undefined);
        refuses(a, [{ op: 'remove', path }]);
      }),
      parameters,
    );
  });

  test('when it puts something below what is no folder', () => {
    fc.assert(
      fc.property(snapshots, paths, names, (a, path, name) => {
        fc.pre(findEntry(a, path)?.kind !== 'directory');
        const entry = { kind: 'symlink', name, mtime: 0n, target: path } as const;
        refuses(a, [{ op: 'put', path: joinPath(path, name), entry }]);
      }),
      parameters,
    );
  });

  test('when a path is not clean', () => {
    const unclean = fc
      .array(fc.constantFrom('a', '', '.', '..', 'b\0', '/'), { maxLength: 5 })
      .map((parts) => parts.join('/') as Path)
      .filter((path) => pathProblem(path) !== undefined);
    fc.assert(
      fc.property(unclean, (path) => {
        expect(() => new ChangeSet().add({ op: 'remove', path })).toThrow(
          expect.objectContaining({ code: 'PROTOCOL' }),
        );
      }),
      parameters,
    );
  });
});

describe('comparePaths', () => {
  test('is an order', () => {
    fc.assert(
      fc.property(paths, paths, paths, (a, b, c) => {
        expect(Math.sign(comparePaths(a, b))).toBe(-Math.sign(comparePaths(b, a)) + 0);
        expect(comparePaths(a, b) === 0).toBe(a === b);
        if (comparePaths(a, b) <= 0 && comparePaths(b, c) <= 0) expect(comparePaths(a, c)).toBeLessThanOrEqual(0);
      }),
      parameters,
    );
  });

  test('puts a folder right before what is in it', () => {
    fc.assert(
      fc.property(paths, names, paths, (folder, name, other) => {
        const child = joinPath(folder, name);
        expect(comparePaths(folder, child)).toBeLessThan(0);
        expect(parentPath(child)).toBe(folder);
        const between = comparePaths(folder, other) < 0 && comparePaths(other, child) < 0;
        if (between) expect(isWithin(other, folder)).toBe(true);
      }),
      parameters,
    );
  });

  test('agrees with the parents of paths', () => {
    fc.assert(
      fc.property(paths, paths, (a, b) => {
        const within = isWithin(a, b);
        let ancestor: Path = a;
        while (ancestor !== b && ancestor !== rootPath) ancestor = parentPath(ancestor);
        expect(within).toBe(ancestor === b);
      }),
      parameters,
    );
  });
});
