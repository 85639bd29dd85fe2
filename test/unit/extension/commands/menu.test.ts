import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MenuState } from '../../../../src/extension/commands/menu.ts';
import { menuItems } from '../../../../src/extension/commands/menu.ts';
import { someContext } from '../../../support/contextViews.ts';

const state = (changes: Partial<MenuState>): MenuState => ({
  contexts: [someContext({})],
  paused: false,
  building: undefined,
  workerFailed: false,
  trusted: true,
  hasLastBuild: false,
  ...changes,
});
const commandsOf = (changes: Partial<MenuState>) => menuItems(state(changes)).map(({ command }) => command);

test('while it builds, cancelling comes first', () => {
  expect(commandsOf({ building: '' })[0]).toBe('presync.cancelBuild');
  expect(commandsOf({})).not.toContain('presync.cancelBuild');
});

test('what is off offers to keep in sync first, and nothing about a sync that is not', () => {
  const commands = commandsOf({ contexts: [] });
  expect(commands[0]).toBe('presync.keepInSync');
  for (const about of ['syncNow', 'pauseSync', 'resumeSync', 'showContext', 'stopKeeping']) {
    expect(commands).not.toContain(`presync.${about}`);
  }
});

test('pause and resume take turns', () => {
  expect(commandsOf({})).toContain('presync.pauseSync');
  expect(commandsOf({ paused: true })).toContain('presync.resumeSync');
  expect(commandsOf({ paused: true })).not.toContain('presync.syncNow');
});

test('Restricted Mode offers to trust the workspace, and nothing that would read, send or build', () => {
  for (const changes of [{}, { contexts: [] }, { hasLastBuild: true }]) {
    expect(commandsOf({ ...changes, trusted: false })).toEqual(['workbench.trust.manage', 'presync.showLog']);
  }
});

test('the last build can be run again once there was one, and another context be kept in sync', () => {
  expect(commandsOf({})).not.toContain('presync.rebuildLast');
  expect(commandsOf({ hasLastBuild: true })).toContain('presync.rebuildLast');
  expect(commandsOf({})).toContain('presync.keepInSync');
});

test('every item is a command of the manifest', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { commands: { command: string }[] };
  };
  const known = manifest.contributes.commands.map(({ command }) => command);
  for (const changes of [{ contexts: [] }, { building: '' }, { paused: true, hasLastBuild: true }]) {
    for (const command of commandsOf(changes)) expect(known).toContain(command);
  }
});
