/** Sizes, depths, rights and odd things: what a context may hold at its edges. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import type { ContextFilter } from '../../../src/workspace/contextFilter.ts';
import { contentDigest } from '../../support/folderDigest.ts';
import { launchers, runWorkspace } from '../../support/workspaceProcess.ts';
import { paths, pathsOf, WorkspaceFolder } from '../../support/workspaceFolder.ts';

const kib = 1024;

describe('sizes', () => {
  test.each([
    0,
    1,
    8 * kib - 1,
    8 * kib,
    128 * kib + 1,
    256 * kib - 1,
    256 * kib,
    256 * kib + 1,
    1024 * kib,
    3000 * kib + 7,
  ])('of %d bytes have the right digest and chunks', async (size) => {
    const folder = new WorkspaceFolder();
    const content = Buffer.alloc(size);
    for (let at = 0; at < size; at++) content[at] = (at * at * 31 + (at >> 9)) & 255;
    writeFileSync(folder.at('f'), content);
    const entry = fileAt((await folder.scanner().scan()).snapshot, 'f');
    expect(entry).toMatchObject({ size, digest: contentDigest(content).toString('latin1') });
    expect(entry.chunks === undefined).toBe(size <= 256 * kib);
    const chunks = [...(entry.chunks ?? [])];
    let offset = 0;
    for (const chunk of chunks) {
      expect(digestOf(content.subarray(offset, offset + chunk.size))).toBe(chunk.digest);
      offset += chunk.size;
    }
    if (chunks.length > 0) expect(offset).toBe(size);
  });

  // A busy machine can hold up any process: it has to happen three times.
  test('of a large sparse file are read without holding it, and without blocking', { retry: 2 }, async () => {
    const folder = new WorkspaceFolder({ f: '' });
    truncateSync(folder.at('f'), 150 * kib * kib);
    const code = `const scanner = new workspace.ContextScanner({ root: args[0], filter: workspace.includeAll, filterKey: '', cachePath: undefined });
      let longest = 0, last = performance.now(); const before = process.memoryUsage().rss; let peak = before;
      const timer = setInterval(() => { const now = performance.now(); longest = Math.max(longest, now - last); last = now;
        peak = Math.max(peak, process.memoryUsage().rss); }, 1);
      const { snapshot } = await scanner.scan(); clearInterval(timer);
      return { bytes: snapshot.bytes, chunks: snapshot.children[0].chunks.length, longest, grown: peak - before };`;
    const result = (await runWorkspace(launchers.plain, code, folder.root)) as Record<string, number>;
    expect(result['bytes']).toBe(150 * kib * kib);
    expect(result['chunks']).toBeGreaterThan(1000);
    expect(result['grown']).toBeLessThan(75 * kib * kib);
    expect(result['longest']).toBeLessThan(250);
  });
});

// See above.
test('a folder of 20,000 files is scanned without blocking the loop', { retry: 2 }, async () => {
  const folder = new WorkspaceFolder();
  for (let i = 0; i < 20_000; i++) writeFileSync(folder.at(`f${i}`), 'x');
  const scanner = folder.scanner();
  const ticks: number[] = [];
  const timer = setInterval(() => ticks.push(performance.now()), 1);
  const { snapshot } = await scanner.scan();
  clearInterval(timer);
  expect(snapshot.files).toBe(20_000);
  // Listing, sorting and hashing one folder is one step; everything else is cut into slices.
  const longest = Math.max(...ticks.slice(1).map((tick, index) => tick - ticks[index]!));
  expect(ticks.length).toBeGreaterThan(10);
  expect(longest).toBeLessThan(250);
});

test('a tree that is deeper than a path can be is named where it ends, and the rest is there', async () => {
  const folder = new WorkspaceFolder({ other: 'x' });
  const code = `process.chdir(args[0]); for (let i = 0; i < 1100; i++) { fs.mkdirSync('deep'); process.chdir('deep'); }`;
  await runWorkspace(launchers.plain, code, folder.root);
  // Node's own removal stops where paths end.
  onTestFinished(() => void execFileSync('rm', ['-rf', folder.root]));
  const { snapshot, problems } = await folder.scanner().scan();
  expect(problems.map((problem) => problem.kind)).toEqual(['too-long']);
  expect(problems[0]!.path.length).toBeGreaterThan(3500);
  expect(findEntry(snapshot, fromText('other'))).toBeDefined();
  expect(snapshot.entries).toBeGreaterThan(750);
});

test('names of the object prototype are names', async () => {
  const folder = new WorkspaceFolder({ '__proto__/constructor': '1', toString: '2', 'hasOwnProperty/__proto__': '3' });
  const { snapshot } = await folder.scanner().scan();
  expect(pathsOf(snapshot)).toEqual([
    '__proto__',
    '__proto__/constructor',
    'hasOwnProperty',
    'hasOwnProperty/__proto__',
    'toString',
  ]);
});

test('names are sorted by their bytes, not as text', async () => {
  const folder = new WorkspaceFolder();
  for (const name of ['\ud83d\ude00', '\uffee', 'z', 'a-b', 'a!', 'A', '\u00e9']) folder.write(name, name);
  folder.write('a/b', 'x');
  const { snapshot } = await folder.scanner().scan();
  expect(pathsOf(snapshot)).toEqual(['A', 'a', 'a/b', 'a!', 'a-b', 'z', '\u00e9', '\uffee', '\ud83d\ude00']);
});

test.each([
  ['1970-01-01 00:00:00 UTC', 0n],
  ['1969-12-31 23:59:58.999999999 UTC', -1_000_000_001n],
  ['2038-01-19 03:14:08.000000001 UTC', 2_147_483_648_000_000_001n],
  ['2300-01-01 UTC', 2n ** 63n - 1n],
])('the modification time %s is carried as %d ns', async (date, mtime) => {
  const folder = new WorkspaceFolder({ 'd/f': 'x' });
  execFileSync('touch', ['-d', date, folder.at('d/f'), folder.at('d')]);
  const scanner = folder.scanner();
  for (const { snapshot } of [await scanner.scan(), await scanner.scan()]) {
    expect(snapshot.children[0]!.mtime).toBe(mtime);
    expect(fileAt(snapshot, 'd/f').mtime).toBe(mtime);
  }
});

test('links stay links, wherever they lead', async () => {
  const folder = new WorkspaceFolder();
  const targets = ['/etc/passwd', '../../x', 'self', 'absent', 'x'.repeat(4000)];
  targets.forEach((target, index) => symlinkSync(target, folder.at(`l${index}`)));
  const { snapshot, problems } = await folder.scanner().scan();
  expect(problems).toEqual([]);
  expect(snapshot.children.map((child) => child.kind === 'symlink' && child.target)).toEqual(targets);
});

test('a socket is named', async () => {
  const folder = new WorkspaceFolder({ f: 'x' });
  const short = mkdtempSync('/tmp/ps-');
  onTestFinished(() => rmSync(short, { recursive: true }));
  symlinkSync(folder.root, `${short}/r`);
  const server = createServer().listen(`${short}/r/socket`);
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { problems } = await folder.scanner().scan();
  expect(problems.map(({ path, kind }) => [path, kind])).toEqual([['socket', 'special']]);
});

describe('without rights', () => {
  const code = `const denied = args.slice(1).map((path) => { try { fs.readFileSync(path); return ''; } catch (error) { return error.code; } });
    const scanner = new workspace.ContextScanner({ root: args[0], filter: workspace.includeAll, filterKey: '', cachePath: undefined });
    const list = async () => { const { snapshot, problems } = await scanner.scan();
      return { problems: problems.map(({ path, kind }) => path + ' ' + kind).sort(), files: snapshot.files }; };
    return { denied, first: await list(), second: await list() };`;

  test('a file, a folder and a folder that may not be entered are named, and the rest is read', async () => {
    const folder = new WorkspaceFolder({ open: '1', secret: '2', 'closed/f': '3', 'listed/f': '4' });
    for (const path of ['.', 'open', 'secret', 'closed', 'closed/f', 'listed', 'listed/f']) give(folder.at(path));
    chmodSync(dirname(folder.root), 0o755);
    chmodSync(folder.at('secret'), 0o000);
    chmodSync(folder.at('closed'), 0o000);
    chmodSync(folder.at('listed'), 0o444);
    const tried = ['secret', 'closed/f', 'listed/f'].map((path) => folder.at(path));
    const expected = { problems: ['closed unreadable', 'listed/f unreadable', 'secret unreadable'], files: 1 };
    expect(await runWorkspace(launchers.unprivileged, code, folder.root, ...tried)).toEqual({
      denied: ['EACCES', 'EACCES', 'EACCES'],
      first: expected,
      second: expected,
    });
  });

  test('what is excluded is not even asked for', async () => {
    const folder = new WorkspaceFolder({ open: '1', 'closed/f': '3' });
    const judged: string[] = [];
    const filter: ContextFilter = {
      root: undefined,
      judge(path) {
        judged.push(path);
        const excluded = path === 'closed';
        // Were it opened all the same, it would be found changed.
        return { excluded, prune: excluded, state: undefined };
      },
    };
    const scanner = folder.scanner(filter, 'key');
    expect(pathsOf((await scanner.scan()).snapshot)).toEqual(['open']);
    expect(judged).not.toContain('closed/f');
    expect(pathsOf((await scanner.rescan(paths('closed/f', 'closed'))).snapshot)).toEqual(['open']);
  });
});

test('a mode is kept to its twelve bits', async () => {
  const folder = new WorkspaceFolder({ f: 'x' });
  mkdirSync(folder.at('d'));
  chmodSync(folder.at('f'), 0o6755);
  chmodSync(folder.at('d'), 0o1777);
  const { snapshot } = await folder.scanner().scan();
  expect(snapshot.children).toMatchObject([{ mode: 0o1777 }, { mode: 0o6755 }]);
});

function fileAt(snapshot: Snapshot, path: string): FileEntry {
  const entry = findEntry(snapshot, fromText(path));
  if (entry?.kind !== 'file') throw new Error(`${path} is no file`);
  return entry;
}

/** To nobody, if we may. */
function give(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, 65534, 65534);
}
