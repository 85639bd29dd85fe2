import { beforeEach, expect, test } from 'vitest';
import type { Terminal } from 'vscode';
import { cancelled, PresyncError } from '../../../../src/base/errors.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { tellFailure } from '../../../../src/extension/build/buildFailed.ts';
import { Messages } from '../../../../src/extension/messages.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const choice = {
  source: { folder: '/ws', dockerfile: '/ws/docker/Dockerfile' },
  tags: ['app:latest'],
  target: '',
  buildArgs: [],
  noCache: false,
};
const step = '"[2/2] RUN make" failed with exit code 1.';
const failed = (message: string, data = {}) =>
  new PresyncError('BUILD_FAILED', message, { hint: 'See what it printed.', data });

let shown: number;
const terminal = { show: () => shown++ } as unknown as Terminal;

beforeEach(() => {
  resetVscode();
  fake.addFolder('/ws');
  fake.disk.files.set('/ws/docker/Dockerfile', 'FROM x\nRUN make\n');
  shown = 0;
});

const tell = (error: PresyncError, at: Terminal | undefined = terminal) =>
  tellFailure({ choice, events: [], summary: undefined, error }, at, new Messages(silentLogger));

test('a step that fails is named with its line, and both it and what it printed are a click away', async () => {
  fake.answer = () => 'Show Terminal';
  await tell(failed(`Dockerfile:2: ${step}`, { line: 2 }));
  expect(fake.asked).toMatchObject([
    {
      kind: 'error',
      text: `Build of app:latest failed at docker/Dockerfile:2. ${step}`,
      items: ['Go to Line 2', 'Show Terminal'],
    },
  ]);
  expect(shown).toBe(1);
  fake.answer = () => 'Go to Line 2';
  await tell(failed(step, { line: 2 }));
  expect(fake.shownDocuments).toMatchObject([{ path: '/ws/docker/Dockerfile' }]);
});

test('without a line, and without a terminal', async () => {
  await tellFailure(
    { choice: { ...choice, tags: [] }, events: [], summary: undefined, error: failed('no space left') },
    undefined,
    new Messages(silentLogger),
  );
  expect(fake.asked).toMatchObject([
    { text: 'Build of ws (docker/Dockerfile) failed. no space left.', items: ['Show Log'] },
  ]);
});

test('a long reason is cut, and of several lines only the first is there', async () => {
  await tell(failed(`${'x'.repeat(500)}\nmore`, { line: 1 }));
  const { text } = fake.asked[0]!;
  expect(text).toMatch(/^Build of app:latest failed at docker\/Dockerfile:1\. x+…$/);
  expect(text.length).toBeLessThan(200);
});

test('what is in the way of any build is told in full', async () => {
  await tell(new PresyncError('ENGINE_NOT_FOUND', 'No engine.', { hint: 'Start it.' }));
  expect(fake.asked).toMatchObject([{ text: 'No engine. Start it.', items: ['Select Builder', 'Show Log'] }]);
});

test('a build that was cancelled has not failed', async () => {
  await tell(cancelled());
  expect(fake.asked).toEqual([]);
});
