import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { sourceOf } from '../../../src/extension/contexts/contextSource.ts';
import type { KeptContexts } from '../../../src/extension/contexts/keptContexts.ts';
import { Messages } from '../../../src/extension/messages.ts';
import { Notices } from '../../../src/extension/notices.ts';
import { settle } from '../../support/fakeClock.ts';
import { fake, resetVscode, Uri } from '../../support/vscode.ts';

const folder = (path: string) => ({ uri: Uri.file(path), name: path.slice(1), index: 0 });
const [api, web, docs] = ['/api', '/web', '/docs'].map(folder) as [Folder, Folder, Folder];
type Folder = ReturnType<typeof folder>;

const kept = {
  all: ['/api/Dockerfile', '/web/app/Dockerfile'].map((dockerfile) => ({
    name: dockerfile.split('/').at(-2),
    source: sourceOf(dockerfile),
  })),
} as unknown as KeptContexts;

let notices: Notices;

beforeEach(() => {
  resetVscode();
  notices = new Notices(new Messages(silentLogger));
});

test('a folder that leaves the workspace is no longer kept in sync, and can be added back', async () => {
  fake.folders = [docs];
  fake.answer = () => 'Add Back';
  notices.removed([web], kept);
  await settle();
  expect(fake.asked).toMatchObject([
    {
      kind: 'information',
      text: 'Presync: app is no longer kept in sync here: removed from the workspace.',
      items: ['Add Back'],
    },
  ]);
  expect(fake.folders.map(({ name }) => name)).toEqual(['docs', 'web']);
});

test('nothing is said of folders that were not kept, or that another folder of the workspace holds', () => {
  fake.folders = [folder('/')];
  notices.removed([api], kept);
  fake.folders = [api, web];
  notices.removed([docs], kept);
  expect(fake.asked).toEqual([]);
});
