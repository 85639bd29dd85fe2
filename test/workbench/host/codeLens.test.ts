import assert from 'node:assert/strict';
import { suite, suiteSetup, test } from 'mocha';
import type { CodeLens } from 'vscode';
import { commands, ConfigurationTarget, window, workspace } from 'vscode';
import { at, presync, until } from './folder.ts';

suite('lenses', () => {
  suiteSetup(async () => {
    await window.showTextDocument(at('stages.Dockerfile'));
    await presync().activate();
  });

  const lenses = async () => {
    const found = await commands.executeCommand<CodeLens[]>(
      'vscode.executeCodeLensProvider',
      at('stages.Dockerfile'),
      10,
    );
    const ours = found.filter(({ command }) => command?.command.startsWith('presync.'));
    return ours.map(({ range, command }) => `${range.start.line + 1} ${command!.title}`);
  };

  test('stand above the stages of a Dockerfile', async () => {
    await until('two lenses', async () => (await lenses()).length === 2);
    assert.deepEqual(await lenses(), ['1 Build to this stage', '4 $(play) Build']);
  });

  test('can be turned off', async () => {
    const settings = workspace.getConfiguration('presync');
    await settings.update('codeLens', false, ConfigurationTarget.Workspace);
    try {
      await until('no lens', async () => (await lenses()).length === 0);
    } finally {
      await settings.update('codeLens', undefined, ConfigurationTarget.Workspace);
    }
  });
});
