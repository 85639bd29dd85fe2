/** The daemon's life, seen from the command line: started on demand, one per user, kept, cancelled, watched. */
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EditedContext } from '../support/editedContext.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { file, makeTree } from '../support/madeTree.ts';
import type { Sandbox } from '../support/presyncCli.ts';
import { finished, lastJson, temporarySandbox } from '../support/presyncCli.ts';
import { someProcessRuns } from '../support/processes.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

function newContext(): EditedContext {
  return new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
}

/** Two may be started at once, but the one that finds the store taken has to go. */
function onlyOneDaemon(sandbox: Sandbox): Promise<void> {
  return sandbox.waitFor(
    'all daemons but one to end',
    () => Promise.resolve(sandbox.daemonPids().length === 1),
    10_000,
  );
}

describe('the daemon', () => {
  const engine = useEngine('trixie');

  it('is not started by status', async () => {
    const sandbox = temporarySandbox(engine.host);
    expect(await sandbox.status()).toMatchObject({ daemon: null, contexts: [] });
    expect(sandbox.daemonPids()).toEqual([]);
  });

  it('is started by the first build, in the background, and serves the next', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    const { snapshot } = await sandbox.build(context.root);
    const pids = sandbox.daemonPids();
    expect(pids).toHaveLength(1);
    await sandbox.build(context.root);
    expect(sandbox.daemonPids()).toEqual(pids);
    const { daemon, contexts } = await sandbox.status();
    expect(daemon).toMatchObject({
      pid: pids[0],
      version: expect.stringMatching(/^\d+\.\d+/),
      endpoint: expect.stringMatching(/^unix:/),
    });
    expect(contexts).toMatchObject([{ path: context.root, snapshot, problems: 0 }]);
  });

  it('is one, however many builds start it at once', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    await Promise.all([1, 2, 3, 4].map(() => sandbox.build(context.root)));
    await onlyOneDaemon(sandbox);
  });

  it('listens in a private directory', async () => {
    const sandbox = temporarySandbox(engine.host);
    await sandbox.build(newContext().root);
    const socket = (await sandbox.status()).daemon!.endpoint.replace('unix://', '');
    expect(statSync(socket).isSocket()).toBe(true);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  });
});

describe.each(suites)('a build on %s', (suite) => {
  const engine = useEngine(suite);

  it('is cancelled at the engine by Ctrl-C, exits 130, and harms nothing', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    // A number of its own, by which the step is found among the machine's processes.
    const seconds = String(100_000 + (process.pid % 100_000));
    context.write('Dockerfile', `FROM ${baseImage}\nCOPY . /src\nRUN sleep ${seconds}\n`);
    const build = sandbox.spawn(['build', '--json', context.root]);
    const ended = finished(build, 'the cancelled build');
    await sandbox.waitFor('the step to run', () => Promise.resolve(someProcessRuns('sleep', seconds)));
    const daemon = sandbox.daemonPids();
    build.kill('SIGINT');
    const run = await ended;
    expect(run.status).toBe(130);
    expect(lastJson(run)).toMatchObject({ ok: false, code: 'CANCELLED' });
    await sandbox.waitFor('the step to end', () => Promise.resolve(!someProcessRuns('sleep', seconds)), 20_000);

    context.write('Dockerfile', 'FROM scratch\nCOPY . /src\n');
    const tag = temporaryTag(engine.api);
    await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
    expect(sandbox.daemonPids()).toEqual(daemon);
  });

  it('takes several tags, a target and build args', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = join(temporaryFolder(), 'context');
    const dockerfile = 'FROM scratch AS one\nARG name\nCOPY ${name} /one\nFROM scratch AS two\nCOPY absent /two\n';
    makeTree(context, [file('Dockerfile', dockerfile), file('x')]);
    const tags = [temporaryTag(engine.api), temporaryTag(engine.api)];
    const { imageId } = await sandbox.build(
      context,
      { tag: tags[0]!, target: 'one', buildArgs: { name: 'x' } },
      { args: ['-t', tags[1]!] },
    );
    expect(await Promise.all(tags.map((tag) => engine.api.imageId(tag)))).toEqual([imageId, imageId]);
  });

  it('shows its steps and their output', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    context.write('Dockerfile', `FROM ${baseImage}\nCOPY . /src\nRUN echo from the step\n`);
    const plain = await sandbox.run(['build', '--progress=plain', '--no-cache', context.root]);
    expect(plain).toMatchObject({ status: 0 });
    expect(plain.stderr).toContain('COPY . /src');
    expect(plain.stderr).toContain('from the step');

    const raw = await sandbox.run(['build', '--progress=rawjson', '--no-cache', context.root]);
    expect(raw).toMatchObject({ status: 0 });
    const lines = raw.stderr.trim().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) JSON.parse(line);
  });
});

describe.each(suites)('presync watch on %s', (suite) => {
  const engine = useEngine(suite);

  it('brings each save to the daemon without a build', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    const watch = await sandbox.watch(context.root);
    const contextNow = async () => (await sandbox.status()).contexts.find(({ path }) => path === context.root);
    const before = await contextNow();
    writeFileSync(join(context.root, 'folder0/saved'), 'saved\n');
    await sandbox.waitFor('the save to be in sync', async () => {
      const now = await contextNow();
      return now?.inSync === true && now.snapshot !== before?.snapshot;
    });
    const after = await contextNow();
    expect(after?.files).toBe(before!.files + 1);
    expect(after?.bytes).toBe(before!.bytes + 6);

    watch.kill('SIGINT');
    await finished(watch, 'presync watch after Ctrl-C');
    // Unwatched, the snapshot stays, and the next build sends nothing.
    const { sent, snapshot } = await sandbox.build(context.root);
    expect([sent.files, snapshot]).toEqual([0, after?.snapshot]);
  });

  it('a second watcher of a context syncs nothing', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    const first = await sandbox.watch(context.root);
    await sandbox.watch(context.root);
    expect((await sandbox.status()).contexts).toHaveLength(1);
    // The owner goes; the other takes over.
    first.kill('SIGKILL');
    await sleep(300);
    context.edit();
    const tag = temporaryTag(engine.api);
    await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
  });

  it('survives its daemon', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = newContext();
    await sandbox.watch(context.root);
    await sandbox.killDaemon();
    context.edit();
    const tag = temporaryTag(engine.api);
    await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
    await sandbox.waitFor('the watch to be back in sync', async () =>
      (await sandbox.status()).contexts.some(({ inSync }) => inSync),
    );
    await onlyOneDaemon(sandbox);
  });
});
