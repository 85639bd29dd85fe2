import { renameSync, rmSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { delay } from '../../../src/base/time.ts';
import type * as SafeOpen from '../../../src/workspace/safeOpen.ts';
import { fileSystemAt } from '../../../src/workspace/fileSystem.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';
import { WorkspaceFolder } from '../../support/workspaceFolder.ts';

const listed = vi.hoisted(() => [] as string[]);

vi.mock('../../../src/workspace/safeOpen.ts', async (original) => {
  const actual = await original<typeof SafeOpen>();
  return { ...actual, listNames: (path: string) => (listed.push(path), actual.listNames(path)) };
});

beforeEach(() => void (listed.length = 0));

const files = { 'a/f': '1', 'a/b/g': '2', 'c/h': '3' };

test('only the folders whose names may have changed are listed again', async () => {
  const folder = new WorkspaceFolder(files);
  // Elsewhere everything is listed, which is right as well.
  expect(fileSystemAt(folder.root).datesFolders).toBe(true);
  const scanner = folder.scanner();
  await delay(2 * workspaceLimits.clockTicks);
  await scanner.scan();
  expect(listed).toHaveLength(4);
  listed.length = 0;
  folder.write('a/b/g', 'changed');
  folder.write('c/new', '');
  await scanner.scan();
  expect(listed.sort()).toEqual([folder.root, folder.at('c')]);
});

test('a folder that changed just before it was listed is listed again', async () => {
  const folder = new WorkspaceFolder(files);
  const scanner = folder.scanner();
  await scanner.scan();
  await delay(2 * workspaceLimits.clockTicks);
  listed.length = 0;
  await scanner.scan();
  expect(listed).toHaveLength(4);
  listed.length = 0;
  await scanner.scan();
  expect(listed).toEqual([folder.root]);
});

test('a folder that has taken the place of another is listed', async () => {
  const folder = new WorkspaceFolder({ ...files, 'z/f': '1' });
  const scanner = folder.scanner();
  await delay(2 * workspaceLimits.clockTicks);
  await scanner.scan();
  rmSync(folder.at('a'), { recursive: true });
  renameSync(folder.at('z'), folder.at('a'));
  listed.length = 0;
  const { snapshot } = await scanner.scan();
  expect(listed).toContain(folder.at('a'));
  expect(snapshot.digest).toBe((await folder.fresh()).digest);
});
