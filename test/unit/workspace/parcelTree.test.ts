import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { ParcelTree } from '../../../src/workspace/parcelTree.ts';
import { statPath } from '../../../src/workspace/safeOpen.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A process that tells of the folder "new" at the root, if it is the first, and never answers for it. */
const silentAboutNew = (root: string) => `
  const { existsSync, writeFileSync } = require('node:fs');
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, path }) => path.endsWith('/new') || process.send({ id }));
  process.send({ ready: true });
  const [folder, first] = ${JSON.stringify([join(root, 'new'), join(root, '..', 'first')])};
  if (!existsSync(first)) {
    writeFileSync(first, '');
    const looking = setInterval(() => {
      if (!existsSync(folder)) return;
      clearInterval(looking);
      process.send({ changed: [folder], crowded: false });
    }, 10);
  }`;

test('a folder may appear while all is subscribed to anew: what then fails in the process before is no failure', async () => {
  const folder = temporaryFolder();
  const root = join(folder, 'root');
  const script = join(folder, 'watcher.cjs');
  mkdirSync(root);
  writeFileSync(script, silentAboutNew(root));
  const [changed, failed] = [vi.fn(), vi.fn()];
  const told = { changed, failed, lost: () => {}, cookie: () => {} };
  const options = { ...told, root: fromText(root), skipsFolder: () => false, cookieDirectory: join(folder, 'cookies') };
  const tree = new ParcelTree(script, options, statPath(root)!);
  onTestFinished(() => tree.dispose());
  await tree.settled();
  mkdirSync(join(root, 'new'));
  await vi.waitFor(() => expect(changed).toHaveBeenCalledWith('new'), 20_000);
  tree.refresh();
  await tree.settled();
  expect(failed).not.toHaveBeenCalled();
});
