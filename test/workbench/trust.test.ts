import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SocketProxy } from '../support/socketProxy.ts';
import { uniqueTag } from '../support/temporary.ts';
import { isTouched, temporaryWindow, useEditor } from './support/useEditor.ts';
import { versions } from './support/versions.ts';

describe.each(versions)('a folder that is not trusted in the %s VS Code', (version) => {
  const socket = join(tmpdir(), `${uniqueTag()}.sock`);
  const used = useEditor(version, { host: `unix://${socket}` });
  const engineSeen = new SocketProxy(socket, '/nowhere');

  beforeAll(() => engineSeen.listen());
  afterAll(() => engineSeen.close());

  it('sends not one byte, whatever is in it and whatever is done to it', async () => {
    const { current: editor } = used;
    const folder = editor.makeFolder('stranger', {
      Dockerfile: 'FROM scratch\nCOPY . /\n',
      'main.txt': 'as it was\n',
      '.vscode/settings.json': JSON.stringify({ 'presync.daemon': `unix://${socket}`, 'presync.contexts': [] }),
    });
    const window = await temporaryWindow(editor, folder);
    await window.answerTrust(false);
    await window.openFile('main.txt');
    await window.write('edited ');
    await window.save();
    mkdirSync(join(folder, 'made'));
    writeFileSync(join(folder, 'made/by-others.txt'), 'made\n');
    // Presync runs: it has what it needs to misbehave.
    await expect.poll(() => window.offers('Presync: Show Log'), { timeout: 30_000 }).toBe(true);
    for (const command of ['Keep in Sync', 'Build Image', 'Sync Build Context Now', 'Restart Daemon']) {
      expect(await window.offers(`Presync: ${command}`), command).toBe(false);
    }
    expect((await window.status())?.text).toBe('Presync: off');
    await window.item.click();
    expect(await window.picks()).toEqual(['Manage Workspace Trust', 'Show Log']);
    await window.pick('Manage Workspace Trust');
    await window.page.locator('.workspace-trust-editor').waitFor();
    expect(engineSeen.connections).toBe(0);
    expect(editor.user.daemonPids()).toEqual([]);
    expect(isTouched(editor.user)).toBe(false);
  });
});
