import { beforeEach, expect, test } from 'vitest';
import { Consent } from '../../../../src/extension/contexts/consent.ts';
import type { KeptContexts } from '../../../../src/extension/contexts/keptContexts.ts';
import { WindowContexts } from '../../../../src/extension/contexts/windowContexts.ts';
import type { ContextSource } from '../../../../src/extension/link/workerApi.ts';
import { Settings } from '../../../../src/extension/settings.ts';
import { settle } from '../../../support/fakeClock.ts';
import { MapMemory } from '../../../support/mapMemory.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const here = { builder: '', daemon: '' };
const app = { folder: '/ws', dockerfile: '/ws/Dockerfile' };
const web = { folder: '/ws/docker', dockerfile: '/ws/docker/web.Dockerfile' };

let consent: Consent;
/** Kept contexts without a Dockerfile, as last told. */
let gone: readonly ContextSource[];
let contexts: WindowContexts;

beforeEach(() => {
  resetVscode();
  fake.addFolder('/ws');
  fake.disk.files.set(app.dockerfile, 'FROM x\n');
  fake.settings.set('presync.contexts', [{ dockerfile: 'Dockerfile' }, { dockerfile: 'docker/web.Dockerfile' }]);
  consent = new Consent(new MapMemory());
  const kept = {
    all: [],
    setPaused: () => {},
    set: () => {},
    setWithoutDockerfile: (sources: readonly ContextSource[]) => (gone = sources),
  } as unknown as KeptContexts;
  contexts = new WindowContexts({ consent, kept, settings: new Settings(), destination: () => here });
});

test('a Dockerfile that the settings name and that is not there is known', async () => {
  await contexts.refresh();
  expect(contexts.missing).toEqual([web.dockerfile]);
  fake.disk.files.set(web.dockerfile, 'FROM x\n');
  await contexts.refresh();
  expect(contexts.missing).toEqual([]);
});

test('the usual one is missed by nobody', async () => {
  fake.settings.delete('presync.contexts');
  fake.disk.files.clear();
  await contexts.refresh();
  expect(contexts.missing).toEqual([]);
});

test('that of a kept context is its own affair, and noticed as it goes and comes', async () => {
  await consent.give(web, here);
  fake.disk.files.set(web.dockerfile, 'FROM x\n');
  await contexts.refresh();
  expect(gone).toEqual([]);
  fake.disk.files.delete(web.dockerfile);
  fake.events.deleted.fire(web.dockerfile);
  await settle();
  expect(gone).toEqual([web]);
  expect(contexts.missing).toEqual([]);
  fake.disk.files.set(web.dockerfile, 'FROM x\n');
  fake.events.created.fire(web.dockerfile);
  await settle();
  expect(gone).toEqual([]);
});

test('each Dockerfile has one watch, which ends with the last who wants it', async () => {
  await consent.give(app, here);
  await contexts.refresh();
  await contexts.refresh();
  expect(fake.events.deleted.listeners).toBe(2);
  fake.settings.set('presync.contexts', [{ dockerfile: 'Dockerfile' }]);
  await contexts.refresh();
  expect(fake.events.deleted.listeners).toBe(1);
  contexts.dispose();
  expect(fake.events.deleted.listeners).toBe(0);
});
