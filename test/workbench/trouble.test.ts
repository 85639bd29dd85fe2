/** What goes wrong: each time the user is told once, with something to do about it, and Presync goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseImage, useEngine, usePrivateEngine } from '../support/engines.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { uniqueTag } from '../support/temporary.ts';
import type { Editor } from './support/editor.ts';
import { anyInspectorPort, extensionHosts, HostDebugger } from './support/extensionHost.ts';
import { temporaryWindow, useEditor } from './support/useEditor.ts';
import type { Workbench } from './support/workbench.ts';

const everythingTrusted = { 'security.workspace.trust.enabled': false };
const files = { Dockerfile: `FROM ${baseImage}\nCOPY . /src\n`, 'main.txt': 'as it was\n' };

/** A Dockerfile that takes its time, whatever was built before. */
const napping = (salt: string) => `FROM ${baseImage}\nRUN sleep 3 && echo ${salt}\nCOPY . /src\n`;

/** Files without end, so that there is something to read at every moment. */
const endlessFiles = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  const folder = process.argv[1];
  mkdirSync(folder);
  let made = 0;
  setInterval(() => {
    for (let file = 0; file < 100; file++) writeFileSync(folder + '/file' + ++made, 'content ' + made);
  }, 20);`;

const shortDigest = (folder: string) => folderDigest(folder).slice('sha256:'.length).slice(0, 12);

/** A window on a new folder that is kept in sync. */
async function keptInSync(editor: Editor): Promise<{ readonly window: Workbench; readonly folder: string }> {
  const folder = editor.makeFolder(uniqueTag(), files);
  const window = await temporaryWindow(editor, folder);
  await window.waitForStatus(/^Presync: off/);
  await window.run('Presync: Keep in Sync');
  await window.waitForStatus(/in sync, 2 files/);
  return { window, folder };
}

/** The only notification there is, and what can be done about it. */
async function onlyNotification(window: Workbench, text: RegExp): Promise<string[]> {
  const toast = await window.notification(text);
  expect(await window.notifications()).toHaveLength(1);
  return toast.locator('.notification-list-item-buttons-container').getByRole('button').allInnerTexts();
}

describe('trouble', () => {
  const engine = useEngine('trixie');
  const used = useEditor('newest', {
    host: engine.host,
    settings: everythingTrusted,
    env: { NODE_OPTIONS: anyInspectorPort },
  });

  it('a daemon that is killed: offline, and back by itself', async () => {
    const { current: editor } = used;
    const { window } = await keptInSync(editor);
    const said = await window.listen();
    const [killed] = editor.user.daemonPids();
    await editor.user.killDaemon();
    await expect.poll(said, { timeout: 10_000 }).toContainEqual(expect.stringMatching(/offline/));
    await window.waitForStatus(/in sync, 2 files/);
    expect(editor.user.daemonPids()).toEqual([expect.any(Number)]);
    expect(editor.user.daemonPids()).not.toContain(killed);
    expect(await window.notifications()).toEqual([]);
  });

  it('a worker that dies while it reads: everything is read again', async () => {
    const { current: editor } = used;
    const { window, folder } = await keptInSync(editor);
    const [host] = extensionHosts(editor.server.pid);
    const inside = await HostDebugger.attach(host!);
    const writer = spawn(process.execPath, ['-e', endlessFiles, join(folder, 'made')]);
    try {
      await window.waitForStatus(/syncing/);
      expect(await inside.crashWorkers()).toBe(1);
    } finally {
      inside.close();
      writer.kill();
    }
    await once(writer, 'close');
    const all = readdirSync(join(folder, 'made')).length + 2;
    await window.waitForStatus(new RegExp(`in sync, ${all} files.*snapshot ${shortDigest(folder)}`));
  });

  it('a folder without a Dockerfile', async () => {
    const { current: editor } = used;
    const folder = editor.makeFolder(uniqueTag(), { 'main.txt': 'text\n' });
    const window = await temporaryWindow(editor, folder);
    await window.run('Presync: Build Image');
    expect(await onlyNotification(window, /no Dockerfile/)).toContain('Open Settings');
    writeFileSync(join(folder, 'Dockerfile'), files.Dockerfile);
    await window.waitForStatus(/^Presync: off/);
  });

  it('an engine that is not there, chosen by the user', async () => {
    const { window } = await keptInSync(used.current);
    await window.run('Presync: Select Builder');
    await window.pick(/Enter an Address/);
    await window.answer('unix:///nowhere/docker.sock');
    await window.press('Keep in Sync');
    expect(await onlyNotification(window, /engine/i)).toContain('Select Builder');
    await window.waitForStatus(/attention/);
    await window.run('Presync: Select Builder');
    await window.pick(/Automatic/);
    await window.waitForStatus(/in sync, 2 files/);
  });

  it('a Dockerfile that is deleted in the middle of a build, which goes on', async () => {
    const { window, folder } = await keptInSync(used.current);
    writeFileSync(join(folder, 'Dockerfile'), napping(folder));
    await window.run('Presync: Build Image');
    await window.waitForTerminal(/RUN sleep 3/);
    rmSync(join(folder, 'Dockerfile'));
    await window.waitForTerminal(/^Built /m);
    await window.closeTerminal();
    await window.run('Presync: Build Image');
    expect(await onlyNotification(window, /Dockerfile does not exist/)).toContain('Open Settings');
    writeFileSync(join(folder, 'Dockerfile'), files.Dockerfile);
    await window.closeTerminal();
    await window.run('Presync: Build Image');
    await window.waitForTerminal(/^Built /m);
  });

  it('a Dockerfile that is deleted, which takes what was found in it along', async () => {
    const { window, folder } = await keptInSync(used.current);
    const dockerfile = join(folder, 'Dockerfile');
    writeFileSync(dockerfile, `FROM ${baseImage}\nRUN false\n`);
    await window.run('Presync: Build Image');
    await window.waitForTerminal(/^ERROR: /m);
    expect(await window.problems()).toHaveLength(1);
    await window.closeNotifications();
    rmSync(dockerfile);
    await window.waitForStatus(/attention, Dockerfile does not exist/);
    expect(await onlyNotification(window, /Dockerfile does not exist/)).toContain('Stop Keeping in Sync');
    await expect.poll(() => window.problems(), { timeout: 10_000 }).toEqual([]);
    writeFileSync(dockerfile, files.Dockerfile);
    await window.waitForStatus(/in sync, 2 files/);
  });

  it('a folder that is removed from the workspace in the middle of its build', async () => {
    const { current: editor } = used;
    const [stays, goes] = [editor.makeFolder(uniqueTag(), files), editor.makeFolder(uniqueTag(), files)];
    const workspace = join(editor.user.home, `${uniqueTag()}.code-workspace`);
    const show = (...folders: string[]) =>
      writeFileSync(workspace, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    show(stays, goes);
    const window = await temporaryWindow(editor, workspace);
    // A window that asks for its folders before the server is ready has none until the file changes.
    const folders = () => {
      show(stays, goes);
      return window.rowsOf('Explorer');
    };
    await expect
      .poll(folders, { timeout: 30_000, interval: 1000 })
      .toContainEqual(expect.stringMatching(basename(goes)));
    await window.run('Presync: Keep in Sync');
    await window.pick(basename(goes));
    await window.waitForStatus(/in sync, 2 files/);
    await window.run('Presync: Keep in Sync');
    await window.question('Keep in Sync');
    await window.pick(basename(stays));
    await window.waitForStatus(/in sync, 4 files/);
    writeFileSync(join(goes, 'Dockerfile'), napping(goes));
    await window.run('Presync: Build Image');
    await window.pick(basename(goes));
    await window.waitForTerminal(/RUN sleep 3/);
    show(stays);
    await window.notification(/no longer kept in sync/);
    await window.waitForTerminal(/^Built /m);
    expect(await window.waitForStatus(/in sync/)).toMatch(/in sync, 2 files/);
    await window.run('Presync: Build Image');
    await window.waitForTerminal(new RegExp(`^Built ${basename(stays)}`, 'm'));
    show(stays, goes);
    await window.waitForStatus(/in sync, 4 files/);
    show(stays);
    const gone = new RegExp(`${basename(goes)} is no longer kept in sync`);
    expect(await onlyNotification(window, gone)).toEqual(['Add Back']);
    await (await window.notification(gone)).getByRole('button', { name: 'Add Back' }).click();
    await window.waitForStatus(/in sync, 4 files/);
  });
});

describe('an engine that is stopped', () => {
  const engine = usePrivateEngine('bookworm');
  const used = useEditor('newest', { host: engine.host, settings: everythingTrusted });

  it('the error says what to do, and the next build finds the engine again', async () => {
    const { window, folder } = await keptInSync(used.current);
    await engine.stop('keep');
    await window.run('Presync: Build Image');
    expect(await onlyNotification(window, /engine/i)).toContain('Select Builder');
    await window.closeNotifications();
    await engine.start();
    await window.closeTerminal();
    await window.run('Presync: Build Image');
    await window.waitForTerminal(/^Built /m);
    await window.waitForStatus(new RegExp(`in sync.*${shortDigest(folder)}`));
  });
});

describe('settings that cannot be used', () => {
  const used = useEditor('newest', {
    settings: {
      ...everythingTrusted,
      'presync.contexts': 7,
      'presync.saveBeforeBuild': 'perhaps',
      'presync.proof': 'sometimes',
    },
  });

  it('are named once, and count as the defaults', async () => {
    const { current: editor } = used;
    const window = await temporaryWindow(editor, editor.makeFolder('app', files));
    expect(
      await onlyNotification(window, /presync\.contexts: .* presync\.saveBeforeBuild: .* presync\.proof: /),
    ).toEqual(['Open Settings']);
    await window.waitForStatus(/^Presync: off/);
  });
});

describe('settings that name a Dockerfile that is not there', () => {
  const used = useEditor('newest', { settings: everythingTrusted });

  it('are told of', async () => {
    const { current: editor } = used;
    const settings = JSON.stringify({ 'presync.contexts': [{ dockerfile: 'docker/web.Dockerfile' }] });
    const folder = editor.makeFolder('app', { ...files, '.vscode/settings.json': settings });
    const window = await temporaryWindow(editor, folder);
    expect(await onlyNotification(window, /presync\.contexts: docker\/web\.Dockerfile does not exist/)).toEqual([
      'Open Settings',
    ]);
  });
});
