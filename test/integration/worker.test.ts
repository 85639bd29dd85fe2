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
});
