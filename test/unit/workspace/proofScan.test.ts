import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { everythingNeeded } from '../../../src/context/needed/needed.ts';
import { toDisplay } from '../../../src/base/bytes.ts';
import { IgnoreRules } from '../../../src/context/ignore/ignoreRules.ts';
import type { Proof } from '../../../src/context/proof.ts';
import { momentNs } from '../../../src/workspace/fileTimes.ts';
import type { ProofOrder } from '../../../src/workspace/proofScan.ts';
import { proofScan } from '../../../src/workspace/proofScan.ts';
import { treeBytes } from '../../../src/workspace/treeBytes.ts';
import { unhurried, WorkspaceFolder } from '../../support/workspaceFolder.ts';

const files = { 'a/f': '1', 'a/b/g': '2', 'd/h': '3', top: '4' };

/** What a build is of, and is to be proven. */
async function snapshotOf(folder: WorkspaceFolder, rules = ''): Promise<Omit<ProofOrder, 'since'>> {
  const content = Buffer.from(rules);
  const scanner = folder.scanner(IgnoreRules.parse(content), rules);
  const { snapshot } = await scanner.scan();
  const needed = everythingNeeded('a test');
  return { root: folder.root, dockerfile: undefined, rules: content, needed, tree: treeBytes(snapshot) };
}

const shown = ({ verdict, paths, count }: Proof) => ({ verdict, paths: paths.map(toDisplay).sort(), count });

/** What a proof says of `change`, once when it was made before the build was asked for and once when after. */
async function verdictsOn(change: (folder: WorkspaceFolder) => void, of = files) {
  const folder = new WorkspaceFolder(of);
  const order = await snapshotOf(folder);
  const before = momentNs();
  await sleep(20);
  change(folder);
  await sleep(20);
  const missed = shown(await proofScan({ ...order, since: momentNs() }));
  const moved = shown(await proofScan({ ...order, since: before }));
  expect({ ...moved, verdict: missed.verdict }).toEqual(missed);
  return { paths: missed.paths, verdicts: [missed.verdict, moved.verdict] };
}

describe('a proof', () => {
  test.each<[string, (folder: WorkspaceFolder) => void]>([
    ['nothing', () => {}],
    ['a touch', (f) => utimesSync(f.at('a/f'), 1, 1)],
    ['a file that was written anew with what it held', (f) => f.write('top', '4')],
    ['a file that is here no more than it was', (f) => (f.write('new', 'x'), rmSync(f.at('new')))],
    ['the mode of the root', (f) => chmodSync(f.root, 0o700)],
  ])('is there after %s', async (_, change) => {
    expect((await verdictsOn(change)).verdicts).toEqual(['equal', 'equal']);
  });

  test.each<[string, string[], (folder: WorkspaceFolder) => void]>([
    ['an edit', ['a/f'], (f) => f.write('a/f', 'edited')],
    ['an edit that keeps size and mtime', ['a/f'], (f) => (f.write('a/f', 'x'), utimesSync(f.at('a/f'), 5, 5))],
    ['a new file', ['a/b/new'], (f) => f.write('a/b/new', 'x')],
    ['a file that is gone', ['a/b/g'], (f) => rmSync(f.at('a/b/g'))],
    ['a folder that is gone', ['a'], (f) => rmSync(f.at('a'), { recursive: true })],
    ['a folder that was moved', ['a', 'd/a'], (f) => renameSync(f.at('a'), f.at('d/a'))],
    ['a new folder, empty', ['e'], (f) => mkdirSync(f.at('e'))],
    ['a file that has become a folder', ['top'], (f) => (rmSync(f.at('top')), f.write('top/f', 'x'))],
    ['a file that has become a link', ['top'], (f) => (rmSync(f.at('top')), symlinkSync('a', f.at('top')))],
    ['a mode', ['a/f'], (f) => chmodSync(f.at('a/f'), 0o600)],
    [
      'the mode of a folder, and an edit in it',
      ['a', 'a/f'],
      (f) => (chmodSync(f.at('a'), 0o700), f.write('a/f', 'x')),
    ],
    ['an ignore file', ['.dockerignore'], (f) => f.write('.dockerignore', 'top')],
  ])('names %s, and tells what was missed from what has changed since', async (_, paths, change) => {
    const { paths: found, verdicts } = await verdictsOn(change);
    expect(found).toEqual(paths);
    expect(verdicts).toEqual(['missed', 'moved']);
  });

  test('that misses one change and sees another made since names the missed one', async () => {
    const folder = new WorkspaceFolder(files);
    const order = await snapshotOf(folder);
    folder.write('a/f', 'missed');
    await sleep(20);
    const since = momentNs();
    await sleep(20);
    folder.write('top', 'since');
    expect(shown(await proofScan({ ...order, since }))).toEqual({ verdict: 'missed', paths: ['a/f'], count: 1 });
  });

  test('reads what was too young to be trusted when it was scanned', async () => {
    const folder = new WorkspaceFolder({ f: 'young' });
    const order = await snapshotOf(folder);
    const before = lstatSync(folder.at('f'), { bigint: true });
    folder.write('f', 'YOUNG');
    // A coarse clock gives both saves one and the same time.
    const after = lstatSync(folder.at('f'), { bigint: true });
    const tree = Buffer.from(order.tree);
    for (const time of ['mtimeNs', 'ctimeNs'] as const) {
      tree.writeBigInt64LE(after[time], tree.indexOf(littleEndian(before[time])));
    }
    expect(shown(await proofScan({ ...order, tree, since: momentNs() })).paths).toEqual(['f']);
  });

  test('follows the rules that the snapshot follows', async () => {
    const folder = new WorkspaceFolder({ ...files, '.dockerignore': 'a\n!a/b\n' });
    const order = await snapshotOf(folder, 'a\n!a/b\n');
    folder.write('a/f', 'excluded');
    expect((await proofScan({ ...order, since: momentNs() })).verdict).toBe('equal');
    folder.write('a/b/g', 'included');
    expect(shown(await proofScan({ ...order, since: momentNs() })).paths).toEqual(['a/b/g']);
  });

  test('is none of a file that never rests', async () => {
    const folder = new WorkspaceFolder({ log: 'x' }, unhurried);
    const order = await snapshotOf(folder);
    const restless = setInterval(() => appendFileSync(folder.at('log'), 'x'), 2);
    onTestFinished(() => clearInterval(restless));
    appendFileSync(folder.at('log'), 'x');
    const before = momentNs() - 60_000_000_000n;
    expect(shown(await proofScan({ ...order, since: before }))).toMatchObject({ verdict: 'moved', paths: ['log'] });
  });

  test('names only the first of many paths, and counts them', async () => {
    const folder = new WorkspaceFolder();
    const order = await snapshotOf(folder);
    for (let i = 0; i < 100; i++) folder.write(`file${i}`, 'x');
    const proof = await proofScan({ ...order, since: momentNs() });
    expect(proof.count).toBe(100);
    expect(proof.paths.length).toBeLessThan(100);
    expect(proof.paths.length).toBeGreaterThan(0);
  });

  test('fails when the folder is gone', async () => {
    const folder = new WorkspaceFolder(files);
    const order = await snapshotOf(folder);
    rmSync(folder.root, { recursive: true });
    await expect(proofScan({ ...order, since: momentNs() })).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
  });

  test('ends when it is cancelled', async () => {
    const folder = new WorkspaceFolder(files);
    const order = await snapshotOf(folder);
    const proof = proofScan({ ...order, since: momentNs() }, AbortSignal.abort());
    await expect(proof).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a scan', () => {
  const scanned = async (folder: WorkspaceFolder) => (await folder.scanner().scan()).atRest;

  test('is its own proof when nothing has changed since it began, whatever it had to read', async () => {
    const folder = new WorkspaceFolder(files);
    await sleep(60);
    expect(await scanned(folder)).toBe(true);
  });

  test.each<[string, (folder: WorkspaceFolder) => void]>([
    ['a file', (f) => f.write('a/f', 'x')],
    ['a mode', (f) => chmodSync(f.at('a/f'), 0o600)],
    ['a link', (f) => symlinkSync('x', f.at('a/b/link'))],
    ['what a folder holds', (f) => rmSync(f.at('a/b/g'))],
    ['what the root holds', (f) => rmSync(f.at('top'))],
    ['what a folder held for a moment', (f) => (f.write('a/b/x', ''), rmSync(f.at('a/b/x')))],
    ['what the root held for a moment', (f) => (f.write('x', ''), rmSync(f.at('x')))],
  ])('is not when %s changed just now', async (_, change) => {
    const folder = new WorkspaceFolder(files);
    await sleep(60);
    const scanner = folder.scanner();
    await scanner.scan();
    change(folder);
    expect((await scanner.scan()).atRest).toBe(false);
    await sleep(60);
    expect((await scanner.scan()).atRest).toBe(true);
  });

  test('of hinted paths alone never is', async () => {
    const folder = new WorkspaceFolder(files);
    await sleep(60);
    const scanner = folder.scanner();
    expect((await scanner.scan()).atRest).toBe(true);
    expect((await scanner.rescan([])).atRest).toBe(false);
  });

  test('is not when a file could not be read in any of several attempts', async () => {
    const folder = new WorkspaceFolder({ log: 'x' }, unhurried);
    const restless = setInterval(() => writeFileSync(folder.at('log'), 'x'), 2);
    onTestFinished(() => clearInterval(restless));
    writeFileSync(folder.at('log'), 'x');
    expect(await scanned(folder)).toBe(false);
  });
});

function littleEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}
