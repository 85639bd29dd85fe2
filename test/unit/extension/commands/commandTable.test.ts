import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../../src/base/logger.ts';
import { registerCommands } from '../../../../src/extension/commands/commandTable.ts';
import { Messages } from '../../../../src/extension/messages.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

let ran: string[];

beforeEach(() => {
  resetVscode();
  ran = [];
  const names = ['buildImage', 'keepInSync', 'restartDaemon', 'menu', 'showLog', 'cancelBuild'];
  registerCommands(Object.fromEntries(names.map((name) => [name, () => ran.push(name)])), new Messages(silentLogger));
});

const runAll = async () => {
  for (const run of fake.commands.values()) await run();
};

test('in Restricted Mode a command does nothing, whoever runs it, and says how to trust the workspace', async () => {
  fake.trusted = false;
  fake.answer = () => 'Manage Workspace Trust';
  await runAll();
  expect(ran).toEqual(['menu', 'showLog', 'cancelBuild']);
  expect(fake.asked).toHaveLength(3);
  expect(fake.asked[0]).toMatchObject({
    kind: 'error',
    text: 'This workspace is not trusted: nothing of it is read, sent or built. Trust it first.',
  });
  expect(fake.executed.map(({ command }) => command)).toEqual(Array(3).fill('workbench.trust.manage'));
});

test('with trust every command runs', async () => {
  await runAll();
  expect(ran).toHaveLength(6);
  expect(fake.asked).toEqual([]);
});
