import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apply } from '../../src/context/apply.ts';
import { diff } from '../../src/context/diff.ts';
import { graft } from '../../src/context/graft.ts';
import { comparePaths } from '../../src/context/path.ts';
import { emptySnapshot, findEntry, sameIdentity, walk } from '../../src/context/snapshot.ts';
import { snapshots } from '../support/trees.ts';

const parameters = { seed: Number(process.env['PRESYNC_SEED']), numRuns: 400 };

test('a description that broke off is the new tree up to there, and the old one behind it', () => {
  fc.assert(
    fc.property(snapshots, snapshots, fc.nat(), (target, old, at) => {
      const changes = [...diff(emptySnapshot, target)];
      fc.pre(changes.length > 0);
      const told = changes.slice(0, 1 + (at % changes.length));
      const last = told.at(-1)!.path;
      const result = graft(apply(emptySnapshot, told), old, last);
      for (const { path } of told) {
        const [mine, wanted] = [findEntry(result, path)!, findEntry(target, path)!];
        expect(mine.kind).toBe(wanted.kind);
        if (mine.kind !== 'directory') expect(sameIdentity(mine, wanted)).toBe(true);
      }
      for (const [path] of walk(result)) {
        if (comparePaths(path, last) > 0) expect(findEntry(old, path)).toBeDefined();
        else expect(findEntry(target, path)).toBeDefined();
      }
    }),
    parameters,
  );
});

test('a description that came to its end is the new tree, but for old names behind the last', () => {
  fc.assert(
    fc.property(snapshots, (target) => {
      const changes = [...diff(emptySnapshot, target)];
      fc.pre(changes.length > 0);
      const last = changes.at(-1)!.path;
      expect(graft(apply(emptySnapshot, changes), emptySnapshot, last).digest).toBe(target.digest);
      expect(graft(apply(emptySnapshot, changes), target, last).digest).toBe(target.digest);
    }),
    parameters,
  );
});
