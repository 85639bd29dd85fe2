import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../../src/base/logger.ts';
import { Consent } from '../../../../src/extension/contexts/consent.ts';
import { sourceOf } from '../../../../src/extension/contexts/contextSource.ts';
import { KeptContexts } from '../../../../src/extension/contexts/keptContexts.ts';
import { WindowContexts } from '../../../../src/extension/contexts/windowContexts.ts';
import { Settings } from '../../../../src/extension/settings.ts';
import { MapMemory } from '../../../support/mapMemory.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const here = { builder: '', daemon: '' };
const never = () => ({ dispose: () => {} });

let consent: Consent;
let contexts: WindowContexts;

beforeEach(() => {
  resetVscode();
  fake.addFolder('/ws');
  consent = new Consent(new MapMemory());
  const worker = { request: () => Promise.resolve(null as never) };
  const kept = new KeptContexts({ worker, onContext: never, onDidRestart: never, logger: silentLogger });
  contexts = new WindowContexts({ consent, kept, settings: new Settings(), destination: () => here });
});

const write = (...paths: string[]) => {
  for (const path of paths) fake.disk.files.set(`/ws/${path}`, 'FROM x\n');
};
const offered = async () => (await contexts.offered()).map(({ dockerfile }) => dockerfile.slice('/ws/'.length));

test('every Dockerfile can be chosen, however many are known, and what is kept comes first', async () => {
  write(
    'Dockerfile',
    'services/api/Dockerfile',
    'services/web/Dockerfile',
    'web.Dockerfile',
    'web.Dockerfile.dockerignore',
  );
  expect(await offered()).toEqual([
    'Dockerfile',
    'services/api/Dockerfile',
    'services/web/Dockerfile',
    'web.Dockerfile',
  ]);
  await consent.give(sourceOf('/ws/services/web/Dockerfile'), here);
  expect(await offered()).toEqual([
    'services/web/Dockerfile',
    'Dockerfile',
    'services/api/Dockerfile',
    'web.Dockerfile',
  ]);
});

test('a Dockerfile that the settings have a context for is offered with that alone', async () => {
  write('docker/web.Dockerfile', 'Dockerfile');
  fake.settings.set('presync.contexts', [{ dockerfile: 'docker/web.Dockerfile', context: '.' }]);
  expect(await contexts.offered()).toEqual([
    { folder: '/ws', dockerfile: '/ws/docker/web.Dockerfile' },
    sourceOf('/ws/Dockerfile'),
  ]);
});
