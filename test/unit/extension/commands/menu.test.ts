import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { menuItems } from '../../../../src/extension/commands/menu.ts';
import type { WindowState } from '../../../../src/extension/status/statusModel.ts';
import { someContext } from '../../../support/contextViews.ts';

const state = (changes: Partial<WindowState>): WindowState => ({
  contexts: [someContext({})],
  paused: false,
  building: undefined,
  workerFailed: false,
  ...changes,
});
const commandsOf = (changes: Partial<WindowState>) => menuItems(state(changes)).map(({ command }) => command);

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

test('every item is a command of the manifest', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { commands: { command: string }[] };
  };
  const known = manifest.contributes.commands.map(({ command }) => command);
  for (const changes of [{ contexts: [] }, { building: '' }, { paused: true }]) {
    for (const command of commandsOf(changes)) expect(known).toContain(command);
  }
});
