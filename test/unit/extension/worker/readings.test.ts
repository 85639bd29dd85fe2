import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LocalContext } from '../../../../src/client/localContext.ts';
import type { ContextSource } from '../../../../src/extension/link/workerApi.ts';
import { findShownFolder, listFolder } from '../../../../src/extension/worker/listing.ts';
import { workerLimits } from '../../../../src/extension/worker/limits.ts';
import type { ContextReading } from '../../../../src/extension/worker/readings.ts';
import { Readings } from '../../../../src/extension/worker/readings.ts';
import { survey } from '../../../../src/extension/worker/survey.ts';
import { proofScan } from '../../../../src/workspace/proofScan.ts';
import { diskSnapshot } from '../../../support/diskSnapshot.ts';
import { FakeDaemon } from '../../../support/fakeDaemon.ts';
import { FakeEnvironment } from '../../../support/fakeEnvironment.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const never = new AbortController().signal;

let home: string;
let env: FakeEnvironment;
let kept: ContextReading | undefined;
let readings: Readings;
let source: ContextSource;

beforeEach(() => {
  home = temporaryFolder();
  env = new FakeEnvironment(home, new FakeDaemon());
  kept = undefined;
  readings = new Readings({ env, kept: () => kept });
  source = sourceAt('context');
});

function sourceAt(name: string): ContextSource {
  const folder = join(home, name);
  mkdirSync(folder);
  return { folder, dockerfile: join(folder, 'Dockerfile') };
}

function write(path: string, content = 'x'): void {
  const file = join(source.folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function list(path: string) {
  const { context, snapshot } = await readings.last(source, never);
  const found = findShownFolder(snapshot, path);
  return found && listFolder(found, context.excludedIn(found.path));
}

describe('a survey', () => {
  test('says what a first upload would send, and sends and starts nothing', async () => {
    write('big/a', 'x'.repeat(5000));
    write('big/b', 'x'.repeat(5000));
    write('small', 'x');
    write('.env', 'SECRET=1');
    const { snapshot } = await readings.read(source, never);
    expect(await survey(snapshot, never)).toEqual({
      snapshot: diskSnapshot(source.folder),
      files: 4,
      bytes: 10_009,
      largest: [
        { path: 'big', bytes: 10_000 },
        { path: '.env', bytes: 8 },
        { path: 'small', bytes: 1 },
      ],
      secrets: ['.env'],
    });
    expect(env.reached).toEqual([]);
  });

  test('names no more of the largest than anybody reads', async () => {
    for (let i = 0; i < 30; i++) write(`file${i}`);
    const { snapshot } = await readings.read(source, never);
    expect((await survey(snapshot, never)).largest).toHaveLength(workerLimits.largest);
  });

  test('leaves a cache, so that the first sync reads nothing twice', async () => {
    write('a');
    await readings.read(source, never);
    expect(readdirSync(join(home, 'cache/contexts'))).toHaveLength(1);
  });

  test('of a folder that is not there says so', async () => {
    const missing = { folder: join(home, 'missing'), dockerfile: join(home, 'missing/Dockerfile') };
    await expect(readings.read(missing, never)).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
  });
});

describe('a listing', () => {
  test('has what is in a folder, largest first, and then what is excluded', async () => {
    write('.dockerignore', '*.log\nnode_modules\n');
    write('src/a', '123');
    write('src/deep/b', '12345');
    write('big', 'x'.repeat(100));
    write('x.log', '1234');
    write('node_modules/m/index.js');
    expect(await list('')).toEqual({
      entries: [
        { path: 'big', kind: 'file', files: 1, bytes: 100, excludedBy: undefined },
        { path: '.dockerignore', kind: 'file', files: 1, bytes: 19, excludedBy: undefined },
        { path: 'src', kind: 'directory', files: 2, bytes: 8, excludedBy: undefined },
        expect.objectContaining({ excludedBy: expect.any(String) }),
        expect.objectContaining({ excludedBy: expect.any(String) }),
      ],
      omitted: 0,
    });
    const excluded = (await list(''))!.entries.slice(3);
    expect(excluded.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'node_modules', kind: 'directory', files: 0, bytes: 0, excludedBy: 'node_modules (line 2)' },
      { path: 'x.log', kind: 'file', files: 1, bytes: 4, excludedBy: '*.log (line 1)' },
    ]);
    expect((await list('src'))?.entries.map(({ path }) => path)).toEqual(['src/deep', 'src/a']);
    expect(await list('src/a')).toBeUndefined();
    expect(await list('node_modules')).toBeUndefined();
  });

  test('finds a folder by what is shown of it', async () => {
    write('w\u202eird/a');
    const [entry] = (await list(''))!.entries;
    expect(entry?.path).toBe('w\\u{202e}ird');
    expect((await list(entry!.path))?.entries).toMatchObject([{ path: 'w\\u{202e}ird/a' }]);
  });

  test('counts what is too much to be listed', async () => {
    for (let i = 0; i < workerLimits.listed + 5; i++) write(`file${i}`);
    const listing = await list('');
    expect([listing?.entries.length, listing?.omitted]).toEqual([workerLimits.listed, 5]);
  });

  test('is of the last reading: reading again is asked for otherwise', async () => {
    write('a');
    await list('');
    write('b');
    expect((await list(''))?.entries).toHaveLength(1);
    await readings.read(source, never);
    expect((await list(''))?.entries).toHaveLength(2);
  });

  test('is of the reading that is kept in sync, if it is kept', async () => {
    write('a');
    const { folder, dockerfile } = source;
    const prover = { prove: proofScan };
    const context = await LocalContext.open({
      folder,
      dockerfile,
      installation: 'i',
      cacheDirectory: home,
      neededDirectory: home,
      prover,
    });
    const { snapshot } = await context.read({ everything: true, why: 'test' });
    kept = { context, snapshot };
    write('b');
    expect((await list(''))?.entries).toHaveLength(1);
  });

  test('remembers a few readings, not all', async () => {
    write('a');
    await list('');
    for (let i = 0; i < workerLimits.readings; i++) await readings.read(sourceAt(`other${i}`), never);
    write('b');
    expect((await list(''))?.entries).toHaveLength(2);
  });
});
