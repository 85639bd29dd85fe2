/** What a build moves when nothing, or next to nothing, has changed. Times are a matter for the bench. */
import { execFileSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { buildHistory } from '../support/buildHistory.ts';
import { rewriteInPlace } from '../support/editedContext.ts';
import type { Engine } from '../support/engines.ts';
import { suites, useEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { makeManyFiles, manyFile } from '../support/manyFiles.ts';
import type { BuildResult, Sandbox } from '../support/presyncCli.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

const manyFiles = process.env['PRESYNC_FULL'] ? 100_000 : 10_000;
/** What an unchanged build may send over the WebSocket. */
const unchangedBytes = 4096;

function expectNothingMoved(result: BuildResult): void {
  expect(result.builder.diffCopies).toBe(0);
  expect(result.builder.files).toBe(0);
  expect(result.sent.files).toBe(0);
  expect(result.sent.bytes).toBeLessThanOrEqual(unchangedBytes);
}

/** A context of a few files in a folder `name` of its own, built once. */
async function builtContext(sandbox: Sandbox, files = 100): Promise<string> {
  const context = join(temporaryFolder(), 'context');
  makeManyFiles(context, files);
  await sandbox.build(context);
  return context;
}

describe.each(suites)('an unchanged context on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  it(`moves nothing: ${manyFiles} files`, async () => {
    const context = await builtContext(sandbox, manyFiles);
    const unwatched = await sandbox.build(context, { tag: temporaryTag(engine.api) });
    expectNothingMoved(unwatched);

    const watch = await sandbox.watch(context);
    const watched = await sandbox.build(context, { tag: temporaryTag(engine.api) });
    expectNothingMoved(watched);
    expect(watched.snapshot).toBe(unwatched.snapshot);
    expect(watched.generation).toBe(unwatched.generation);
    watch.kill('SIGINT');
  });

  it('is the same after a new daemon has started', async () => {
    const context = await builtContext(sandbox);
    await sandbox.killDaemon();
    const result = await sandbox.build(context);
    expect(result.sent.files).toBe(0);
    expect(result.builder.files).toBe(0);
  });

  it('moves nothing with --no-cache either', async () => {
    const context = await builtContext(sandbox);
    expectNothingMoved(await sandbox.build(context, { noCache: true }));
  });

  it('tags the image that the engine shows', async () => {
    const context = await builtContext(sandbox);
    const tag = temporaryTag(engine.api);
    const { imageId } = await sandbox.build(context, { tag });
    expect(await engine.api.imageId(tag)).toBe(imageId);
  });
});

describe.each(suites)('changes on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  it('one edited file is all that moves', async () => {
    const context = await builtContext(sandbox);
    writeFileSync(manyFile(context, 7), 'edited');
    const { sent, builder } = await sandbox.build(context);
    expect(sent.files).toBe(1);
    expect(builder.files).toBe(1);
  });

  it('touching every file moves none', async () => {
    const context = await builtContext(sandbox);
    const { snapshot } = await sandbox.build(context);
    execFileSync('find', [context, '-exec', 'touch', '-d', '2030-01-01', '{}', '+']);
    const touched = await sandbox.build(context);
    expect(touched.sent.files).toBe(0);
    expect(touched.builder.files).toBe(0);
    expect(touched.snapshot).toBe(snapshot);
  });

  it('an edit that keeps size and mtime is in the image', async () => {
    const context = await builtContext(sandbox);
    rewriteInPlace(manyFile(context, 3), 4711);
    const tag = temporaryTag(engine.api);
    const { sent, builder } = await sandbox.build(context, { tag });
    expect(sent.files).toBe(1);
    expect(builder.files).toBe(1);
    expect(await shaOf(engine, tag, manyFile('src', 3))).toBe(shaOnDisk(manyFile(context, 3)));
  });

  it('a build right after another sees an edit of the same moment', async () => {
    const context = await builtContext(sandbox);
    for (let round = 0; round < 5; round++) {
      writeFileSync(manyFile(context, 1), `round ${round}`);
      const tag = temporaryTag(engine.api);
      await sandbox.build(context, { tag });
      expect(await shaOf(engine, tag, manyFile('src', 1))).toBe(shaOnDisk(manyFile(context, 1)));
    }
  });
});

/**
 * The mtimes that BuildKit is told, seen in images that are built without cache: an mtime stays while the content equals
 * that of the generation before, and is the disk's otherwise; an older snapshot's is never taken up again.
 */
describe.each(suites)('the mtime rule on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const [first, second, third] = [1_600_000_001, 1_600_000_002, 1_600_000_003];

  async function mtimeInImage(context: string): Promise<number | undefined> {
    const tag = temporaryTag(engine.api);
    await sandbox.build(context, { tag, noCache: true });
    return (await imageTree(engine.api, tag)).get(fromText(manyFile('src', 0)))?.mtime;
  }

  it('a touched file keeps the mtime that BuildKit knows', async () => {
    const context = await builtContext(sandbox);
    save(manyFile(context, 0), 'v1', first);
    expect(await mtimeInImage(context)).toBe(first);
    save(manyFile(context, 0), 'v1', second);
    expect(await mtimeInImage(context)).toBe(first);
  });

  it('v1, v2, v1 has the mtime of the last save', async () => {
    const context = await builtContext(sandbox);
    save(manyFile(context, 0), 'v1', first);
    expect(await mtimeInImage(context)).toBe(first);
    save(manyFile(context, 0), 'v2', second);
    expect(await mtimeInImage(context)).toBe(second);
    save(manyFile(context, 0), 'v1', third);
    expect(await mtimeInImage(context)).toBe(third);
  });

  it('v1, v2, v1 within one size and mtime has the right content each time', async () => {
    const context = await builtContext(sandbox);
    for (const content of ['v1', 'v2', 'v1', 'v2']) {
      save(manyFile(context, 0), content, first);
      const tag = temporaryTag(engine.api);
      await sandbox.build(context, { tag, noCache: true });
      const node = (await imageTree(engine.api, tag)).get(fromText(manyFile('src', 0)));
      expect(node).toMatchObject({ size: 2, mtime: first, sha256: shaOnDisk(manyFile(context, 0)) });
    }
  });
});

describe('the build history on trixie', () => {
  const engine = useEngine('trixie');
  const sandbox = useSandbox(engine.host);

  it("holds the user's builds and no primes", async () => {
    const before = new Set((await buildHistory(engine.socket)).map(({ ref }) => ref));
    const context = await builtContext(sandbox);
    for (let build = 0; build < 3; build++) {
      writeFileSync(manyFile(context, build), 'edited');
      await sandbox.build(context);
    }
    const added = (await buildHistory(engine.socket)).filter(({ ref }) => !before.has(ref));
    expect(added).toHaveLength(4);
  });
});

function save(path: string, content: string, mtime: number): void {
  writeFileSync(path, content);
  utimesSync(path, mtime, mtime);
}

async function shaOf(engine: Engine, image: string, path: string): Promise<string | undefined> {
  return (await imageTree(engine.api, image)).get(fromText(path))?.sha256;
}

function shaOnDisk(path: string): string {
  return String(execFileSync('sha256sum', [path])).slice(0, 64);
}
