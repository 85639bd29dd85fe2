import { beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { sourceOf } from '../../../src/extension/contexts/contextSource.ts';
import type { KeptContexts } from '../../../src/extension/contexts/keptContexts.ts';
import { noDockerfile } from '../../../src/extension/contexts/noDockerfile.ts';
import { toPlainError } from '../../../src/extension/link/plainError.ts';
import { Messages } from '../../../src/extension/messages.ts';
import { Notices } from '../../../src/extension/notices.ts';
import { Settings } from '../../../src/extension/settings.ts';
import { someContext } from '../../support/contextViews.ts';
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
let isDefaultBuilder: boolean;

beforeEach(() => {
  resetVscode();
  isDefaultBuilder = true;
  notices = new Notices(new Messages(silentLogger), () => isDefaultBuilder);
});

test('a folder that leaves the workspace is no longer kept in sync, and can be added back', async () => {
  fake.folders = [docs];
  fake.answer = () => 'Add Back';
  notices.removed([web], kept);
  await settle();
  expect(fake.asked).toMatchObject([
    {
      kind: 'information',
      text: 'app is no longer kept in sync here: removed from the workspace.',
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

describe('settings', () => {
  const usable = {
    contexts: [],
    daemon: '',
    proof: 'before',
    saveBeforeBuild: true,
    buildInBackground: false,
    codeLens: true,
    'diagnostics.buildkitWarnings': 'auto',
  };
  beforeEach(() => {
    for (const [name, value] of Object.entries(usable)) fake.set(`presync.${name}`, value);
    fake.folders = [docs];
  });

  const told = (missing: readonly string[] = []) => {
    fake.asked.length = 0;
    notices.settings(new Settings(), missing);
    return fake.asked.map(({ text }) => text);
  };

  test('that can be used are not spoken of', () => expect(told()).toEqual([]));

  test('that are none of the words there are for them are named, once', () => {
    fake.set('presync.proof', 'sometimes');
    fake.set('presync.diagnostics.buildkitWarnings', true);
    expect(told()).toEqual([
      'A setting cannot be used. presync.proof: it has to be "before", "concurrent" or "off". ' +
        'presync.diagnostics.buildkitWarnings: it has to be "auto", "on" or "off".',
    ]);
    expect(told()).toEqual([]);
  });

  test('that name a Dockerfile that is not there are told of, each time that it goes', () => {
    const gone = 'A setting cannot be used. presync.contexts: web.Dockerfile does not exist.';
    expect(told(['/docs/web.Dockerfile'])).toEqual([gone]);
    expect(fake.asked).toMatchObject([{ items: ['Open Settings'] }]);
    expect(told(['/docs/web.Dockerfile'])).toEqual([]);
    expect(told()).toEqual([]);
    expect(told(['/docs/web.Dockerfile'])).toEqual([gone]);
  });
});

test('a context whose Dockerfile is gone can be let go', async () => {
  fake.folders = [docs];
  const failure = toPlainError(noDockerfile(sourceOf('/docs/Dockerfile')));
  notices.contexts({ all: [someContext({}, { failure })] } as unknown as KeptContexts);
  await settle();
  expect(fake.asked).toMatchObject([
    {
      text: 'Dockerfile does not exist. Create it, or name another in the setting presync.contexts.',
      items: ['Stop Keeping in Sync', 'Open Settings', 'Show Log'],
    },
  ]);
});

describe('in a container, an engine that is not there', () => {
  const failure = { code: 'ENGINE_NOT_FOUND', message: 'No engine at unix:///e.sock.', hint: '', data: {} } as const;
  const failing = { all: [someContext({ failure })] } as unknown as KeptContexts;
  beforeEach(() => (fake.remoteName = 'dev-container'));

  test('is one whose socket can be mounted', async () => {
    notices.contexts(failing);
    await settle();
    expect(fake.asked).toMatchObject([
      { text: expect.stringMatching(/^There is no Docker engine in this container\. Mount its socket/) },
    ]);
  });

  test('at an address that the user has typed keeps its address', async () => {
    isDefaultBuilder = false;
    notices.contexts(failing);
    await settle();
    expect(fake.asked).toMatchObject([{ text: 'No engine at unix:///e.sock.', items: ['Select Builder', 'Show Log'] }]);
  });
});
