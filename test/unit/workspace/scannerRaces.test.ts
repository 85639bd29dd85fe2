/** What happens to a scan while somebody else changes the very things that it looks at. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import type { Path } from '../../../src/context/path.ts';
import { findEntry, walk } from '../../../src/context/snapshot.ts';
import type { ContextFilter } from '../../../src/workspace/contextFilter.ts';
import { fileSystemAt } from '../../../src/workspace/fileSystem.ts';
import { faultTimeout, printFigure, rounds } from '../../support/counts.ts';
import { contentDigest } from '../../support/folderDigest.ts';
import { paths, pathsOf, unhurried, WorkspaceFolder } from '../../support/workspaceFolder.ts';

/** Includes everything, and runs `meddle` once, when `path` is judged: before it is looked at. */
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

test('operations that are asked for at the same time lose nothing of each other', async () => {
  const folder = new WorkspaceFolder({ 'a/f': '1', 'b/f': '2' });
  const scanner = folder.scanner();
  await scanner.scan();
  folder.write('a/f', 'changed');
  folder.write('b/f', 'changed as well');
  await Promise.all([scanner.rescan(paths('a/f')), scanner.rescan(paths('b/f'))]);
  const { snapshot } = await scanner.rescan([]);
  expect(snapshot.digest).toBe((await folder.fresh()).digest);
});

test('a cancelled operation changes nothing, and the next one goes on', async () => {
  const folder = new WorkspaceFolder({ a: '1' });
  const scanner = folder.scanner();
  await expect(scanner.scan(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(pathsOf((await scanner.scan()).snapshot)).toEqual(['a']);
});

test('a scan that is cancelled deep inside a tree is cancelled, and not a folder with a problem', async () => {
  const folder = new WorkspaceFolder({ 'a/b/young': 'so it is waited for' }, unhurried);
  const abort = new AbortController();
  const scanner = folder.scanner();
  const scan = scanner.scan(abort.signal);
  setTimeout(() => abort.abort(), 5);
  await expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await scanner.scan()).problems).toEqual([]);
});

test('a filter that fails deep inside a tree fails the scan', async () => {
  const folder = new WorkspaceFolder({ 'a/b/c': '1' });
  const failing = meddling('a/b/c', () => {
    throw new PresyncError('IGNORE_PATTERN', 'malformed');
  });
  await expect(folder.scanner(failing).scan()).rejects.toMatchObject({ code: 'IGNORE_PATTERN' });
});

test('a context that is deleted while it is read is never taken for an empty one', async () => {
  const folder = new WorkspaceFolder({ 'a/b': '1', c: '2' });
  const scanner = folder.scanner(meddling('a', () => rmSync(folder.root, { recursive: true })));
  await expect(scanner.scan()).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
});

test('a context that is replaced while it is read is no mixture of both', async () => {
  const folder = new WorkspaceFolder({ 'a/b': '1', c: '2' });
  const meddle = () => {
    renameSync(folder.root, `${folder.root}.old`);
    mkdirSync(folder.root);
  };
  const scanner = folder.scanner(meddling('a', meddle));
  await expect(scanner.scan()).rejects.toMatchObject({ code: 'CONTEXT_BUSY' });
});

test('a context that was replaced since the last time is read whole, whatever the hints are', async () => {
  const folder = new WorkspaceFolder({ a: '1', b: '2' });
  const scanner = folder.scanner();
  await scanner.scan();
  rmSync(folder.root, { recursive: true });
  mkdirSync(folder.root);
  folder.write('b', 'new');
  expect(pathsOf((await scanner.rescan(paths('b'))).snapshot)).toEqual(['b']);
});

test('a folder that was replaced is read whole, though only something in it is hinted at', async () => {
  const folder = new WorkspaceFolder({ 'a/x': '1', 'a/y': '2' });
  const scanner = folder.scanner();
  await scanner.scan();
  renameSync(folder.at('a'), `${folder.root}.gone`);
  folder.write('a/x', 'new');
  const { snapshot } = await scanner.rescan(paths('a/x'));
  expect(pathsOf(snapshot)).toEqual(['a', 'a/x']);
});

test.each<[string, (at: string) => void, string]>([
  ['a link', (at) => symlinkSync('elsewhere', at), 'symlink'],
  ['a folder', (at) => mkdirSync(at), 'directory'],
  ['another file', (at) => writeFileSync(at, 'other'), 'file'],
])('a file that becomes %s while it is read is found as that', async (_, replace, kind) => {
  const folder = new WorkspaceFolder({ f: 'young, so it is waited for' }, unhurried);
  const scan = folder.scanner().scan();
  setTimeout(() => {
    unlinkSync(folder.at('f'));
    replace(folder.at('f'));
  }, 5);
  const { snapshot, problems } = await scan;
  expect(problems).toEqual([]);
  expect(findEntry(snapshot, fromText('f'))?.kind).toBe(kind);
});

test('a folder that becomes a file while it is walked is found as that', async () => {
  const folder = new WorkspaceFolder({ 'a/young': 'so it is waited for' }, unhurried);
  const scan = folder.scanner().scan();
  setTimeout(() => {
    rmSync(folder.at('a'), { recursive: true });
    folder.write('a', 'file');
  }, 5);
  const { snapshot } = await scan;
  expect(findEntry(snapshot, fromText('a'))?.kind).toBe('file');
});

test('a file that takes the place of a folder and never rests is absent and named', async () => {
  const folder = new WorkspaceFolder({ 'f/inside': '1' }, unhurried);
  const scanner = folder.scanner();
  await scanner.scan();
  rmSync(folder.at('f'), { recursive: true });
  const restless = setInterval(() => folder.write('f', String(performance.now())), 2);
  onTestFinished(() => clearInterval(restless));
  folder.write('f', 'first');
  const { snapshot, problems } = await scanner.scan();
  expect(problems.map(({ path, kind }) => [path, kind])).toEqual([['f', 'busy']]);
  expect(pathsOf(snapshot)).toEqual([]);
});

test('a file that never rests stays as it was found earlier, and is named until it rests', async () => {
  const folder = new WorkspaceFolder({ f: 'earlier', other: 'x' }, unhurried);
  const scanner = folder.scanner();
  const before = (await scanner.scan()).snapshot;
  const restless = setInterval(() => folder.write('f', String(performance.now())), 2);
  folder.write('f', 'first');
  const during = await scanner.scan();
  clearInterval(restless);
  expect(during.problems.map((problem) => problem.kind)).toEqual(['busy']);
  expect(during.snapshot.digest).toBe(before.digest);
  folder.write('f', 'at rest');
  const after = await scanner.scan();
  expect(after.problems).toEqual([]);
  expect(after.snapshot.digest).toBe((await folder.fresh()).digest);
});

describe('of a file that is written all the time', () => {
  /** Rewrites the file with one letter and with another in turn, each time in one write. */
  async function alternate(folder: WorkspaceFolder, size: number, pauseMs = 0): Promise<void> {
    const code = `const fs=require('fs'),fd=fs.openSync(process.argv[1],'r+'),ab=['b','a'].map((c)=>Buffer.alloc(${size},c));
      const gate=new Int32Array(new SharedArrayBuffer(4));
      for(let i=0;;i++){fs.writeSync(fd,ab[i%2],0,${size},0);if(i===9)fs.writeSync(1,'going');
        if(${pauseMs}>0)Atomics.wait(gate,0,0,${pauseMs});}`;
    const writer = spawn(process.execPath, ['-e', code, folder.at('f')]);
    onTestFinished(() => void writer.kill('SIGKILL'));
    await once(writer.stdout, 'data');
  }

  const canWait = fileSystemAt(tmpdir()).locksWrites;
  test.each([
    ['without a pause, where a write can be waited for', tmpdir(), canWait ? 0 : 0.2, 100_000, rounds(5000, 200)],
    ['in large pieces', tmpdir(), canWait ? 0 : 0.2, 1_000_000, 15],
    // On a busy machine a writer that never pauses is stopped in the midst of a write, for longer than writes last.
    ['where nobody tells when a write is over', unhurried, 0.2, 250_000, 20],
  ])(
    'no snapshot holds a mixture, %s',
    async (name, parent, pauseMs, size, scans) => {
      const folder = new WorkspaceFolder({ f: 'a'.repeat(size) }, parent);
      const first = folder.scanner();
      await first.scan();
      await alternate(folder, size, pauseMs);
      const whole = new Set(['a', 'b'].map((c) => contentDigest(Buffer.alloc(size, c)).toString('latin1')));
      for (let round = 0; round < scans; round++) {
        for (const scanner of [first, folder.scanner()]) {
          const { snapshot, problems } = await scanner.scan();
          for (const entry of snapshot.children) expect(whole.has((entry as FileEntry).digest)).toBe(true);
          for (const { kind } of problems) expect(kind).toBe('busy');
          expect(snapshot.children.length + problems.length).toBeGreaterThan(0);
        }
      }
      printFigure(
        `snapshots of a file that is written all the time, none mixed, ${name}`,
        `${2 * scans}`,
        '10000 in all',
      );
    },
    faultTimeout,
  );

  test('a naive reader holds mixtures', async () => {
    const size = 1_000_000;
    const folder = new WorkspaceFolder({ f: 'a'.repeat(size) });
    await alternate(folder, size);
    const whole = new Set(['a', 'b'].map((c) => digestOf(Buffer.alloc(size, c))));
    let mixed = 0;
    for (const end = performance.now() + 30_000; performance.now() < end && mixed === 0;) {
      const before = statSync(folder.at('f'), { bigint: true });
      const digest = digestOf(readFileSync(folder.at('f')));
      const after = statSync(folder.at('f'), { bigint: true });
      if (before.ctimeNs === after.ctimeNs && !whole.has(digest)) mixed++;
    }
    expect(mixed).toBe(1);
  });
});

describe('of a folder that is swapped with a link to the outside', () => {
  async function swapped(): Promise<WorkspaceFolder> {
    const folder = new WorkspaceFolder({ 'sub/inner/mine': 'mine', 'sub/own': 'own' });
    const outside = join(folder.root, '..', 'outside');
    mkdirSync(join(outside, 'inner', 'stolen'), { recursive: true });
    writeFileSync(join(outside, 'own'), 'secret');
    writeFileSync(join(outside, 'secret'), 'secret');
    execFileSync('touch', ['-d', '1 hour ago', join(outside, 'own'), join(outside, 'secret')]);
    const code = `const fs=require('fs'),[root,out]=process.argv.slice(1);process.chdir(root);
      for(let i=0;;i++){fs.renameSync('sub','hidden');fs.symlinkSync(out,'sub');fs.unlinkSync('sub');
        fs.renameSync('hidden','sub');if(i===9)fs.writeSync(1,'going');}`;
    const swapper = spawn(process.execPath, ['-e', code, folder.root, outside]);
    onTestFinished(() => void swapper.kill('SIGKILL'));
    await once(swapper.stdout, 'data');
    return folder;
  }

  test('a naive reader gets what is outside', async () => {
    const folder = await swapped();
    let leaks = 0;
    for (const end = performance.now() + 30_000; performance.now() < end && leaks === 0;) {
      try {
        if (lstatSync(folder.at('sub')).isDirectory() && readFileSync(folder.at('sub/own'), 'utf8') === 'secret')
          leaks++;
      } catch {
        // Not there at this moment.
      }
    }
    expect(leaks).toBe(1);
  });

  test(
    'while a folder is swapped with a link to the outside, nothing of the outside gets in',
    async () => {
      const folder = await swapped();
      const allowed = /^(sub|hidden)(\/own|\/inner|\/inner\/mine)?$/;
      const atLeast = rounds(100_000);
      // A scanner without a memory has opened each folder and each file that it knows.
      let opens = 0;
      while (opens < atLeast) {
        const { snapshot } = await folder.scanner().scan();
        for (const [path, entry] of walk(snapshot)) {
          expect(path).toMatch(allowed);
          if (path.endsWith('/own')) expect((entry as FileEntry).size).toBe(3);
          if (entry.kind !== 'symlink') opens++;
        }
      }
      printFigure('opens while a folder is swapped with a link, no byte of the outside', `${opens}`, 'at least 100000');
    },
    faultTimeout,
  );
});
