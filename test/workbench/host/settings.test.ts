import assert from 'node:assert/strict';
import { suite, suiteTeardown, test } from 'mocha';
import { ConfigurationTarget, workspace } from 'vscode';
import { at, presync, read } from './folder.ts';

suite('settings', () => {
  const settings = () => workspace.getConfiguration('presync', at('.'));

  suiteTeardown(() => settings().update('contexts', undefined, ConfigurationTarget.WorkspaceFolder));

  test('a workspace cannot say where the daemon is', async () => {
    assert.match(read('.vscode/settings.json'), /presync\.daemon/);
    assert.equal(settings().get('daemon'), '');
    await assert.rejects(
      async () => settings().update('daemon', 'unix:///elsewhere', ConfigurationTarget.Workspace),
      /only into User settings/,
    );
  });

  test('a folder can say what its build contexts are', async () => {
    const contexts = [{ dockerfile: 'docker/web.Dockerfile', context: '.' }];
    await settings().update('contexts', contexts, ConfigurationTarget.WorkspaceFolder);
    assert.deepEqual(settings().get('contexts'), contexts);
  });

  test('all have a default, a description and a scope', () => {
    const { properties } = presync().packageJSON.contributes.configuration as {
      properties: Record<string, Record<string, unknown>>;
    };
    for (const [name, property] of Object.entries(properties)) {
      assert.notEqual(property['default'], undefined, name);
      assert.notEqual(property['description'] ?? property['markdownDescription'], undefined, name);
      assert.match(String(property['scope']), /^(resource|window|machine)$/, name);
      assert.deepEqual(workspace.getConfiguration().inspect(name)?.defaultValue, property['default'], name);
    }
  });
});
