/** The way of somebody who has just installed Presync: open, trust, keep in sync, edit, build, build again. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { baseImage, useEngine } from '../support/engines.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { imageTree } from '../support/imageTree.ts';
import { SocketProxy } from '../support/socketProxy.ts';
import { isTouched, useEditor } from './support/useEditor.ts';
import { versions } from './support/versions.ts';
import type { Workbench } from './support/workbench.ts';

/** For what the engine or the file system does in its own time. */
const waiting = { timeout: 30_000 };

/** Seconds that no other program sleeps. */
const nap = 86_461;

const files = {
  Dockerfile: `FROM ${baseImage}\nCOPY . /src\nRUN cat /src/main.txt\n`,
  'main.txt': 'as it was\n',
  'lib/helper.txt': 'help\n',
};

describe.each(versions)('a newcomer to Presync in the %s VS Code', (version) => {
  const engine = useEngine(version === 'newest' ? 'trixie' : 'bookworm');
  const name = `app-${randomBytes(4).toString('hex')}`;
  const socket = join(tmpdir(), `${name}.sock`);
  const used = useEditor(version, { host: `unix://${socket}` });
  const tag = `${name}:latest`;
  let engineSeen: SocketProxy;
  let folder: string;
  let window: Workbench;

  beforeAll(async () => {
    const { current: editor } = used;
    engineSeen = new SocketProxy(socket, engine.socket);
    await engineSeen.listen();
    folder = editor.makeFolder(name, files);
    window = await editor.open(folder);
  });

  afterAll(async () => {
    engineSeen.close();
    await engine.api.removeImage(tag);
  });

  const shortDigest = (excluded: readonly string[] = []) =>
    folderDigest(folder, excluded).slice('sha256:'.length).slice(0, 12);

  /** Another program writes the Dockerfile; the build of it has got as far as this. */
  const build = async (dockerfile: string, until: RegExp) => {
    await window.closeTerminal();
    writeFileSync(join(folder, 'Dockerfile'), dockerfile);
    await window.run('Presync: Build Image');
    return window.waitForTerminal(until);
  };

  it('sends nothing because the folder is trusted', async () => {
    await window.answerTrust(true);
    expect(await window.waitForStatus(/./)).toMatch(/^Presync: off/);
    expect((await window.status())?.text).toBe('Presync: off');
    expect(isTouched(used.current.user)).toBe(false);
    expect(used.current.user.daemonPids()).toEqual([]);
    expect(engineSeen.connections).toBe(0);
  });

  it('keeps the folder in sync when asked to', async () => {
    await window.run('Presync: Keep in Sync');
    const label = await window.waitForStatus(/in sync/);
    expect(label).toMatch(/^Presync: in sync, 3 files/);
    expect(label).toContain(`snapshot ${shortDigest()}`);
    expect((await window.status())?.text).toBe('Presync');
    expect(used.current.user.daemonPids()).toHaveLength(1);
  });

  it('has an edit in sync as soon as it is saved', async () => {
    const before = shortDigest();
    await window.openFile('main.txt');
    await window.write('edited ');
    await window.save();
    await expect.poll(() => shortDigest()).not.toBe(before);
    expect(readFileSync(join(folder, 'main.txt'), 'utf8')).toBe('edited as it was\n');
    await window.waitForStatus(new RegExp(`in sync, 3 files.*snapshot ${shortDigest()}`));
  });

  it('builds an image that holds the edit', async () => {
    await window.run('Presync: Build Image');
    const shown = await window.waitForTerminal(/Built /);
    expect(shown).toContain(tag);
    const tree = await imageTree(engine.api, tag);
    expect(tree.get(fromText('src/main.txt'))?.size).toBe('edited as it was\n'.length);
    expect(tree.get(fromText('src/lib/helper.txt'))?.type).toBe('file');
  });

  it('moves nothing for a second build', async () => {
    await window.closeTerminal();
    await window.run('Presync: Build Image');
    const shown = await window.waitForTerminal(/^Built /m);
    expect(shown).toMatch(/^ {2}nothing sent$/m);
  });

  it('exports the files of the result into a folder', async () => {
    const place = used.current.makeFolder(`${name}-result`, { 'mine.txt': 'stays\n' });
    await window.closeTerminal();
    await window.run('Presync: Build and Export…');
    await window.pick('Files');
    await window.chooseFolder(place, 'Export');
    await window.waitForTerminal(/^Built /m);
    expect(readFileSync(join(place, 'src/main.txt'), 'utf8')).toBe('edited as it was\n');
    expect(readFileSync(join(place, 'mine.txt'), 'utf8')).toBe('stays\n');
  });

  it('finds a step that fails among the problems, at its line, until a build is good again', async () => {
    await build(`FROM ${baseImage}\nCOPY . /src\n\n# Fails.\nRUN false\n`, /^ERROR: /m);
    const toast = await window.notification(/Build of .* failed at Dockerfile:5\. .*RUN false/);
    const actions = toast.locator('.notification-list-item-buttons-container').getByRole('button');
    expect(await actions.allInnerTexts()).toEqual(['Go to Line 5', 'Show Terminal']);
    expect(await window.problems()).toEqual([
      expect.stringMatching(/^Error: .*RUN false.* at line 5 and character 1/s),
    ]);
    await build(files.Dockerfile, /^Built /m);
    expect(await window.problems()).toEqual([]);
  });

  it('cancels a build in the middle of a step', async () => {
    await build(`FROM ${baseImage}\nRUN sleep ${nap}\n`, new RegExp(`RUN sleep ${nap}`));
    await expect.poll(napping, waiting).toBe(true);
    expect(await window.waitForStatus(/building/)).toContain(`RUN sleep ${nap}`);
    await window.run('Presync: Cancel Build');
    await window.waitForTerminal(/^Cancelled\.$/m);
    await expect.poll(napping, waiting).toBe(false);
    await window.waitForStatus(/in sync/);
  });

  it('shows what is in the build context, largest first, and what is not', async () => {
    writeFileSync(join(folder, '.dockerignore'), '# Large.\nnode_modules\n');
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/code.js'), 'x'.repeat(1e6));
    writeFileSync(join(folder, 'large.bin'), 'x'.repeat(20_000));
    await window.waitForStatus(new RegExp(`snapshot ${shortDigest(['node_modules'])}`));
    await window.run('Presync: Show Build Context');
    const rows = () => window.rowsOf('Build Context');
    await expect
      .poll(async () => [(await rows()).at(0), (await rows()).at(-1)], waiting)
      .toEqual(['large.bin, file, 20.00kB', 'node_modules, folder, excluded by node_modules (line 2)']);
    expect(await rows()).toContain('lib, folder, 1 file, 5B');
  });

  it('takes no notice of a file that is excluded', async () => {
    const excluded = ['node_modules', 'notes.txt'];
    writeFileSync(join(folder, 'notes.txt'), 'notes\n');
    writeFileSync(join(folder, '.dockerignore'), excluded.join('\n'));
    const snapshot = () => new RegExp(`a build starts at once, snapshot ${shortDigest(excluded)}`);
    await window.waitForStatus(snapshot());
    const said = await window.listen();
    await window.openFile('notes.txt');
    await window.write('more ');
    await window.save();
    await expect.poll(() => readFileSync(join(folder, 'notes.txt'), 'utf8'), waiting).toBe('more notes\n');
    // Whatever comes of a save has come when what is written after it is in sync.
    writeFileSync(join(folder, 'main.txt'), 'by another program\n');
    await window.waitForStatus(snapshot());
    const [before, ...others] = await said();
    expect(before).toContain('in sync');
    expect(others.filter((label) => !label.includes(shortDigest(excluded)))).toEqual([]);
  });

  it('is in sync within two seconds after the window was reloaded', async () => {
    const daemons = used.current.user.daemonPids();
    await window.reload();
    await window.item.waitFor();
    await window.waitForStatus(/in sync/, 2000);
    expect(used.current.user.daemonPids()).toEqual(daemons);
  });
});

/** Whether a build is at its nap. */
function napping(): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8').startsWith(`sleep\0${nap}\0`);
    } catch {
      return false;
    }
  });
}
