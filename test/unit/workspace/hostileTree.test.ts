/** Trees that were made to hurt, and trees that change under the reader's hands. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Path } from '../../../src/context/path.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import type { ContextFilter } from '../../../src/workspace/contextFilter.ts';
import { pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';

/** Whether this process may mount and make devices: root may, but not in every container. */
const mayMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

/** Includes everything, and runs `meddle` once, when `path` is judged: it was listed, and is not looked at yet. */
function meddling(path: string, meddle: () => void): ContextFilter {
  let done = false;
  return {
    root: undefined,
    judge(judged: Path) {
      if (judged === path && !done) {
        done = true;
        meddle();
      }
      return { excluded: false, prune: false, state: undefined };
    },
  };
}

/** Lets a program of one line write to a file until the calling test has ended; resolves when it has begun. */
async function writing(file: string, code: string): Promise<void> {
  const program = `const fs=require('fs'),file=process.argv[1],fd=fs.openSync(file,'r+');
    const pause=(ms)=>Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,ms);
    for(let i=0;;i++){${code};if(i===20)fs.writeSync(1,'going')}`;
  const writer = spawn(process.execPath, ['-e', program, file]);
  onTestFinished(() => void writer.kill('SIGKILL'));
  await once(writer.stdout, 'data');
}

describe('links', () => {
  test('are sent as they are, however many lie in a row, and also where they lead back', async () => {
    const folder = new WorkspaceFolder({ end: 'x' });
    for (let i = 0; i < 41; i++) symlinkSync(i === 0 ? 'end' : `l${i - 1}`, folder.at(`l${i}`));
    symlinkSync(folder.root, folder.at('home'));
    symlinkSync(folder.at('end'), folder.at('inside'));
    const { snapshot, problems } = await folder.scanner().scan();
    expect(problems).toEqual([]);
    expect(snapshot.entries).toBe(44);
    expect(findEntry(snapshot, fromText('l40'))).toMatchObject({ kind: 'symlink', target: 'l39' });
    expect(findEntry(snapshot, fromText('home'))).toMatchObject({ kind: 'symlink', target: folder.root });
    expect(findEntry(snapshot, fromText('inside'))).toMatchObject({ target: folder.at('end') });
  });
});

describe('names', () => {
  test('that Presync gives to its own files are the user’s here', async () => {
    const names = [
      '.presync',
      'daemon.sock',
      'store',
      'cookies',
      'nonce',
      '00000001.pack',
      'x.tmp',
      `${process.pid}-0`,
    ];
    const folder = new WorkspaceFolder(Object.fromEntries(names.map((name) => [name, name])));
    expect(pathsOf((await folder.scanner().scan()).snapshot)).toEqual([...names].sort());
  });
});

describe.skipIf(!mayMount)('devices and mounts', () => {
  test('devices are named, and none is opened', async () => {
    const folder = new WorkspaceFolder({ plain: 'x' });
    // Device 240:0 is for experiments: to open it would fail, and a tape that is opened rewinds.
    execFileSync('mknod', [folder.at('char'), 'c', '240', '0']);
    execFileSync('mknod', [folder.at('block'), 'b', '240', '0']);
    const { snapshot, problems } = await folder.scanner().scan();
    expect(pathsOf(snapshot)).toEqual(['plain']);
    expect(problems.map(({ path, kind }) => [path, kind])).toEqual([
      ['block', 'special'],
      ['char', 'special'],
    ]);
  });

  test('another file system in the folder belongs to the context, as for docker build', async () => {
    const folder = new WorkspaceFolder({ plain: 'x', 'mounted/hidden': 'under the mount' });
    mount(folder.at('mounted'), '-t', 'tmpfs', 'presync-test');
    folder.write('mounted/f', 'on another device');
    const { snapshot, problems } = await folder.scanner().scan();
    expect(problems).toEqual([]);
    expect(pathsOf(snapshot)).toEqual(['mounted', 'mounted/f', 'plain']);
  });

  test('files whose size is a lie are named, and nothing waits for them', async () => {
    const folder = new WorkspaceFolder({ plain: 'x', short: '', zero: '' });
    mount(folder.at('zero'), '--bind', '/proc/uptime');
    mount(folder.at('short'), '--bind', '/sys/devices/system/cpu/online');
    expect(['short', 'zero'].map((name) => statSync(folder.at(name)).size)).toEqual([4096, 0]);
    const { snapshot, problems } = await folder.scanner().scan();
    expect(pathsOf(snapshot)).toEqual(['plain']);
    expect(problems.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['short busy', 'zero busy']);
  });

  function mount(at: string, ...args: readonly string[]): void {
    execFileSync('mount', [...args, at]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', at]));
  }
});

describe('a file that goes while it is read', () => {
  test.each(['a file', 'a folder', 'a link'])('after it was listed is absent, and no problem: %s', async (kind) => {
    const folder = new WorkspaceFolder({ kept: 'x' });
    if (kind === 'a file') folder.write('gone', 'x');
    else if (kind === 'a folder') folder.write('gone/inside', 'x');
    else symlinkSync('kept', folder.at('gone'));
    const filter = meddling('gone', () => rmSync(folder.at('gone'), { recursive: true }));
    const { snapshot, problems } = await folder.scanner(filter).scan();
    expect(problems).toEqual([]);
    expect(pathsOf(snapshot)).toEqual(['kept']);
  });

  test('at any moment is there or absent, and at most named as restless', async () => {
    const folder = new WorkspaceFolder({ kept: 'x', gone: 'content' });
    await writing(folder.at('gone'), `fs.unlinkSync(file);if(i%3===0)pause(1);fs.writeFileSync(file,'content')`);
    const seen = new Set<string>();
    for (let round = 0; round < 300; round++) {
      const { snapshot, problems } = await folder.scanner().scan();
      for (const { path, kind } of problems) expect([path, kind]).toEqual(['gone', 'busy']);
      seen.add(pathsOf(snapshot).join());
    }
    expect(seen).toContain('kept');
    for (const paths of seen) expect(['kept', 'gone,kept']).toContain(paths);
  });
});

describe('a file that is never at rest', () => {
  test('is what it was at one moment, or named, while it is cut to nothing and filled again', async () => {
    const folder = new WorkspaceFolder({ f: '', other: 'x' });
    await writing(
      folder.at('f'),
      `fs.ftruncateSync(fd,0);pause(i%7);fs.writeSync(fd,Buffer.alloc(90000,97+i%2),0,90000,0)`,
    );
    let seen = 0;
    for (let round = 0; round < 60; round++) {
      const { snapshot, problems } = await folder.scanner().scan();
      expect(findEntry(snapshot, fromText('other'))).toBeDefined();
      const entry = findEntry(snapshot, fromText('f'));
      if (entry?.kind !== 'file') expect(problems.map(({ kind }) => kind)).toEqual(['busy']);
      if (entry?.kind !== 'file') continue;
      seen++;
      const whole = ['a', 'b'].map((letter) => digestOf(Buffer.alloc(entry.size, letter)));
      expect(whole).toContain(entry.digest);
    }
    expect(seen).toBeGreaterThan(0);
  });

  test('because a line is added every millisecond keeps nothing else from being read', async () => {
    const folder = new WorkspaceFolder({ 'a.log': '', 'b/c': 'x' });
    await writing(folder.at('a.log'), `fs.appendFileSync(file,'line\\n');pause(1)`);
    const scanner = folder.scanner();
    for (let round = 0; round < 10; round++) {
      writeFileSync(folder.at('b/c'), `${round}`);
      const start = performance.now();
      const { snapshot, problems } = await scanner.scan();
      expect(performance.now() - start).toBeLessThan(5000);
      const entry = findEntry(snapshot, fromText('b/c'));
      expect(entry).toMatchObject({ digest: digestOf(Buffer.from(`${round}`)) });
      for (const { path, kind } of problems) expect([path, kind]).toEqual(['a.log', 'busy']);
    }
  });
});
