import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Contents } from '../../support/contents.ts';
import { openStore } from '../../support/openStore.ts';
import { commitTree, contextKey } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('a store in which a folder stands for a file', () => {
  test.each([
    ['a pack', 'packs/00000001.pack'],
    ['an index', 'packs/00000001.index'],
    ['a head', `heads/${contextKey('app')}`],
    ['the format', 'format'],
  ])('is refused, and says why: %s', async (_, path) => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const first = await openStore(folder);
    await commitTree(first, 'app', contents, contents.snapshot(contents.file('a', 'x')));
    await first.close();
    rmSync(join(folder, path));
    mkdirSync(join(folder, path));
    await expect(openStore(folder)).rejects.toMatchObject({
      code: 'STORE_IO',
      message: expect.stringMatching(/EISDIR|format/) as unknown,
      hint: expect.stringMatching(/\w/) as unknown,
    });
    expect(readdirSync(join(folder, 'lock'))).toEqual([]);
  });
});
