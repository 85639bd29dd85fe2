import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type * as Os from 'node:os';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { delay } from '../../../src/base/time.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import { rootPath } from '../../../src/context/path.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import { includeAll } from '../../../src/workspace/contextFilter.ts';
import type { FolderNode } from '../../../src/workspace/folderNode.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';
import type { Scouts } from '../../../src/workspace/scanner.ts';
import { foldersIn, scout } from '../../../src/workspace/scout.ts';
import { ScoutBoard } from '../../../src/workspace/scoutBoard.ts';
import { ScoutThreads } from '../../../src/workspace/scoutThreads.ts';
import { packTree } from '../../../src/workspace/treeBytes.ts';
import { paths, pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof Os>()),
  availableParallelism: () => 4,
}));

const scripts = mkdtempSync(join(tmpdir(), 'presync-scout-'));
const script = join(scripts, 'scout.js');
const broken = join(scripts, 'broken.js');

beforeAll(async () => {
  const entryPoints = { scout: 'src/workspace/scoutThread.ts' };
  await build({ entryPoints, bundle: true, platform: 'node', target: 'node20', outdir: scripts, logLevel: 'error' });
  writeFileSync(broken, 'throw new Error("lost")');
});
afterAll(() => rmSync(scripts, { recursive: true, force: true }));

const files = { 'a/f': '1', 'a/b/g': '2', 'a/b/h': '3', 'c/h': '4', top: '5' };

/** A folder at rest, and a scanner that knows it. */
async function known(scouts?: Scouts) {
  const folder = new WorkspaceFolder(files);
  const scanner = folder.scanner(undefined, '', scouts);
  await delay(3 * workspaceLimits.clockTicks);
  const { snapshot } = await scanner.scan();
  return { folder, scanner, snapshot };
}

describe('a scout', () => {
  /** The folders that it found as they were, when the walk has not begun. */
  function scouted(root: string, snapshot: FolderNode): string[] {
    const folders = [...foldersIn(snapshot, rootPath)];
    const board = ScoutBoard.for(folders.length);
    scout({ root: fromText(root), tree: packTree(snapshot), board: board.memory });
    // The walk is always about to look at the first one itself.
    return folders.filter((_, at) => at > 0 && board.arrive(at)).map(([path]) => path);
  }

  test('finds the folders in which no file has changed', async () => {
    const { folder, snapshot } = await known();
    expect(scouted(folder.root, snapshot)).toEqual(['a', 'a/b', 'c']);
  });

  test.each<[string, (folder: WorkspaceFolder) => void]>([
    ['content', (f) => f.write('a/b/g', 'x')],
    ['mode', (f) => chmodSync(f.at('a/b/h'), 0o700)],
    ['end', (f) => rmSync(f.at('a/b/g'))],
    ['replacement', (f) => (f.write('new', '2'), renameSync(f.at('new'), f.at('a/b/g')))],
    ['folder', (f) => rmSync(f.at('a/b'), { recursive: true })],
  ])('sees the changed %s of a file', async (_, change) => {
    const { folder, snapshot } = await known();
    change(folder);
    expect(scouted(folder.root, snapshot)).toEqual(['a', 'c']);
  });
});

test('the board hands out folders from the end, up to where the walk has come', () => {
  const walk = ScoutBoard.for(5);
  const scouts = [ScoutBoard.in(walk.memory), ScoutBoard.in(walk.memory)] as const;
  expect(walk.arrive(0)).toBe(false);
  expect([scouts[0].take(), scouts[1].take()]).toEqual([4, 3]);
  scouts[1].markAsKnown(3);
  expect(walk.arrive(1)).toBe(false);
  expect([scouts[0].take(), scouts[1].take(), scouts[0].take()]).toEqual([2, undefined, undefined]);
  expect([walk.arrive(2), walk.arrive(3), walk.arrive(4)]).toEqual([false, true, false]);
});

describe('a scan with scouts', () => {
  /** Scouts that have looked at everything as soon as they are sent out. */
  function quickScouts(word: (path: string) => boolean) {
    const sendOut = vi.fn((_root: unknown, tree: FolderNode) => {
      const path = new Map([...foldersIn(tree, rootPath)].map(([at, node]) => [node, at]));
      return { foundAsKnown: (node: FolderNode) => word(path.get(node)!), dispose: () => {} };
    });
    return { sendOut };
  }

  test('takes their word for the files of a folder, and looks at the rest', async () => {
    const { folder, scanner } = await known(quickScouts((path) => path === 'a'));
    for (const path of ['a/f', 'a/b/g', 'c/h']) folder.write(path, 'changed');
    const { snapshot } = await scanner.scan();
    const sizes = Object.keys(files).map((path) => [path, (findEntry(snapshot, fromText(path)) as FileEntry).size]);
    expect(Object.fromEntries(sizes)).toEqual({ 'a/f': 1, 'a/b/g': 7, 'a/b/h': 1, 'c/h': 7, top: 1 });
  });

  test('does not need them for names that came or went', async () => {
    const { folder, scanner } = await known(quickScouts(() => true));
    folder.write('a/b/new', '');
    rmSync(folder.at('c/h'));
    expect(pathsOf((await scanner.scan()).snapshot)).toEqual([
      'a',
      'a/b',
      'a/b/g',
      'a/b/h',
      'a/b/new',
      'a/f',
      'c',
      'top',
    ]);
  });

  test('sends them out only over all of what was judged by the same rules', async () => {
    const scouts = quickScouts(() => false);
    const { scanner } = await known(scouts);
    expect(scouts.sendOut).not.toHaveBeenCalled();
    await scanner.rescan(paths('a/f'));
    scanner.setFilter(includeAll, 'other');
    await scanner.scan();
    expect(scouts.sendOut).not.toHaveBeenCalled();
    await scanner.scan();
    expect(scouts.sendOut).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['threads', () => script],
    ['threads that are lost', () => broken],
    ['no program for them', () => join(scripts, 'none.js')],
  ])('finds what a fresh scan finds with %s', async (_, program) => {
    const { folder, scanner } = await known(new ScoutThreads(program(), 1, 1));
    for (let round = 0; round < 20; round++) {
      folder.write(`a/b/${round}`, `${round}`);
      folder.write('c/h', `${round}`);
      expect((await scanner.scan()).snapshot.digest).toBe((await folder.fresh()).digest);
    }
  });

  test('shares with them what was saved, as it was read', async () => {
    const { folder, scanner } = await known();
    await scanner.save();
    folder.write('c/h', 'changed');
    const heir = folder.scanner(undefined, '', new ScoutThreads(script, 1, 1));
    expect((await heir.scan()).snapshot.digest).toBe((await folder.fresh()).digest);
  });

  test('has threads that look by themselves', async () => {
    const { snapshot, folder } = await known();
    const last = [...foldersIn(snapshot, rootPath)].at(-1)![1];
    const looked = async () => {
      const scouting = new ScoutThreads(script, 1, 1).sendOut(fromText(folder.root), snapshot)!;
      await delay(200);
      const found = scouting.foundAsKnown(last);
      scouting.dispose();
      return found;
    };
    await expect.poll(looked).toBe(true);
    folder.write('c/h', 'changed');
    expect(await looked()).toBe(false);
  });

  test('sends out nobody where the processors have other work', async () => {
    const { snapshot, folder } = await known();
    const scouts = (spared: number) => new ScoutThreads(script, spared, 1).sendOut(fromText(folder.root), snapshot);
    const scouting = scouts(3);
    expect(scouting).toBeDefined();
    scouting?.dispose();
    expect(scouts(4)).toBeUndefined();
  });

  test('sends out nobody over a small tree', async () => {
    const { snapshot, folder } = await known();
    expect(new ScoutThreads(script, 1).sendOut(fromText(folder.root), snapshot)).toBeUndefined();
  });
});
