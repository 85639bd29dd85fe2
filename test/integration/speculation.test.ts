/** `watch --build`: after each change the last build is run in the background, and the user's own finds it done. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

interface Image {
  readonly Id: string;
  readonly RepoTags: readonly string[] | null;
}

describe.each(suites)('builds in the background on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const counts = async () => (await sandbox.status()).background;
  const hidden = async () =>
    (JSON.parse((await engine.api.call('GET', '/images/json')).toString()) as Image[])
      .filter(({ RepoTags }) => RepoTags?.some((name) => name.startsWith('presync-background:')))
      .map(({ Id }) => Id);

  it('are what the user’s own build would be, and leave one image', async () => {
    const context = temporaryFolder();
    const write = (text: string) => writeFileSync(join(context, 'main.txt'), text);
    writeFileSync(join(context, 'Dockerfile'), `FROM ${baseImage}\nCOPY . /src\nRUN cp /src/main.txt /built\n`);
    write('one');
    const tag = temporaryTag(engine.api);
    await sandbox.watch(context, ['--build']);
    await sandbox.build(context, { tag });
    expect(await hidden()).toEqual([]);

    for (const [index, text] of ['second', 'the third'].entries()) {
      write(text);
      await sandbox.waitFor('a build in the background', async () => (await counts()).finished === index + 1);
      const images = await hidden();
      expect(images).toHaveLength(1);
      const { imageId } = await sandbox.build(context, { tag });
      expect(images).toEqual([imageId]);
      expect((await imageTree(engine.api, tag)).get(fromText('built'))?.size).toBe(text.length);
      expect(await counts()).toMatchObject({ begun: index + 1, helped: index + 1 });
    }
    // Its image is no longer the user's: it goes with the next one.
    const last = temporaryTag(engine.api);
    write('not built by the user');
    await sandbox.waitFor('a build in the background', async () => (await counts()).finished === 3);
    const [unused] = await hidden();
    write('and another');
    await sandbox.waitFor('a build in the background', async () => (await counts()).finished === 4);
    await sandbox.build(context, { tag: last });
    expect(await engine.api.imageId(unused!)).toBeUndefined();
    const [used] = await hidden();
    await engine.api.removeImage(used!);
  });

  it('that fail are told of by the user’s own build', async () => {
    const context = temporaryFolder();
    writeFileSync(join(context, 'Dockerfile'), `FROM ${baseImage}\nCOPY . /src\nRUN sh /src/test.sh\n`);
    writeFileSync(join(context, 'test.sh'), 'true\n');
    await sandbox.watch(context, ['--build']);
    const tag = temporaryTag(engine.api);
    await sandbox.build(context, { tag });
    const { begun, finished } = await counts();
    writeFileSync(join(context, 'test.sh'), 'exit 7\n');
    await sandbox.waitFor('a build in the background', async () => (await counts()).begun === begun + 1);
    const { result } = await sandbox.tryBuild(context, { tag });
    expect(result).toMatchObject({ ok: false, code: 'BUILD_FAILED' });
    expect(await counts()).toMatchObject({ finished });
  });
});
