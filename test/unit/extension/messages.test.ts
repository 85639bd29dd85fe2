import { beforeEach, expect, test } from 'vitest';
import { cancelled, PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { registerCommands } from '../../../src/extension/commands/commandTable.ts';
import { Messages } from '../../../src/extension/messages.ts';
import { settle } from '../../support/fakeClock.ts';
import { fake, resetVscode } from '../../support/vscode.ts';

const messages = new Messages(silentLogger);
beforeEach(() => resetVscode());

test('a failure is one line: what, and what to do next, with a button that does it', async () => {
  fake.answer = () => 'Select Builder';
  await messages.failed(new PresyncError('ENGINE_NOT_FOUND', 'No engine\nwas found', { hint: 'Start Docker' }));
  expect(fake.asked).toMatchObject([
    { kind: 'error', text: 'No engine was found. Start Docker.', items: ['Select Builder', 'Show Log'] },
  ]);
  expect(fake.executed).toMatchObject([{ command: 'presync.selectBuilder' }]);
});

test('nobody is told of a flag', async () => {
  await messages.failed(new PresyncError('DOCKERFILE_NOT_FOUND', 'None.', { hint: 'Name another with -f.' }));
  expect(fake.asked).toMatchObject([{ text: 'None. Name another in the setting presync.contexts.' }]);
});

test('a failure is logged once, with its code and what is behind it', async () => {
  const logged: unknown[] = [];
  const cause = new Error('ECONNREFUSED');
  const logging = new Messages({ ...silentLogger, error: (...entry) => logged.push(entry) });
  await logging.failed(new PresyncError('ENGINE_LOST', 'The engine is gone', { hint: 'Start it.', cause }));
  expect(logged).toEqual([['The engine is gone. Start it.', { code: 'ENGINE_LOST', cause }]]);
});

test('what the user cancelled is no failure', async () => {
  await messages.failed(cancelled());
  expect(fake.asked).toEqual([]);
});

test('a command that fails tells so, whatever it throws', async () => {
  registerCommands(
    {
      bad: () => Promise.reject(new TypeError('no such thing')),
      worse: () => {
        throw new PresyncError('USAGE', 'Not now.');
      },
      left: () => {
        throw cancelled();
      },
    },
    messages,
  );
  for (const run of fake.commands.values()) await run();
  await settle();
  expect([...fake.commands.keys()]).toEqual(['presync.bad', 'presync.worse', 'presync.left']);
  expect(fake.asked.map(({ text }) => text)).toEqual(['no such thing.', 'Not now.']);
});
