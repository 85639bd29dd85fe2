import { expect, onTestFinished, test } from 'vitest';
import { ParcelProcess } from '../../../src/workspace/parcelProcess.ts';
import { useWatchBackends, watcherScript } from '../../support/watchBackends.ts';
import { WorkspaceFolder } from '../../support/workspaceFolder.ts';

useWatchBackends();

test('a cookie is told by its own event alone, however young another is: what came before that one may not be told', async () => {
  const folder = new WorkspaceFolder();
  const told: string[] = [];
  const events = { changed: (paths: readonly string[]) => told.push(...paths), lost: () => {}, failed: () => {} };
  const process = new ParcelProcess(watcherScript, events);
  onTestFinished(() => process.dispose());
  await process.subscribeInOrder(folder.root);
  folder.write('first', '');
  await expect.poll(() => told).toContain(folder.at('first'));
  told.length = 0;
  folder.write('second', '');
  await expect.poll(() => told).toContain(folder.at('second'));
  expect(told).toEqual([folder.at('second')]);
});
