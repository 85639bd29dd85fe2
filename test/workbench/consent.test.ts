/** What the user is asked before anything is sent, and what happens then. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseImage, useEngine } from '../support/engines.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { temporaryTag } from '../support/temporary.ts';
import { temporaryWindow, useEditor } from './support/useEditor.ts';

describe('consent', () => {
  const engine = useEngine('trixie');
  const used = useEditor('newest', { host: engine.host, settings: { 'security.workspace.trust.enabled': false } });
  const files = { Dockerfile: `FROM ${baseImage}\nCOPY . /src\n`, 'main.txt': 'text\n' };

  it('a first build asks; without a yes nothing is sent', async () => {
    const { current: editor } = used;
    const tag = temporaryTag(engine.api);
    const window = await temporaryWindow(editor, editor.makeFolder(tag, files));
    await window.run('Presync: Build Image');
    expect(await window.dialog()).toMatch(/^Build .* with Presync\?[^]*2 files, /);
    await window.press('Cancel');
    await window.waitForTerminal(/^Cancelled\.$/m);
    expect(await window.waitForStatus(/./)).toMatch(/^Presync: off/);
    expect(editor.user.daemonPids()).toEqual([]);

    await window.closeTerminal();
    await window.run('Presync: Build Image');
    await window.press('Build and Keep in Sync');
    await window.waitForTerminal(/^Built /m);
    await window.waitForStatus(/in sync, 2 files/);
  });

  it('files that look like secrets are shown, and can be left out', async () => {
    const { current: editor } = used;
    const folder = editor.makeFolder('secrets', { ...files, '.env': 'TOKEN=1\n', 'deploy/id_rsa': 'key\n' });
    const window = await temporaryWindow(editor, folder);
    await window.run('Presync: Keep in Sync');
    expect(await window.dialog()).toMatch(/^2 files .* may hold secrets\.[^]*\.env[^]*deploy\/id_rsa/);
    await window.press('Add to .dockerignore');
    // Dockerfile, main.txt and the ignore file itself.
    const label = await window.waitForStatus(/in sync, 3 files/);
    expect(readFileSync(join(folder, '.dockerignore'), 'utf8').split('\n').sort()).toEqual([
      '',
      '.env',
      'deploy/id_rsa',
    ]);
    expect(label).not.toContain(folderDigest(folder).slice('sha256:'.length).slice(0, 12));

    await window.run('Presync: Stop Keeping in Sync');
    await window.waitForStatus(/^Presync: off/);
    await window.run('Presync: Keep in Sync');
    await window.waitForStatus(/in sync, 3 files/);
  });
});
