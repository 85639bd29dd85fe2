import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LocalContext } from '../../../src/client/localContext.ts';
import { watchContext } from '../../../src/client/localWatcher.ts';
import type { ChangeHint } from '../../../src/client/workspaceContext.ts';
import { walk } from '../../../src/context/snapshot.ts';
import { chokidarBackend } from '../../../src/workspace/chokidarBackend.ts';
import { proofScan } from '../../../src/workspace/proofScan.ts';
import { paths } from '../../support/workspaceFolder.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let home: string;
let root: string;

beforeEach(() => {
  home = temporaryFolder();
  root = join(home, 'context');
  mkdirSync(root);
});

/** Writes a file in the context and returns its path. */
function write(path: string, content = 'x'): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function open(
  folder = root,
  dockerfile = join(folder, 'Dockerfile'),
  ownDirectories: readonly string[] = [],
): Promise<LocalContext> {
  const [cacheDirectory, neededDirectory] = [join(home, 'cache'), join(home, 'needed')];
  const places = { cacheDirectory, neededDirectory, ownDirectories, prover: { prove: proofScan } };
  return LocalContext.open({ folder, dockerfile, installation: 'test', ...places });
}

const everything = { everything: true };

describe('what a saved file means', () => {
  test('is its path in the context', async () => {
    const context = await open();
    expect(await context.hintOf(write('src/a.ts'))).toEqual({ paths: ['src/a.ts'] });
    expect(await context.hintOf(write('ä'))).toEqual({ paths: paths('ä') });
  });

  test('is nothing for a file that lies elsewhere', async () => {
    const context = await open();
    for (const file of ['/etc/hostname', join(home, 'beside'), join(home, 'context-2/a'), root, home]) {
      expect(await context.hintOf(file)).toBeUndefined();
    }
    expect(await context.hintOf(write('..not/a/parent'))).toEqual({ paths: ['..not/a/parent'] });
  });

  test('is nothing for what is excluded, in whichever way', async () => {
    write('.dockerignore', '*.log\nnode_modules\n**/*.tmp\n!**/keep.tmp\n');
    const context = await open();
    for (const file of ['a.log', 'node_modules/x/index.js', 'deep/a.tmp']) {
      expect(await context.hintOf(write(file))).toBeUndefined();
    }
    expect(await context.hintOf(write('deep/keep.tmp'))).toEqual({ paths: ['deep/keep.tmp'] });
  });

  test('is a path without links, as the context has it', async () => {
    write('real/a');
    symlinkSync('real', join(root, 'alias'));
    symlinkSync(home, join(root, 'out'));
    symlinkSync(root, join(home, 'workspace'));
    const context = await open(join(home, 'workspace'));
    expect(await context.hintOf(join(home, 'workspace/real/a'))).toEqual({ paths: ['real/a'] });
    expect(await context.hintOf(join(root, 'alias/a'))).toEqual({ paths: ['real/a'] });
    writeFileSync(join(home, 'outside'), '');
    expect(await context.hintOf(join(root, 'out/outside'))).toBeUndefined();
  });

  test('is everything for an ignore file, even for one that excludes itself or lies elsewhere', async () => {
    const context = await open(root, join(home, 'docker/app.Dockerfile'));
    const general = write('.dockerignore', '.dockerignore\n');
    expect(await context.hintOf(general)).toMatchObject(everything);
    expect(await context.hintOf(join(home, 'docker/app.Dockerfile.dockerignore'))).toMatchObject(everything);
    expect(await context.hintOf(join(home, 'docker/app.Dockerfile'))).toBeUndefined();
  });

  test('is told where a rule is malformed, so that the reading complains', async () => {
    write('.dockerignore', '[z-a]\n');
    const context = await open();
    expect(await context.hintOf(write('a'))).toEqual({ paths: ['a'] });
  });
});

describe('what is excluded in a folder', () => {
  test('is listed with its kind, its size and the rule', async () => {
    write('.dockerignore', 'out\n*.log\n**/c\n');
    write('out/a');
    write('x.log', '12345');
    write('b/c', '1');
    write('b/d', '1');
    symlinkSync('x', join(root, 'l.log'));
    const context = await open();
    await context.read({ everything: true, why: 'test' });
    const { entries, more } = context.excludedIn(paths('')[0]!);
    expect(entries.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'l.log', kind: 'symlink', bytes: 0, rule: '*.log (line 2)' },
      { path: 'out', kind: 'directory', bytes: 0, rule: 'out (line 1)' },
      { path: 'x.log', kind: 'file', bytes: 5, rule: '*.log (line 2)' },
    ]);
    expect(more).toBe(0);
    expect(context.excludedIn(paths('b')[0]!).entries).toMatchObject([{ path: 'b/c', rule: '**/c (line 3)' }]);
    expect(context.excludedIn(paths('no/such/folder')[0]!)).toEqual({ entries: [], more: 0 });
  });

  test('is counted where it is too much to be listed, and left out where it is gone', async () => {
    write('.dockerignore', 'f*\n');
    for (let i = 0; i < 600; i++) write(`f${i}`);
    const context = await open();
    await context.read({ everything: true, why: 'test' });
    const { entries, more } = context.excludedIn(paths('')[0]!);
    expect([entries.length, more]).toEqual([500, 100]);
    for (let i = 0; i < 600; i++) rmSync(join(root, `f${i}`));
    expect(context.excludedIn(paths('')[0]!)).toEqual({ entries: [], more: 100 });
  });
});

test.each([
  ['gone', (file: string) => rmSync(file)],
  ['empty', (file: string) => writeFileSync(file, '')],
])('an ignore file that is %s for a moment, while it is saved, lets nothing out', async (_, begin) => {
  write('.env', 'secret');
  const ignore = write('.dockerignore', '.env\n');
  const context = await open();
  const read = async () => {
    const { snapshot } = await context.read({ everything: true, why: 'test' });
    return snapshot.children.map(({ name }) => name);
  };
  expect(await read()).toEqual(['.dockerignore']);
  begin(ignore);
  setTimeout(() => writeFileSync(ignore, '.env\nother\n'), 60);
  expect(await read()).toEqual(['.dockerignore']);
  // It was meant.
  begin(ignore);
  expect(await read()).toContain('.env');
});

describe('a context that holds files of Presync itself', () => {
  const openWith = (ownDirectories: readonly string[]) => open(root, undefined, ownDirectories);

  test('is refused: it would change whenever it is synchronised', async () => {
    mkdirSync(join(root, 'cache/presync'), { recursive: true });
    symlinkSync(root, join(home, 'alias'));
    for (const own of [join(root, 'cache/presync'), join(home, 'alias/cache'), root, join(root, 'not/there/yet')]) {
      await expect(openWith([own])).rejects.toMatchObject({
        code: 'USAGE',
        hint: expect.stringMatching(/dockerignore/) as unknown,
      });
    }
    await openWith([home, join(home, 'context-2'), '/nowhere']);
    write('.dockerignore', 'cache\n');
    await openWith([join(root, 'cache/presync')]);
  });
});

test('rules that were found by a reading which failed are followed by the next', async () => {
  const recipe = 'FROM scratch\nCOPY a b /\n';
  write('Dockerfile', recipe);
  write('a');
  write('b');
  const context = await open();
  await context.read({ everything: true, why: 'first' });
  write('.dockerignore', 'a\n');
  write('Dockerfile', 'FROM scratch\nCOPY a b c /\n');
  const needed = join(home, 'needed');
  rmSync(needed, { recursive: true });
  writeFileSync(needed, 'where a folder should be');
  await expect(context.read({ everything: true, why: 'second' })).rejects.toMatchObject({ code: 'STORE_IO' });
  rmSync(needed);
  write('Dockerfile', recipe);
  const { snapshot } = await context.read({ everything: true, why: 'third' });
  expect([...walk(snapshot)].map(([path]) => path)).toEqual(['b']);
});

test('a reading follows one version of the ignore file, also when another is saved meanwhile', async () => {
  for (let i = 0; i < 40; i++) for (const kind of ['a', 'b']) write(`${i}/x.${kind}`);
  write('.dockerignore', '**/*.a\n');
  const context = await open();
  const seen = new Set<string>();
  for (let round = 0; round < 30; round++) {
    // A young file is waited for, so the reading lasts long enough to be met.
    write(`20/young.${round % 2 ? 'a' : 'b'}`, `${round}`);
    const reading = context.read({ everything: true, why: 'test' });
    setTimeout(() => write('.dockerignore', `**/*.${round % 2 ? 'a' : 'b'}\n`), round % 25);
    const { snapshot } = await reading;
    const kinds = new Set([...walk(snapshot)].flatMap(([path]) => /\.([ab])$/.exec(path)?.[1] ?? []));
    expect([...kinds]).toHaveLength(1);
    seen.add([...kinds].join());
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  expect([...seen].sort()).toEqual(['a', 'b']);
});

describe('the watcher of a context', () => {
  async function watched(context: LocalContext): Promise<ChangeHint[]> {
    const watcher = watchContext(context, [chokidarBackend], join(home, 'run'));
    onTestFinished(() => watcher.dispose());
    await watcher.ready;
    const hints: ChangeHint[] = [];
    watcher.onDidChange((hint) => hints.push(hint));
    barrier = () => watcher.barrier();
    return hints;
  }
  let barrier: () => Promise<void>;

  const hinted = (hints: readonly ChangeHint[]) =>
    hints.flatMap((hint): readonly string[] => ('paths' in hint ? hint.paths : [hint.why]));

  test('tells nothing of what is excluded', async () => {
    write('.dockerignore', '*.log\n');
    const hints = await watched(await open());
    write('a.log');
    await barrier();
    expect(hints).toEqual([]);
    write('a.ts');
    await barrier();
    expect(hinted(hints)).toContain('a.ts');
  });

  test('tells of an ignore file that excludes itself', async () => {
    write('.dockerignore', '.dockerignore\n');
    const hints = await watched(await open());
    write('.dockerignore', '.dockerignore\n*.log\n');
    await barrier();
    expect(hinted(hints)).toContain('.dockerignore');
  });

  test('tells at a barrier of an ignore file that lies where nothing is watched', async () => {
    mkdirSync(join(home, 'docker'));
    const own = join(home, 'docker/app.Dockerfile.dockerignore');
    writeFileSync(own, '*.log\n');
    const context = await open(root, join(home, 'docker/app.Dockerfile'));
    const hints = await watched(context);
    await barrier();
    expect(hints).toEqual([]);
    writeFileSync(own, '*.tmp\n');
    await barrier();
    expect(hints).toMatchObject([everything]);
  });
});
