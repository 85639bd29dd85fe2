import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';
import { useWatchBackends, watchBackends } from '../../support/watchBackends.ts';
import { WatchedFolder } from '../../support/watchedFolder.ts';

useWatchBackends();

const files = { 'a/f': '1', 'a/b/c/f': '2', 'd/f': '3', top: '4' };

type Change = (folder: WorkspaceFolder) => void;

const changes: [string, Change][] = [
  ['an edit', (f) => f.write('a/f', 'edited')],
  ['an edit of a file in the root', (f) => f.write('top', 'edited')],
  ['an atomic save', (f) => (f.write('a/f.tmp', 'saved'), renameSync(f.at('a/f.tmp'), f.at('a/f')))],
  ['a new file', (f) => f.write('a/new', 'x')],
  ['a deleted file', (f) => rmSync(f.at('a/f'))],
  ['a renamed file', (f) => renameSync(f.at('a/f'), f.at('d/g'))],
  ['a renamed folder', (f) => renameSync(f.at('a'), f.at('z'))],
  ['a folder moved into another', (f) => renameSync(f.at('a'), f.at('d/a'))],
  ['a deleted folder', (f) => rmSync(f.at('a'), { recursive: true })],
  ['a folder created full', (f) => f.write('n/e/w/file', 'x')],
  ['a folder replaced by one of its name', (f) => (rmSync(f.at('a'), { recursive: true }), f.write('a/b/other', 'x'))],
  ['folders that are exchanged', (f) => exchange(f, 'a', 'd')],
  ['a mode', (f) => chmodSync(f.at('a/f'), 0o600)],
  ['the mode of a folder', (f) => chmodSync(f.at('a/b'), 0o700)],
  ['a new link', (f) => symlinkSync('top', f.at('a/link'))],
  ['a changed link', (f) => (symlinkSync('x', f.at('l')), unlinkSync(f.at('l')), symlinkSync('y', f.at('l')))],
  ['a file that becomes a folder', (f) => (rmSync(f.at('a/f')), f.write('a/f/g', 'x'))],
  ['a folder that becomes a link', (f) => (rmSync(f.at('a'), { recursive: true }), symlinkSync('d', f.at('a')))],
  ['a name with a newline', (f) => f.write('a/new\nline', 'x')],
  ['a name with a backslash', (f) => f.write('a/back\\slash', 'x')],
  ['a folder with a backslash', (f) => f.write('a/back\\slash/f', 'x')],
  ['an editor swap file', (f) => f.write('a/.f.swp', 'x')],
  ['a folder that looks like a backup', (f) => f.write('a/backup~/f', 'x')],
  [
    'a name that is no UTF-8',
    (f) => writeFileSync(Buffer.concat([Buffer.from(f.at('a/')), Buffer.of(0x66, 0xff)]), 'x'),
  ],
];

function exchange(folder: WorkspaceFolder, one: string, other: string): void {
  renameSync(folder.at(one), folder.at('exchange'));
  renameSync(folder.at(other), folder.at(one));
  renameSync(folder.at('exchange'), folder.at(other));
}

describe.each(watchBackends)(
  'with $name, a barrier and a rescan of what was hinted at find what a fresh scan finds',
  (backend) => {
    test.each(changes)('after %s', async (_, change) => {
      const folder = new WorkspaceFolder(files);
      const watched = await WatchedFolder.of(folder, [backend]);
      change(folder);
      const snapshot = await watched.sync();
      const fresh = await folder.fresh();
      expect(pathsOf(snapshot)).toEqual(pathsOf(fresh));
      expect(snapshot.digest).toBe(fresh.digest);
      expect(watched.watcher.degraded).toBeUndefined();
    });

    test('after an edit everywhere, long after each', async () => {
      const folders = await Promise.all(
        changes.map(async ([name, change]) => {
          const folder = new WorkspaceFolder(files);
          const watched = await WatchedFolder.of(folder, [backend]);
          change(folder);
          await watched.sync();
          return { name, folder, watched };
        }),
      );
      // Long enough for everything that is provisional about new folders.
      await sleep(2600);
      for (const { name, folder, watched } of folders) {
        await watched.sync();
        for (const path of readdirSync(folder.root, { recursive: true, encoding: 'latin1' })) append(folder, path);
        const snapshot = await watched.sync();
        expect(snapshot.digest, name).toBe((await folder.fresh()).digest);
      }
    });
  },
);

test.each(watchBackends)('a checkout of 5,000 files, there and back, is followed by $name', async (backend) => {
  const folder = new WorkspaceFolder();
  const where = ['--git-dir', `${folder.root}.git`, '--work-tree', folder.root];
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@t'];
  const git = (...args: string[]) => execFileSync('git', [...where, ...who, ...args], { cwd: folder.root });
  const commit = (state: string) => (git('add', '.'), git('commit', '-qm', state), git('branch', state));
  for (let i = 0; i < 5000; i++) folder.write(`f${i % 40}/file${i}`, `one ${i}`);
  git('init', '-q');
  commit('one');
  for (let i = 0; i < 5000; i++) folder.write(`f${i % 40}/file${i}`, `the other ${i}`);
  for (let i = 0; i < 10; i++) renameSync(folder.at(`f${i}`), folder.at(`moved${i}`));
  commit('other');
  const watched = await WatchedFolder.of(folder, [backend]);
  for (const branch of ['one', 'other', 'one']) {
    git('checkout', '-q', branch);
    expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
  }
});

/** Adds to the file, if it is one. */
function append(folder: WorkspaceFolder, path: string): void {
  const at = Buffer.concat([Buffer.from(`${folder.root}/`), Buffer.from(path, 'latin1')]);
  try {
    writeFileSync(at, 'more', { flag: 'a' });
  } catch {
    // A folder, or a link to nowhere.
  }
}
