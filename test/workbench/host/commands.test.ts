import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands } from 'vscode';
import { presync } from './folder.ts';

interface ContributedCommand {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

suite('commands', () => {
  const contributed = () => presync().packageJSON.contributes.commands as ContributedCommand[];
  const registered = async () => (await commands.getCommands(true)).filter((name) => name.startsWith('presync.'));

  test('every command of the manifest is there, with a title and the category Presync', async () => {
    await presync().activate();
    const there = await registered();
    assert.deepEqual(
      contributed().filter(({ command }) => !there.includes(command)),
      [],
    );
    for (const { command, title, category } of contributed()) {
      assert.equal(category, 'Presync', command);
      assert.match(title, /^[A-Z]/, command);
    }
  });

  test('only what needs an argument, or is behind the item, is not in the manifest', async () => {
    await presync().activate();
    const names = new Set(contributed().map(({ command }) => command));
    const others = (await registered()).filter((name) => !names.has(name));
    // VS Code makes some of its own for every view.
    assert.deepEqual(others.filter((name) => !name.startsWith('presync.context.')).sort(), [
      'presync.buildStage',
      'presync.menu',
    ]);
  });
});
