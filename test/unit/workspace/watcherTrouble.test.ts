/** What a watcher does when the system does not play along. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { EventBurst } from '../../../src/workspace/eventBurst.ts';
import { inotifyWatches } from '../../support/inotify.ts';
import { launchers, runWorkspace } from '../../support/workspaceProcess.ts';
import { useWatchBackends, watchBackends, watcherScript } from '../../support/watchBackends.ts';
import { WatchedFolder } from '../../support/watchedFolder.ts';
import { pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';

useWatchBackends();

/** Lets the loop stand still, as a long task does. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

async function inOtherProcess(code: string, ...args: string[]): Promise<void> {
  const [status] = (await once(spawn(process.execPath, ['-e', code, ...args]), 'exit')) as [number];
  expect(status).toBe(0);
}

const writeMany = `const fs=require('fs'),[root,n]=process.argv.slice(1);
  for(let i=0;i<n;i++)fs.writeFileSync(root+'/'+(i%3===0?'a':'d')+'/file'+i,'x'.repeat(i%50));`;

describe.each(watchBackends)('$name:', (backend) => {
  const backends = [backend];

  describe('watches', () => {
    test('are one for each folder, none for files, links and what is skipped', async () => {
      const folder = new WorkspaceFolder();
      for (let i = 0; i < 50; i++) folder.write(`f${i}/sub/file`, 'x');
      for (let i = 0; i < 300; i++) folder.write(`many/file${i}`, 'x');
      for (let i = 0; i < 100; i++) folder.write(`skipped/f${i}/file`, 'x');
      symlinkSync('skipped', folder.at('link'));
      const before = inotifyWatches();
      await WatchedFolder.of(folder, backends, ['skipped']);
      // The root, the hundred, "many", and the folder of the cookies.
      expect(inotifyWatches() - before).toBe(103);
    });

    test('go with the folder that they are of', async () => {
      const folder = new WorkspaceFolder({ 'a/b/c/f': '1', 'd/f': '2' });
      const watched = await WatchedFolder.of(folder, backends);
      const before = inotifyWatches();
      rmSync(folder.at('a'), { recursive: true });
      await watched.sync();
      await vi.waitFor(() => expect(inotifyWatches()).toBe(before - 3), 20_000);
    });

    test('are gone when their watcher is, though it was waited for', async () => {
      const folder = new WorkspaceFolder({ 'a/f': '1' });
      const before = inotifyWatches();
      const { watcher } = await WatchedFolder.of(folder, backends);
      rmSync(join(folder.root, '..', 'cookies'), { recursive: true });
      const barrier = watcher.barrier().catch(() => {});
      watcher.dispose();
      await barrier;
      await vi.waitFor(() => expect(inotifyWatches()).toBe(before), 20_000);
    });

    test('come when a folder is skipped no longer', async () => {
      const folder = new WorkspaceFolder({ 'out/sub/f': '1' });
      const watched = await WatchedFolder.of(folder, backends, ['out']);
      const before = inotifyWatches();
      await watched.sync();
      expect(inotifyWatches()).toBe(before);
      watched.skip([]);
      await watched.sync();
      folder.write('out/sub/f', 'edited');
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
    });

    test('are all gone, and keep no process alive, after dispose', async () => {
      const folder = new WorkspaceFolder({ 'a/f': '1' });
      const code = `const watcher = new workspace.ContextWatcher({ backends: workspace.loadBackends(${JSON.stringify(watcherScript)}, '${backend.name}'), root: args[0], skipsFolder: () => false, cookieDirectory: args[1] });
        await watcher.ready; await watcher.barrier(); watcher.dispose(); watcher.dispose(); return 'ended';`;
      expect(await runWorkspace(launchers.plain, code, folder.root, `${folder.root}.cookies`)).toBe('ended');
    });
  });

  describe('a barrier', () => {
    test('has every change before it hinted at, whatever the order', async () => {
      const folder = new WorkspaceFolder();
      for (let i = 0; i < 20; i++) folder.write(`f${i}/file`, '');
      const watched = await WatchedFolder.of(folder, backends);
      for (let round = 0; round < 100; round++) {
        watched.takeHints();
        const path = `f${(round * 7) % 20}/file`;
        folder.write(path, `${round}`);
        await watched.watcher.barrier();
        expect(watched.takeHints()).toContain(path);
      }
    });

    test('waits for the watches of new folders, however deep', async () => {
      const folder = new WorkspaceFolder();
      const watched = await WatchedFolder.of(folder, backends);
      for (let round = 0; round < 30; round++) {
        const deep = Array.from({ length: 8 }, (_, i) => `${round}.${i}`).join('/');
        folder.write(`${deep}/file`, 'x');
        await watched.watcher.barrier();
        watched.takeHints();
        folder.write(`${deep}/file`, 'edited');
        await watched.watcher.barrier();
        expect(watched.takeHints()).toContain(`${deep}/file`);
      }
    });

    test('can be cancelled', async () => {
      const watched = await WatchedFolder.of(new WorkspaceFolder(), backends);
      await expect(watched.watcher.barrier(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    });

    test('says that everything may have changed when it cannot see, and mends itself', async () => {
      const folder = new WorkspaceFolder({ f: '1' });
      const watched = await WatchedFolder.of(folder, backends);
      rmSync(join(dirname(folder.root), 'cookies'), { recursive: true });
      await watched.watcher.barrier();
      expect(watched.everything).toBe('the watcher does not answer');
      // On a busy machine it may take more than one attempt.
      await vi.waitFor(async () => {
        watched.takeHints();
        await watched.watcher.barrier();
        expect(watched.everything).toBeUndefined();
      }, 30_000);
    });

    test('names folders that no watcher can be told of', async () => {
      const folder = new WorkspaceFolder({ 'back\\slash/sub/f': '1' });
      const odd = Buffer.concat([Buffer.from(folder.at('x')), Buffer.of(0xff)]);
      mkdirSync(odd);
      writeFileSync(Buffer.concat([odd, Buffer.from('/f')]), '1');
      const watched = await WatchedFolder.of(folder, backends);
      writeFileSync(Buffer.concat([odd, Buffer.from('/f')]), 'edited');
      folder.write('back\\slash/sub/f', 'edited');
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
    });
  });

  describe('a storm', () => {
    test('of writes while the thread is busy is seen whole', async () => {
      const folder = new WorkspaceFolder({ 'a/f': '', 'd/f': '' });
      const watched = await WatchedFolder.of(folder, backends);
      const storm = inOtherProcess(writeMany, folder.root, '2000');
      block(500);
      await storm;
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
    });

    test('that overflows the queue of the kernel is not taken for what could be seen of it', async () => {
      const folder = new WorkspaceFolder({ 'a/f': '', 'd/f': '' });
      const watched = await WatchedFolder.of(folder, backends);
      const code = `${writeMany} fs.mkdirSync(root+'/late/folder',{recursive:true});fs.writeFileSync(root+'/late/folder/f','x');
        fs.writeFileSync(root+'/.done','');`;
      spawn(process.execPath, ['-e', code, folder.root, '12000']);
      while (!readdirSync(folder.root).includes('.done')) block(50);
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
      folder.write('late/folder/f', 'edited');
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
    });
  });

  describe('a context folder', () => {
    const replace: [string, (folder: WorkspaceFolder) => void][] = [
      ['deleted and made again', (f) => (rmSync(f.root, { recursive: true }), f.write('new/file', 'x'))],
      ['moved away and made again', (f) => (renameSync(f.root, `${f.root}.old`), f.write('new/file', 'x'))],
    ];
    test.each(replace)('that is %s is watched again', async (_, change) => {
      const folder = new WorkspaceFolder({ 'a/f': '1' });
      const watched = await WatchedFolder.of(folder, backends);
      change(folder);
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
      expect(watched.watcher.degraded).toBe('the folder is gone');
      await vi.waitFor(() => expect(watched.watcher.degraded).toBeUndefined(), 5000);
      watched.takeHints();
      folder.write('new/file', 'edited');
      expect(pathsOf(await watched.sync())).toEqual(['new', 'new/file']);
      expect((await watched.sync()).digest).toBe((await folder.fresh()).digest);
    });

    test('that is gone is told at once, and once', async () => {
      const folder = new WorkspaceFolder({ 'a/f': '1' });
      const watched = await WatchedFolder.of(folder, backends);
      const told: string[] = [];
      watched.watcher.onDidChange((hint) => 'everything' in hint && told.push(hint.why));
      rmSync(folder.root, { recursive: true });
      await vi.waitFor(() => expect(watched.watcher.degraded).toBe('the folder is gone'), 20_000);
      await sleep(2500);
      expect(told).toEqual(['the folder is gone']);
    });

    test('that is not there from the beginning does not keep anybody waiting', async () => {
      const folder = new WorkspaceFolder();
      rmSync(folder.root, { recursive: true });
      const watched = WatchedFolder.unscanned(folder, backends);
      await watched.watcher.ready;
      expect(watched.watcher.degraded).toBe('the folder is gone');
    });
  });

  describe('without the right to read a folder', () => {
    const code = `const [root, cookies, closed] = args;
      let denied = false; try { fs.readdirSync(closed); } catch (error) { denied = error.code === 'EACCES'; }
      const hints = [];
      const watcher = new workspace.ContextWatcher({ backends: workspace.loadBackends(${JSON.stringify(watcherScript)}, '${backend.name}'), root, skipsFolder: () => false, cookieDirectory: cookies });
      watcher.onDidChange((hint) => hints.push(...(hint.paths ?? ['everything'])));
      await watcher.ready; const degraded = watcher.degraded ?? null;
      fs.writeFileSync(root + '/open/f', 'edited'); await watcher.barrier();
      const seen = [...new Set(hints.splice(0))];
      fs.chmodSync(closed, 0o755); await watcher.barrier(); hints.splice(0);
      fs.writeFileSync(closed + '/f', 'edited'); await watcher.barrier(); watcher.dispose();
      return { denied, degraded, seen, later: [...new Set(hints)] };`;

    test('everything else is watched, and that folder as soon as it may be read', async () => {
      const folder = new WorkspaceFolder({ 'open/f': '1', 'closed/f': '2' });
      for (const path of ['.', 'open', 'open/f', 'closed', 'closed/f']) give(folder.at(path));
      chmodSync(dirname(folder.root), 0o777);
      chmodSync(folder.at('closed'), 0o000);
      const result = await runWorkspace(
        launchers.unprivileged,
        code,
        folder.root,
        `${folder.root}.cookies`,
        folder.at('closed'),
      );
      expect(result).toEqual({ denied: true, degraded: null, seen: ['open/f'], later: ['closed/f'] });
    });
  });

  describe('where the system has too few', () => {
    const code = `const [root, cookies, probe] = args;
      const found = []; const say = () => found.push(watcher.degraded ?? null);
      const watcher = new workspace.ContextWatcher({ backends: workspace.loadBackends(${JSON.stringify(watcherScript)}, '${backend.name}'), root, skipsFolder: () => false, cookieDirectory: cookies });
      const hints = []; watcher.onDidChange((hint) => hints.push(hint.why ?? 'paths'));
      await watcher.ready; say(); hints.splice(0);
      fs.writeFileSync(probe, 'edited'); await watcher.barrier(); const why = hints.splice(0);
      watcher.dispose(); return { degraded: found[0], why };`;

    test.each([
      ['watches', 'max_inotify_watches', '20', 'watches to give'],
      ['watchers', 'max_inotify_instances', '0', 'watchers in'],
    ])('%s, everything is looked at instead', async (_, limit, value, expected) => {
      const folder = new WorkspaceFolder();
      for (let i = 0; i < 40; i++) folder.write(`f${i}/file`, 'x');
      const shell = `echo ${value} > /proc/sys/user/${limit} && exec "$@"`;
      const launcher = ['unshare', '--user', '--map-root-user', 'sh', '-c', shell, 'sh'];
      const result = (await runWorkspace(
        launcher,
        code,
        folder.root,
        `${folder.root}.cookies`,
        folder.at('f39/file'),
      )) as {
        degraded: string;
        why: string[];
      };
      expect(result.degraded).toContain(expected);
      expect(result.why.length).toBeGreaterThan(0);
      expect(result.why.every((why) => why !== 'paths')).toBe(true);
    });
  });
});

describe('a backend that fails', () => {
  const code = `const [root, cookies, script] = args;
    const watcher = new workspace.ContextWatcher({ backends: workspace.loadBackends(script, '@parcel/watcher'), root, skipsFolder: () => false, cookieDirectory: cookies });
    const hints = []; watcher.onDidChange((hint) => hints.push(...(hint.paths ?? [hint.why])));
    await watcher.ready; const first = watcher.backend;
    const children = fs.readFileSync('/proc/self/task/' + process.pid + '/children', 'latin1').trim().split(' ');
    for (const child of children) process.kill(Number(child), 'SIGKILL');
    while (!hints.includes('watching again')) await new Promise((resolve) => setTimeout(resolve, 10));
    hints.splice(0); fs.writeFileSync(root + '/f', 'edited'); await watcher.barrier(); watcher.dispose();
    return { first, then: watcher.backend, degraded: watcher.degraded ?? null, hints: [...new Set(hints)] };`;

  test('gives way to the next', async () => {
    const folder = new WorkspaceFolder({ f: '1' });
    const found = await runWorkspace(launchers.plain, code, folder.root, `${folder.root}.cookies`, watcherScript);
    expect(found).toEqual({ first: '@parcel/watcher', then: 'chokidar', degraded: null, hints: ['f'] });
  });
});

describe('a crowd of events', () => {
  test('is told once a turn, as soon as events may have been lost', async () => {
    let told = 0;
    const burst = new EventBurst(() => told++, 10);
    for (let i = 0; i < 4; i++) burst.count();
    await new Promise(setImmediate);
    for (let i = 0; i < 4; i++) burst.count();
    expect(told).toBe(0);
    for (let i = 0; i < 20; i++) burst.count();
    expect(told).toBe(1);
  });
});

/** To nobody, if we may. */
function give(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, 65534, 65534);
}
