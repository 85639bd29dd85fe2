import { beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { CommandTable } from '../../../../src/extension/commands/commandTable.ts';
import type { SyncCommandPorts } from '../../../../src/extension/commands/syncCommands.ts';
import { syncCommands } from '../../../../src/extension/commands/syncCommands.ts';
import { Consent } from '../../../../src/extension/contexts/consent.ts';
import { sourceOf } from '../../../../src/extension/contexts/contextSource.ts';
import type { ContextSource } from '../../../../src/extension/link/workerApi.ts';
import { Messages } from '../../../../src/extension/messages.ts';
import { MapMemory } from '../../../support/mapMemory.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const here = { builder: '', daemon: '' };
const [api, web] = [sourceOf('/ws/api/Dockerfile'), sourceOf('/ws/web/Dockerfile')];

let consent: Consent;
let offered: readonly ContextSource[];
let commands: CommandTable;

beforeEach(() => {
  resetVscode();
  consent = new Consent(new MapMemory());
  offered = [api, web];
  const isKept = (source: ContextSource) => consent.isGiven(source, here);
  commands = syncCommands({
    consent,
    agreement: { keep: (source: ContextSource) => consent.give(source, here) },
    kept: {
      get all() {
        return consent.given(here).map((source) => ({ source }));
      },
    },
    contexts: { offered: () => Promise.resolve(offered), isKept, refresh: () => Promise.resolve() },
    messages: new Messages(silentLogger),
    destination: () => here,
  } as unknown as SyncCommandPorts);
});

const run = (name: string) => (commands[name] as () => unknown)();

describe('Keep in Sync', () => {
  test('lets one after the other be chosen, until all are kept', async () => {
    fake.answer = ({ items }) => items.at(-1);
    await run('keepInSync');
    expect(consent.given(here)).toEqual([web]);
    fake.answer = ({ items }) => items[0];
    await run('keepInSync');
    expect(consent.given(here)).toEqual([web, api]);
    await run('keepInSync');
    expect(fake.asked.map(({ kind }) => kind)).toEqual(['quickPick', 'quickPick', 'information']);
    expect(fake.asked[2]!.text).toBe('Everything is kept in sync already.');
  });

  test('goes on where it was paused', async () => {
    offered = [api];
    await consent.give(api, here);
    await consent.setPaused(true);
    await run('keepInSync');
    expect(consent.paused).toBe(false);
    expect(fake.asked).toEqual([]);
  });
});

test('Show Build Context says that there is none yet, and offers to keep one', async () => {
  fake.answer = ({ items }) => items[0];
  await run('showContext');
  expect(fake.asked).toMatchObject([{ kind: 'information', items: ['Keep in Sync'] }]);
  expect(fake.executed.map(({ command }) => command)).toEqual(['presync.keepInSync']);
  await consent.give(api, here);
  await run('showContext');
  expect(fake.executed.at(-1)).toMatchObject({ command: 'presync.context.focus' });
});
