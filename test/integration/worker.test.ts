/** The bundled worker in a thread of its own, against real engines: what the extension host sees of it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskSnapshot } from '../support/diskSnapshot.ts';
import { EditedContext } from '../support/editedContext.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { ExtensionWorker } from '../support/extensionWorker.ts';
import { temporarySandbox } from '../support/presyncCli.ts';
import { someProcessRuns } from '../support/processes.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

function newContext(): EditedContext {
  return new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
}

describe.each(suites)('the worker on %s', (suite) => {
  const engine = useEngine(suite);

  it('keeps a context in sync and primed, and follows a save', async () => {
    const worker = new ExtensionWorker(temporarySandbox(engine.host));
    const context = newContext();
    await worker.keep(context.root);
    await worker.shows({ inSync: true, primed: true, snapshot: diskSnapshot(context.root), files: 31 });

    context.write('folder1/saved', 'saved\n');
    await worker.host.request('saved', { key: 'context', file: join(context.root, 'folder1/saved') });
    await worker.shows({ inSync: true, primed: true, snapshot: diskSnapshot(context.root), files: 32 });

    context.write('folder1/outside', 'written by something else\n');
    await worker.shows({ inSync: true, primed: true, snapshot: diskSnapshot(context.root), files: 33 });
  });

  it('builds what was saved just before, and sends nothing for it twice', async () => {
    const worker = new ExtensionWorker(temporarySandbox(engine.host));
    const context = newContext();
    const source = await worker.keep(context.root);
    await worker.shows({ primed: true });
    context.edit();
    const tag = temporaryTag(engine.api);
    const built = await worker.build(source, { tags: [tag] });
    expect(await engine.api.imageId(tag)).toBe(built.imageId);
    expect(await context.differences(engine.api, tag)).toEqual([]);
    expect(built).toMatchObject({ snapshot: diskSnapshot(context.root), tags: [expect.stringContaining(tag)] });
    expect(worker.events.some((event) => event.type === 'vertex' && event.name.includes('COPY . /src'))).toBe(true);

    await worker.shows({ inSync: true, primed: true });
    const again = await worker.build(source);
    expect(again).toMatchObject({ sent: { files: 0, bytes: 0 }, builder: { files: 0 } });
  });

  it('cancels a build in the middle of a RUN', async () => {
    const worker = new ExtensionWorker(temporarySandbox(engine.host));
    const context = newContext();
    const seconds = String(200_000 + (process.pid % 100_000));
    context.write('Dockerfile', `FROM ${baseImage}\nCOPY . /src\nRUN sleep ${seconds}\n`);
    const source = await worker.keep(context.root);
    const abort = new AbortController();
    const built = worker.build(source, {}, abort.signal);
    await expect.poll(() => someProcessRuns('sleep', seconds), { timeout: 60_000 }).toBe(true);
    abort.abort();
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => someProcessRuns('sleep', seconds), { timeout: 20_000 }).toBe(false);
  });

  it('tells how large the image is, what was copied in vain, and where a step failed', async () => {
    const worker = new ExtensionWorker(temporarySandbox(engine.host));
    const context = newContext();
    const source = await worker.keep(context.root);
    const bytes = 100_000;
    context.write('large', 'x'.repeat(bytes));
    context.write('Dockerfile', 'FROM scratch\nCOPY large /\n');
    expect((await worker.build(source)).imageBytes).toBe(bytes);

    context.write('.dockerignore', 'large\n');
    await expect(worker.build(source)).rejects.toMatchObject({ code: 'BUILD_FAILED', data: { line: 2 } });
    const warnings = worker.events.filter((event) => event.type === 'warning');
    expect(warnings).toMatchObject([{ line: 2, message: expect.stringContaining('"large" that is excluded') }]);
  });

  it('goes offline when the daemon is killed, and comes back by itself', async () => {
    const sandbox = temporarySandbox(engine.host);
    const worker = new ExtensionWorker(sandbox);
    const context = newContext();
    await worker.keep(context.root);
    await worker.shows({ inSync: true, primed: true });
    const told = worker.views.length;
    await sandbox.killDaemon();
    await expect.poll(() => worker.views.slice(told).map(({ link }) => link)).toContain('waiting');
    context.edit();
    await worker.shows({ link: 'connected', inSync: true, primed: true, snapshot: diskSnapshot(context.root) });
  });

  it('restarts the daemon when asked, while a build goes on to its end', async () => {
    const sandbox = temporarySandbox(engine.host);
    const worker = new ExtensionWorker(sandbox);
    const context = newContext();
    // A number of its own, by which the step is found among the machine's processes.
    const seconds = `3.0${process.pid}`;
    context.write('Dockerfile', `FROM ${baseImage}\nCOPY . /src\nRUN sleep ${seconds}\n`);
    const source = await worker.keep(context.root);
    await worker.shows({ primed: true });
    const built = worker.build(source, { noCache: true });
    await expect.poll(() => someProcessRuns('sleep', seconds), { timeout: 60_000 }).toBe(true);
    const before = sandbox.daemonPids();
    await worker.host.request('restartDaemon', { daemon: '' });
    expect((await built).imageId).toMatch(/^sha256:/);
    await sandbox.waitFor('the first daemon to end', () =>
      Promise.resolve(sandbox.daemonPids().every((pid) => !before.includes(pid))),
    );
    await worker.shows({ link: 'connected', inSync: true, primed: true });
    expect(sandbox.daemonPids()).toHaveLength(1);
  });

  it('looks at a folder without sending a byte or starting anything', async () => {
    const sandbox = temporarySandbox(engine.host);
    const worker = new ExtensionWorker(sandbox);
    const context = newContext();
    context.write('.env', 'SECRET=1\n');
    const source = { folder: context.root, dockerfile: join(context.root, 'Dockerfile') };
    const { snapshot, files, secrets } = await worker.host.request('survey', { source });
    expect({ snapshot, files, secrets }).toEqual({
      snapshot: diskSnapshot(context.root),
      files: 32,
      secrets: ['.env'],
    });
    const { entries } = await worker.host.request('list', { source, path: 'folder1' });
    expect(entries).toHaveLength(6);
    expect(await worker.host.request('builders', null)).toMatchObject([{ spec: 'docker-context://default' }]);
    expect(sandbox.daemonPids()).toEqual([]);
  });

  it('ends when it is told to, and the next one finds everything in sync', async () => {
    const sandbox = temporarySandbox(engine.host);
    const first = new ExtensionWorker(sandbox);
    const context = newContext();
    await first.keep(context.root);
    await first.shows({ primed: true });
    const ended = new Promise((resolve) => first.thread!.once('exit', resolve));
    await first.host.stop();
    // By itself: one that is terminated says 1.
    expect(await ended).toBe(0);
    const second = new ExtensionWorker(sandbox);
    await second.keep(context.root);
    await second.shows({ inSync: true, primed: true, sent: { files: 0, bytes: 0 } });
    expect(second.views.every(({ sent }) => sent.files === 0)).toBe(true);
  });

  it('that dies is replaced, and keeps what it is told to again', async () => {
    const worker = new ExtensionWorker(temporarySandbox(engine.host));
    const context = newContext();
    worker.host.onDidRestart(() => void worker.keep(context.root));
    await worker.keep(context.root);
    await worker.shows({ primed: true });
    await worker.thread!.terminate();
    const told = worker.views.length;
    context.edit();
    await expect.poll(() => worker.views.length, { timeout: 30_000 }).toBeGreaterThan(told);
    await worker.shows({ inSync: true, primed: true, snapshot: diskSnapshot(context.root) });
  });

  it('tells nothing more of a context that is released', async () => {
    const sandbox = temporarySandbox(engine.host);
    const worker = new ExtensionWorker(sandbox);
    const context = newContext();
    await worker.keep(context.root);
    await worker.shows({ primed: true });
    await worker.host.request('release', { key: 'context' });
    const told = worker.views.length;
    await sandbox.waitFor('nobody to watch', async () =>
      (await sandbox.status()).contexts.every(({ inSync }) => !inSync),
    );
    context.edit();
    // Somebody else can own it now.
    const watch = await sandbox.watch(context.root);
    watch.kill('SIGINT');
    expect(worker.views).toHaveLength(told);
  });
});
