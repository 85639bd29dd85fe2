import { randomBytes } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fromBytes, fromText } from '../../../src/base/bytes.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import { IgnoreRules } from '../../../src/context/ignore/ignoreRules.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import { paths, pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';

const rules = (text: string) => IgnoreRules.parse(new TextEncoder().encode(text));

function fileAt(snapshot: Parameters<typeof findEntry>[0], path: string): FileEntry {
  const entry = findEntry(snapshot, fromText(path));
  if (entry?.kind !== 'file') throw new Error(`${path} is no file`);
  return entry;
}

describe('a scan', () => {
  test('finds files, folders, empty folders and links with their modes, times and digests', async () => {
    const folder = new WorkspaceFolder({ 'a/b': 'hello', top: '' });
    mkdirSync(folder.at('empty'));
    symlinkSync('../outside', folder.at('link'));
    chmodSync(folder.at('a/b'), 0o4751);
    const { snapshot, problems } = await folder.scanner().scan();
    expect(problems).toEqual([]);
    expect(pathsOf(snapshot)).toEqual(['a', 'a/b', 'empty', 'link', 'top']);
    const stat = lstatSync(folder.at('a/b'), { bigint: true });
    expect(fileAt(snapshot, 'a/b')).toMatchObject({ mode: 0o4751, size: 5, mtime: stat.mtimeNs });
    expect(fileAt(snapshot, 'a/b').digest).toBe(digestOf(Buffer.from('hello')));
    expect(findEntry(snapshot, fromText('link'))).toMatchObject({ kind: 'symlink', target: '../outside' });
    expect([snapshot.files, snapshot.entries, snapshot.bytes]).toEqual([3, 5, 5]);
  });

  test('keeps names that are no UTF-8', async () => {
    const folder = new WorkspaceFolder();
    for (const byte of [0xfe, 0xff]) {
      writeFileSync(Buffer.concat([Buffer.from(`${folder.root}/a`), Buffer.of(byte)]), `${byte}`);
    }
    const { snapshot } = await folder.scanner().scan();
    expect(snapshot.children.map((child) => child.name)).toEqual([
      fromBytes(Buffer.of(0x61, 0xfe)),
      fromBytes(Buffer.of(0x61, 0xff)),
    ]);
  });

  test('names what a context cannot carry, and does not wait for it', async () => {
    const folder = new WorkspaceFolder({ plain: 'x' });
    for (let i = 0; i < 8; i++) execFileSync('mkfifo', [folder.at(`fifo${i}`)]);
    const { snapshot, problems } = await folder.scanner().scan();
    expect(pathsOf(snapshot)).toEqual(['plain']);
    expect(new Set(problems.map((problem) => problem.kind))).toEqual(new Set(['special']));
    expect(problems).toHaveLength(8);
  });

  test('cuts a large file into chunks that make up the whole', async () => {
    const folder = new WorkspaceFolder();
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 31 + (i >> 7)) & 255));
    writeFileSync(folder.at('large'), content);
    const scanner = folder.scanner();
    const { chunks, digest } = fileAt((await scanner.scan()).snapshot, 'large');
    expect(digest).toBe(digestOf(chunks!.packed));
    let offset = 0;
    for (const chunk of chunks!) {
      const bytes = await scanner.readChunk(fromText('large'), offset, chunk.size, chunk.digest);
      expect(Buffer.compare(bytes, content.subarray(offset, offset + chunk.size))).toBe(0);
      offset += chunk.size;
    }
    expect(offset).toBe(content.length);
  });

  test('lends the chunks of a large file to who follows, whole and as they stay', async () => {
    const folder = new WorkspaceFolder();
    const content = randomBytes(1_500_000);
    writeFileSync(folder.at('large'), content);
    writeFileSync(folder.at('small'), 'small');
    const scanner = folder.scanner();
    const taken: Buffer[] = [];
    scanner.kept.follow((digest) => taken.push(scanner.kept.take(digest) as Buffer));
    const { snapshot } = await scanner.scan();
    const large = taken.slice(0, -1);
    expect(large.map(({ length }) => length)).toEqual(
      Array.from(fileAt(snapshot, 'large').chunks!, ({ size }) => size),
    );
    expect(Buffer.concat(large).equals(content)).toBe(true);
    expect(taken.at(-1)!.toString()).toBe('small');
  });

  test('leaves out what the filter excludes, except what it takes in again', async () => {
    const folder = new WorkspaceFolder({ 'out/a': '1', 'out/keep/b': '2', 'gone/c': '3', d: '4' });
    const { snapshot } = await folder.scanner(rules('out\ngone\n!out/keep')).scan();
    expect(pathsOf(snapshot)).toEqual(['d', 'out', 'out/keep', 'out/keep/b']);
  });

  test('does not even look at what is excluded', async () => {
    const folder = new WorkspaceFolder({ a: '1' });
    execFileSync('mkfifo', [folder.at('fifo')]);
    expect((await folder.scanner(rules('fifo')).scan()).problems).toEqual([]);
  });
});

describe('a later scan', () => {
  test('of an unchanged folder makes nothing anew', async () => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'c/d': '2' });
    const scanner = folder.scanner();
    await atRest();
    const first = (await scanner.scan()).snapshot;
    expect((await scanner.scan()).snapshot).toBe(first);
  });

  test('shares the folders in which nothing changed', async () => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'c/d': '2' });
    const scanner = folder.scanner();
    await atRest();
    const first = (await scanner.scan()).snapshot;
    folder.write('c/d', 'changed');
    const second = (await scanner.scan()).snapshot;
    expect(second.digest).not.toBe(first.digest);
    expect(findEntry(second, fromText('a'))).toBe(findEntry(first, fromText('a')));
  });

  test('sees an edit that keeps size and mtime', async () => {
    const folder = new WorkspaceFolder({ f: 'one' });
    const { atime, mtime } = statSync(folder.at('f'));
    const scanner = folder.scanner();
    await scanner.scan();
    await atRest();
    folder.write('f', 'two');
    utimesSync(folder.at('f'), atime, mtime);
    expect(fileAt((await scanner.scan()).snapshot, 'f').digest).toBe(digestOf(Buffer.from('two')));
  });

  test('sees every edit, however close it follows the scan before', async () => {
    const folder = new WorkspaceFolder({ f: 'start' });
    const scanner = folder.scanner();
    for (let round = 0; round < 100; round++) {
      const content = `${round % 10}`;
      folder.write('f', content);
      expect(fileAt((await scanner.scan()).snapshot, 'f').digest).toBe(digestOf(Buffer.from(content)));
    }
  });

  test('sees every name that comes and goes, however close that follows the scan before', async () => {
    const folder = new WorkspaceFolder({ 'a/f': '', 'b/f': '' });
    const scanner = folder.scanner();
    for (let round = 0; round < 100; round++) {
      folder.write('a/g', '');
      expect(pathsOf((await scanner.scan()).snapshot)).toEqual(['a', 'a/f', 'a/g', 'b', 'b/f']);
      rmSync(folder.at('a/g'));
      expect(pathsOf((await scanner.scan()).snapshot)).toEqual(['a', 'a/f', 'b', 'b/f']);
    }
  });

  test('takes up another filter', async () => {
    const folder = new WorkspaceFolder({ a: '1', b: '2' });
    const scanner = folder.scanner(rules('a'), 'a');
    expect(pathsOf((await scanner.scan()).snapshot)).toEqual(['b']);
    scanner.setFilter(rules('b'), 'b');
    expect(pathsOf((await scanner.rescan([])).snapshot)).toEqual(['a']);
  });

  test('forgets a problem that is mended, and keeps one that is not', async () => {
    const folder = new WorkspaceFolder({ a: '1', xa: '2' });
    execFileSync('mkfifo', [folder.at('fifo'), folder.at('xfifo')]);
    const scanner = folder.scanner();
    expect((await scanner.scan()).problems).toHaveLength(2);
    rmSync(folder.at('fifo'));
    const { problems } = await scanner.rescan(paths('fifo', 'a'));
    expect(problems.map((problem) => problem.path)).toEqual(['xfifo']);
  });
});

describe('a rescan', () => {
  test('looks at what is hinted at, and at nothing else', async () => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'c/d': '2' });
    const scanner = folder.scanner();
    await scanner.scan();
    folder.write('a/b', 'changed');
    folder.write('c/d', 'not hinted at');
    const { snapshot } = await scanner.rescan(paths('a/b'));
    expect(fileAt(snapshot, 'a/b').size).toBe(7);
    expect(fileAt(snapshot, 'c/d').size).toBe(1);
  });

  test('hides nothing of what it did not look at from the next scan', async () => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'a/x/y': '2' });
    const scanner = folder.scanner();
    await scanner.scan();
    folder.write('a/seen', '');
    folder.write('a/missed', '');
    folder.write('a/x/missed', '');
    await atRest();
    const { snapshot } = await scanner.rescan(paths('a/seen', 'a/x/y'));
    expect(pathsOf(snapshot)).toEqual(['a', 'a/b', 'a/seen', 'a/x', 'a/x/y']);
    expect((await scanner.scan()).snapshot.digest).toBe((await folder.fresh()).digest);
  });

  test.each<[string, (folder: WorkspaceFolder) => void, string[]]>([
    ['a new file', (f) => f.write('a/new', 'x'), ['a/new']],
    ['a new folder with files', (f) => f.write('n/e/w', 'x'), ['n']],
    ['a removed file', (f) => rmSync(f.at('a/b')), ['a/b']],
    ['a removed folder', (f) => rmSync(f.at('a'), { recursive: true }), ['a']],
    ['a renamed folder', (f) => renameSync(f.at('a'), f.at('z')), ['a', 'z']],
    ['a mode', (f) => chmodSync(f.at('a/b'), 0o600), ['a/b']],
    ['the mode of a folder', (f) => chmodSync(f.at('a'), 0o700), ['a']],
    ['a file that became a folder', (f) => (rmSync(f.at('a/b')), f.write('a/b/c', 'x')), ['a/b']],
    ['a folder that became a file', (f) => (rmSync(f.at('a'), { recursive: true }), f.write('a', 'x')), ['a']],
    [
      'a folder that became a link',
      (f) => (rmSync(f.at('a'), { recursive: true }), symlinkSync('c', f.at('a'))),
      ['a'],
    ],
    ['a path that never was', () => {}, ['no/such/path']],
    ['a path below a file', () => {}, ['a/b/c/d']],
    ['a path below a new folder', (f) => f.write('n/e/w', 'x'), ['n/e/w']],
  ])('of %s finds what a fresh scan finds', async (_, change, hints) => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'a/x/y': '3', 'c/d': '2' });
    const scanner = folder.scanner();
    await scanner.scan();
    change(folder);
    const { snapshot } = await scanner.rescan(paths(...hints));
    const fresh = await folder.fresh();
    expect(pathsOf(snapshot)).toEqual(pathsOf(fresh));
    expect(snapshot.digest).toBe(fresh.digest);
  });
});

describe('the cache file', () => {
  test('tells the next process what the last one knew', async () => {
    const folder = new WorkspaceFolder({ 'a/b': '1', 'c/d': '2' });
    symlinkSync('x', folder.at('link'));
    await atRest();
    const first = folder.scanner();
    const { snapshot } = await first.scan();
    await first.save();
    const second = folder.scanner();
    const again = (await second.scan()).snapshot;
    expect(second.remembered!.digest).toBe(snapshot.digest);
    expect(pathsOf(again)).toEqual(pathsOf(snapshot));
    expect(again).toBe(second.remembered);
  });

  test('saves no reading of what did not change', async () => {
    const folder = new WorkspaceFolder({ f: 'content' });
    await atRest();
    const first = folder.scanner();
    await first.scan();
    await first.save();
    // Were it read again, the new content would be seen: its stat key is the old one's.
    const before = readFileSync(folder.cachePath);
    const second = folder.scanner();
    await second.scan();
    await second.save();
    expect(readFileSync(folder.cachePath).equals(before)).toBe(true);
  });

  test.each<[string, (path: string) => void]>([
    ['missing', (path) => rmSync(path)],
    ['empty', (path) => truncateSync(path, 0)],
    ['cut short', (path) => truncateSync(path, statSync(path).size - 7)],
    ['damaged', (path) => flipByte(path, 60)],
    ['of another version', (path) => flipByte(path, 7)],
  ])('that is %s costs time only', async (_, damage) => {
    const folder = new WorkspaceFolder({ 'a/b': '1', c: '2' });
    const first = folder.scanner();
    const { snapshot } = await first.scan();
    await first.save();
    damage(folder.cachePath);
    expect((await folder.scanner().scan()).snapshot.digest).toBe(snapshot.digest);
  });

  test('made under other ignore rules hides nothing', async () => {
    const folder = new WorkspaceFolder({ a: '1', b: '2' });
    const first = folder.scanner(rules('a'), 'a');
    await first.scan();
    await first.save();
    expect(pathsOf((await folder.scanner(rules('b'), 'b').scan()).snapshot)).toEqual(['a']);
  });
});

test('what a scan has read can be sent once without reading it again; then a file that changed is refused', async () => {
  const folder = new WorkspaceFolder({ f: 'one' });
  const scanner = folder.scanner();
  const { digest } = fileAt((await scanner.scan()).snapshot, 'f');
  folder.write('f', 'two');
  const read = () => scanner.readChunk(fromText('f'), 0, 3, digest);
  expect(Buffer.from(await read()).toString()).toBe('one');
  await expect(read()).rejects.toMatchObject({ code: 'CONTEXT_BUSY' });
});

test('a piece of a file is not read through a link', async () => {
  const folder = new WorkspaceFolder({ 'a/f': 'secret' });
  const digest = digestOf(Buffer.from('secret'));
  const scanner = folder.scanner();
  expect(await scanner.readChunk(fromText('a/f'), 0, 6, digest)).toHaveLength(6);
  renameSync(folder.at('a'), folder.at('b'));
  symlinkSync('b', folder.at('a'));
  await nextTurn();
  await expect(scanner.readChunk(fromText('a/f'), 0, 6, digest)).rejects.toMatchObject({ code: 'CONTEXT_BUSY' });
});

test('a file that another process rewrites all the time is never torn', async () => {
  const size = 100_000;
  const folder = new WorkspaceFolder({ f: 'a'.repeat(size) });
  const code = `const fs=require('fs'),f=process.argv[1];const fd=fs.openSync(f,'r+');
    const ab=['a','b'].map((c)=>Buffer.alloc(${size},c));for(let i=0;;i++){fs.writeSync(fd,ab[i%2],0,${size},0);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,i%40);}`;
  const writer = spawn(process.execPath, ['-e', code, folder.at('f')]);
  onTestFinished(() => void writer.kill('SIGKILL'));
  const whole = new Set(['a', 'b'].map((c) => digestOf(Buffer.alloc(size, c))));
  const scanner = folder.scanner();
  for (let i = 0; i < 60; i++) {
    const { snapshot, problems } = await scanner.scan();
    const entry = findEntry(snapshot, fromText('f'));
    if (entry?.kind === 'file') expect(whole.has(entry.digest)).toBe(true);
    else expect(problems.map((problem) => problem.kind)).toEqual(['busy']);
  }
});

/** Until what was written is old enough for its stat key to be trusted. */
function atRest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

/** Until folders that stay open for a turn of the event loop are closed. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}
