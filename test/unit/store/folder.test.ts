import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { Store } from '../../../src/store/store.ts';
import { Contents } from '../../support/contents.ts';
import { openStore } from '../../support/openStore.ts';
import { commitTree, contextKey, readBack } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const options = { logger: silentLogger };
const word: unknown = expect.stringMatching(/\w/);

/** A folder with a store in which `app` is committed, closed again. */
async function madeStore(): Promise<string> {
  const folder = temporaryFolder();
  const store = await openStore(folder);
  const contents = new Contents();
  await commitTree(store, 'app', contents, contents.snapshot(contents.file('a', 'x')));
  await store.close();
  return folder;
}

/** The permissions of everything in a folder, by path. */
function modesIn(folder: string, prefix = ''): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const mode: [string, string] = [prefix + entry.name, (statSync(path).mode & 0o7777).toString(8)];
    return entry.isDirectory() ? [mode, ...modesIn(path, `${prefix}${entry.name}/`)] : [mode];
  });
}

describe('the folder of a store', () => {
  test('is made with its parents; nobody else can enter it or read what is in it', async () => {
    const folder = join(temporaryFolder(), 'new', 'store');
    const umask = process.umask(0);
    const store = await openStore(folder);
    const contents = new Contents();
    await commitTree(store, 'app', contents, contents.snapshot(contents.file('a', 'x')));
    process.umask(umask);
    expect(statSync(folder).mode & 0o7777).toBe(0o700);
    const modes = modesIn(folder);
    expect(modes.map(([path]) => path)).toEqual(
      expect.arrayContaining(['format', 'heads', 'lock', 'packs', 'packs/00000001.pack', 'packs/00000001.index']),
    );
    const folders = new Set(['heads', 'lock', 'packs']);
    for (const [path, mode] of modes) expect([path, mode]).toEqual([path, folders.has(path) ? '700' : '600']);
  });

  test('that lets others in is closed to them', async () => {
    const folder = await madeStore();
    chmodSync(folder, 0o755);
    await openStore(folder);
    expect(statSync(folder).mode & 0o7777).toBe(0o700);
  });

  test('may be reached through a symlink', async () => {
    const folder = await madeStore();
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folder, link);
    expect((await readBack(await openStore(link), 'app')).files.get('a')).toBe('x');
  });

  test.each(['packs', 'heads', 'lock'])('whose %s is a symlink is refused', async (name) => {
    const folder = await madeStore();
    const elsewhere = temporaryFolder();
    renameSync(join(folder, name), join(elsewhere, name));
    symlinkSync(join(elsewhere, name), join(folder, name));
    const before = modesIn(elsewhere);
    await expect(Store.open(folder, options)).rejects.toMatchObject({ code: 'STORE_IO', hint: word });
    expect(modesIn(elsewhere)).toEqual(before);
  });

  test.each(['packs/00000001.pack', 'packs/00000001.index', 'format', 'heads/KEY'])(
    'whose %s is a symlink is refused, and what the link leads to stays as it is',
    async (name) => {
      const folder = await madeStore();
      const path = join(folder, name.replace('KEY', contextKey('app')));
      const outside = join(temporaryFolder(), 'outside');
      renameSync(path, outside);
      const before = readFileSync(outside);
      symlinkSync(outside, path);
      await expect(Store.open(folder, options)).rejects.toMatchObject({ code: 'STORE_IO', hint: word });
      expect(readFileSync(outside)).toEqual(before);
    },
  );

  test('with a planted link for the next pack is not written through it', async () => {
    const folder = await madeStore();
    const outside = join(temporaryFolder(), 'outside');
    rmSync(join(folder, 'packs', '00000001.index'));
    rmSync(join(folder, 'packs', '00000001.pack'));
    const store = await openStore(folder);
    symlinkSync(outside, join(folder, 'packs', '00000001.pack'));
    const contents = new Contents();
    const commit = commitTree(store, 'new', contents, contents.snapshot(contents.file('a', 'y')));
    await expect(commit).rejects.toMatchObject({ code: 'STORE_IO' });
    expect(existsSync(outside)).toBe(false);
  });

  test.each([
    ['a newer format', 'presync store 2\n', /newer/],
    ['a format that nobody knows', 'something else\n', /not known/],
    ['an empty format', '', /not known/],
  ])('with %s is refused with a hint, and nothing in it is touched', async (_, format, message) => {
    const folder = await madeStore();
    writeFileSync(join(folder, 'format'), format);
    const before = modesIn(folder);
    const error: unknown = await Store.open(folder, options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STORE_IO', hint: word, message: expect.stringMatching(message) as unknown });
    expect(modesIn(folder)).toEqual(before);
  });

  test('that holds other things is not made a store', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.tex'), '');
    await expect(Store.open(folder, options)).rejects.toMatchObject({ code: 'STORE_IO', hint: word });
    expect(readdirSync(folder)).toEqual(['thesis.tex']);
  });

  test('may be left half made by a crash', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'lock'));
    mkdirSync(join(folder, 'packs'));
    writeFileSync(join(folder, 'format.tmp'), 'pre');
    await openStore(folder);
    expect(readFileSync(join(folder, 'format'), 'latin1')).toBe('presync store 1\n');
  });

  test('is no file', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    await expect(Store.open(path, options)).rejects.toMatchObject({ code: 'STORE_IO', hint: word });
  });

  test('is opened in vain after the signal has fired, and can be opened again', async () => {
    const folder = await madeStore();
    const opening = Store.open(folder, { ...options, signal: AbortSignal.abort() });
    await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await readBack(await openStore(folder), 'app')).files.get('a')).toBe('x');
  });

  test('loses the temporary file of an interrupted commit', async () => {
    const folder = await madeStore();
    writeFileSync(join(folder, 'heads', `${contextKey('app')}.tmp`), 'half a he');
    await openStore(folder);
    expect(readdirSync(join(folder, 'heads'))).toEqual([contextKey('app')]);
  });
});
