/** What a watcher cannot see is in the image all the same. */
import { appendFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { contentOf } from '../support/imageTree.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import { finished, lastJson, useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** A context with a file that has another name outside: edits by that name raise no event in the folder. */
function contextWithHiddenFile(dockerfile = 'FROM scratch\nCOPY . /src/\n') {
  const folder = temporaryFolder();
  const root = join(folder, 'context');
  const outside = join(folder, 'outside');
  mkdirSync(root);
  writeFileSync(join(root, 'Dockerfile'), dockerfile);
  writeFileSync(join(root, 'file'), 'first');
  linkSync(join(root, 'file'), outside);
  return { root, edit: (content: string) => writeFileSync(outside, content) };
}

describe.each(suites)('a build beside its proof on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const inImage = async (tag: string, path = 'src/file') => String(await contentOf(engine.api, tag, path));

  it('is begun again when the watcher has missed a change', async () => {
    const { root, edit } = contextWithHiddenFile();
    await sandbox.watch(root);
    await sandbox.build(root);

    edit('missed');
    const stale = temporaryTag(engine.api);
    expect((await sandbox.build(root, { tag: stale }, { args: ['--proof', 'off'] })).verified).toBe(false);
    expect(await inImage(stale)).toBe('first');

    const tag = temporaryTag(engine.api);
    expect((await sandbox.build(root, { tag })).verified).toBe(true);
    expect(await inImage(tag)).toBe('missed');
  });

  it('is begun again while it runs, and when it fails for what was missed', async () => {
    const { root, edit } = contextWithHiddenFile(
      `FROM ${baseImage}\nCOPY . /src/\nRUN test "$(cat /src/file)" != first && sleep 2\n`,
    );
    await sandbox.watch(root);
    expect((await sandbox.tryBuild(root)).result).toMatchObject({ ok: false, code: 'BUILD_FAILED' });
    edit('second');
    const tag = temporaryTag(engine.api);
    expect((await sandbox.build(root, { tag })).verified).toBe(true);
    expect(await inImage(tag)).toBe('second');
    edit('third');
    expect((await sandbox.build(root, { tag })).verified).toBe(true);
    expect(await inImage(tag)).toBe('third');
  });

  it('keeps its snapshot when something changes in the middle, and is proven', async () => {
    const { root } = contextWithHiddenFile(`FROM ${baseImage}\nCOPY . /src/\nRUN sleep 2\n`);
    await sandbox.watch(root);
    const tag = temporaryTag(engine.api);
    const building = sandbox.spawn(['build', '--json', '--progress=plain', '-t', tag, root]);
    const ended = finished(building, 'presync build');
    await new Promise<void>((resolve) => {
      building.stderr?.on('data', (text) => String(text).includes('RUN sleep') && resolve());
    });
    await sleep(500);
    writeFileSync(join(root, 'file'), 'in the middle');
    expect(lastJson(await ended)).toMatchObject({ ok: true, verified: true });
    expect(await inImage(tag)).toBe('first');
    expect(await sandbox.build(root, { tag })).toMatchObject({ verified: true });
    expect(await inImage(tag)).toBe('in the middle');
  });

  it.each(['with watch', 'without watch'])(
    'is not kept from ending by a log that is always written, %s',
    async (mode) => {
      const { root } = contextWithHiddenFile();
      writeFileSync(join(root, 'app.log'), '');
      if (mode === 'with watch') await sandbox.watch(root);
      const writing = setInterval(() => appendFileSync(join(root, 'app.log'), 'line\n'), 1);
      onTestFinished(() => clearInterval(writing));
      writeFileSync(join(root, 'file'), 'saved');
      const tag = temporaryTag(engine.api);
      const result: BuildResult = await sandbox.build(root, { tag });
      expect(result).toMatchObject({ verified: false, differing: { paths: ['app.log'], count: 1 } });
      expect(await inImage(tag)).toBe('saved');
      clearInterval(writing);
      await sleep(100);
      expect(await sandbox.build(root, { tag })).toMatchObject({ verified: true });
    },
  );

  it.each(['before', 'concurrent', 'off'])('with --proof %s ends well', async (proof) => {
    const { root } = contextWithHiddenFile();
    const tag = temporaryTag(engine.api);
    const result = await sandbox.build(root, { tag }, { args: ['--proof', proof] });
    expect(result.verified).toBe(proof !== 'off');
    expect(result.timings.verifyMs > 0).toBe(proof !== 'off');
    expect(await engine.api.imageId(tag)).toBe(result.imageId);
  });
});
