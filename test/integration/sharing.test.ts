/** One context, many builds: shared generations, and builds that race with changes, restarts, prunes and other versions. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { EditedContext } from '../support/editedContext.ts';
import { baseImage, suites, useEngine, usePrivateEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { useBundles } from '../support/otherVersions.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';

function newContext(): EditedContext {
  return new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
}

describe.each(suites)('builds of one context on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  it('two at once share one sync and one generation', async () => {
    const context = newContext();
    await sandbox.build(context.root);
    context.write('folder0/shared', 'both builds need it');
    const tags = [temporaryTag(engine.api), temporaryTag(engine.api)];
    const [one, other] = await Promise.all(tags.map((tag) => sandbox.build(context.root, { tag })));
    expect(one!.generation).toBe(other!.generation);
    expect(one!.sent.files + other!.sent.files).toBe(1);
    // Each counts what crossed since it began, so a second DiffCopy would make one of them count two.
    expect(Math.max(one!.builder.diffCopies, other!.builder.diffCopies)).toBeLessThanOrEqual(1);
    for (const tag of tags) expect(await context.differences(engine.api, tag)).toEqual([]);
  });

  it('A, B, A: the right bytes each time, in a generation of its own, and one file moves each time', async () => {
    const context = newContext();
    const seen: { snapshot: string; generation: string }[] = [];
    for (const content of ['A', 'B', 'A', 'B']) {
      context.write('folder0/switched', content);
      const tag = temporaryTag(engine.api);
      const result = await sandbox.build(context.root, { tag });
      expect(await context.differences(engine.api, tag)).toEqual([]);
      if (seen.length > 0) expect(result.builder).toMatchObject({ diffCopies: 1, files: 1 });
      seen.push(result);
    }
    expect(seen[2]!.snapshot).toBe(seen[0]!.snapshot);
    expect(new Set(seen.map(({ generation }) => generation)).size).toBe(4);
  });

  it('a build of B beside the prime of C holds B or C, whole', async () => {
    const random = new SeededRandom();
    const context = newContext();
    context.write(
      'Dockerfile',
      `FROM ${baseImage}\nCOPY one two /src/\nRUN sleep 0.5 && cat /src/one /src/two > /both\n`,
    );
    context.write('one', 'start');
    context.write('two', 'start');
    await sandbox.watch(context.root);
    for (let round = 0; round < (process.env['PRESYNC_FULL'] ? 50 : 6); round++) {
      const [b, c] = [`B${round}`, `C${round}`];
      const write = (content: string) => ['one', 'two'].forEach((path) => context.write(path, content));
      write(b);
      const tag = temporaryTag(engine.api);
      const building = sandbox.build(context.root, { tag });
      await sleep(random.below(800));
      write(c);
      await building;
      // The two writes are not one moment: a build that began between them may hold one of each, never older content.
      const [one, two] = await hashes(tag, ['src/one', 'src/two']);
      expect([sha256(b), sha256(c)]).toContain(one);
      expect([sha256(b), sha256(c)]).toContain(two);
      await sandbox.build(context.root, { tag });
      expect(await hashes(tag, ['src/one', 'src/two'])).toEqual([sha256(c), sha256(c)]);
    }
  });

  async function hashes(tag: string, paths: readonly string[]): Promise<(string | undefined)[]> {
    const tree = await imageTree(engine.api, tag);
    return paths.map((path) => tree.get(fromText(path))?.sha256);
  }
});

describe.each(suites)('what befalls the engine of %s', (suite) => {
  const engine = usePrivateEngine(suite);
  const sandbox = useSandbox(engine.host);

  it.each(['without watch', 'with watch'])('a restart between builds, %s', async (mode) => {
    const context = newContext();
    if (mode === 'with watch') await sandbox.watch(context.root);
    await sandbox.build(context.root);
    for (const edited of [false, true]) {
      await engine.stop('keep');
      await engine.start();
      if (edited) context.edit();
      const tag = uniqueTag();
      await sandbox.build(context.root, { tag });
      expect(await context.differences(engine.api, tag)).toEqual([]);
    }
  });

  it('a stop while the context is watched: it is ready for a build again when the engine is', async () => {
    const context = newContext();
    const watch = await sandbox.watch(context.root);
    let printed = '';
    watch.stdout?.on('data', (text) => (printed += String(text)));
    const becomes = (primed: boolean, ms: number) =>
      sandbox.waitFor(`primed to be ${primed}`, async () => (await statusOf(context.root))?.primed === primed, ms);
    await becomes(true, 30_000);
    await engine.stop('keep');
    await becomes(false, 10_000);
    await sandbox.waitFor('the reason', async () => (await statusOf(context.root))?.failure !== undefined, 10_000);
    expect((await statusOf(context.root))?.failure).toMatchObject({ code: 'ENGINE_NOT_FOUND' });
    context.edit();
    expect((await sandbox.tryBuild(context.root)).result).toMatchObject({ ok: false, code: 'ENGINE_NOT_FOUND' });
    await engine.start();
    await becomes(true, 60_000);
    expect(printed.split(`There is no Docker engine at ${engine.host}.`)).toHaveLength(2);
    expect(printed.trim().split('\n').at(-1)).toMatch(/^in sync, ready to build: /);
    expect((await statusOf(context.root))?.failure).toBeUndefined();
    expect((await sandbox.build(context.root)).builder.diffCopies).toBe(0);
  });

  async function statusOf(root: string) {
    return (await sandbox.status()).contexts.find(({ path }) => path === root);
  }

  it('a prune between builds costs a transfer, which is counted', async () => {
    const context = newContext();
    await sandbox.build(context.root);
    await engine.api.pruneBuildCache();
    const tag = uniqueTag();
    const result = await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
    expect(result.builder.diffCopies).toBeGreaterThanOrEqual(1);
    expect(result.sent.files).toBe(0);
    expect((await sandbox.build(context.root)).builder.diffCopies).toBe(0);
  });

  it('a prune while the context is watched', async () => {
    const context = newContext();
    await sandbox.watch(context.root);
    await sandbox.build(context.root);
    await engine.api.pruneBuildCache();
    context.edit();
    const tag = uniqueTag();
    await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
  });
});

describe.each(suites)('clients of two versions on %s', (suite) => {
  const engine = useEngine(suite);
  const older = useSandbox(engine.host, useBundles(`--protocol=${protocolVersion}`));
  /** The same user, with the next version installed. */
  const asNewer = { env: older.env };
  const newer = useSandbox(engine.host, useBundles(`--protocol=${protocolVersion + 1}`));
  const newest = useSandbox(engine.host, useBundles(`--protocol=${protocolVersion + 2}`));

  it('alternating 20 times leave one daemon, and no build fails', async () => {
    const context = newContext();
    const pids = new Set<number>();
    for (let turn = 0; turn < 20; turn++) {
      context.write('folder0/turn', `${turn}`);
      const tag = temporaryTag(engine.api);
      if (turn % 2 === 0) await older.build(context.root, { tag });
      else await newer.build(context.root, { tag }, asNewer);
      expect(await context.differences(engine.api, tag)).toEqual([]);
      for (const pid of older.daemonPids()) pids.add(pid);
    }
    expect(older.daemonPids()).toHaveLength(1);
    // The older daemon made way once, for good.
    expect(pids.size).toBe(2);
  });

  it('an older client does not replace a daemon that is too new for it', async () => {
    const context = newContext();
    await newest.build(context.root, {}, asNewer);
    const [pid] = older.daemonPids();
    const { status, result } = await older.tryBuild(context.root);
    expect(result).toMatchObject({ ok: false, code: 'DAEMON_NEWER', hint: expect.stringMatching(/\w/) });
    expect(status).toBe(1);
    expect(older.daemonPids()).toEqual([pid]);
  });
});

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
