/** `--build-context`: further contexts, which the Dockerfile knows by name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { baseImage, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { contentOf, imageTree } from '../support/imageTree.ts';
import { file, makeTree } from '../support/madeTree.ts';
import { makeManyFiles, manyFile } from '../support/manyFiles.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';

const copyBoth = 'FROM scratch\nCOPY own /own\nCOPY --from=lib . /lib\n';

/** A folder `main` with this Dockerfile, and a folder `lib` beside it. */
function folders(dockerfile: string): { main: string; lib: string } {
  const home = join(temporaryFolder(), uniqueTag());
  makeTree(home, [
    file('main/Dockerfile', dockerfile),
    file('main/own', 'own'),
    file('lib/a', 'a'),
    file('lib/secret', 'no'),
    file('lib/.dockerignore', 'secret\n'),
  ]);
  return { main: join(home, 'main'), lib: join(home, 'lib') };
}

describe('contexts by name on trixie', () => {
  const engine = useEngine('trixie');
  const sandbox = useSandbox(engine.host);

  it('that are folders are synchronised like the main one, each by its own .dockerignore', async () => {
    const { main, lib } = folders(copyBoth);
    const tag = temporaryTag(engine.api);
    const args = ['--build-context', `lib=${lib}`];
    const first = await sandbox.build(main, { tag }, { args });
    expect(first.verified).toBe(true);
    const tree = await imageTree(engine.api, tag);
    expect(tree.has(fromText('lib/a'))).toBe(true);
    expect(tree.has(fromText('lib/secret'))).toBe(false);
    const again = await sandbox.build(main, { tag, noCache: true }, { args });
    expect(again.sent.files).toBe(0);
    expect(again.builder.diffCopies).toBe(0);
    writeFileSync(join(lib, 'a'), 'edited');
    const edited = await sandbox.build(main, { tag }, { args });
    expect(edited.sent.files).toBe(1);
    expect(String(await contentOf(engine.api, tag, 'lib/a'))).toBe('edited');
  });

  it('that are watched are in the builder already', async () => {
    const { main, lib } = folders(copyBoth);
    makeManyFiles(lib, 300, uniqueTag());
    const args = ['--build-context', `lib=${lib}`];
    await sandbox.build(main, {}, { args });
    const watch = await sandbox.watch(lib);
    const stateOf = async () => (await sandbox.status()).contexts.find(({ path }) => path === lib)!;
    const before = await stateOf();
    writeFileSync(manyFile(lib, 1), 'edited');
    await sandbox.waitFor('the edit to be in sync', async () => {
      const { snapshot, inSync } = await stateOf();
      return inSync && snapshot !== before.snapshot;
    });
    const { sent } = await sandbox.build(main, {}, { args });
    expect(sent.files).toBe(0);
    watch.kill('SIGINT');
  });

  it('that are images are got by the builder', async () => {
    const { main } = folders('FROM base\nCOPY own /own\nRUN test -e /own\n');
    const args = ['--build-context', `base=docker-image://${baseImage}`];
    await sandbox.build(main, {}, { args });
    expectError(
      await sandbox.tryBuild(main, {}, { args: ['--build-context', 'base=docker-image://presync-absent'] }),
      'BUILD_FAILED',
      3,
    );
  });

  it('shadow stages and images of that name', async () => {
    const { main, lib } = folders('FROM scratch AS lib\nFROM scratch\nCOPY --from=lib a /a\n');
    await sandbox.build(main, {}, { args: ['--build-context', `lib=${lib}`] });
  });

  it('that are none are refused', async () => {
    const { main } = folders(copyBoth);
    const attempt = (spec: string) => sandbox.tryBuild(main, {}, { args: ['--build-context', spec] });
    expectError(await attempt('lib'), 'USAGE', 2);
    expectError(await attempt('lib=absent'), 'CONTEXT_NOT_FOUND');
    expectError(await attempt('lib=oci-layout://x'), 'BUILDER_UNSUPPORTED');
  });

  it('are those of all targets that are built at once', async () => {
    const { main, lib } = folders('FROM scratch AS x\nCOPY --from=lib a /\nFROM scratch AS y\nCOPY --from=lib a /y\n');
    const run = await sandbox.run([
      'build',
      '--json',
      '--target',
      'x',
      '--target',
      'y',
      '--build-context',
      `lib=${lib}`,
      main,
    ]);
    expect(run.status, run.stderr).toBe(0);
  });
});

describe('contexts by name on bookworm', () => {
  const engine = useEngine('bookworm');
  const sandbox = useSandbox(engine.host);

  it('are not known to the frontend of Docker 20.10, and refused', async () => {
    const { main, lib } = folders(copyBoth);
    for (const source of [lib, `docker-image://${baseImage}`]) {
      const ended = await sandbox.tryBuild(main, {}, { args: ['--build-context', `lib=${source}`] });
      expect(expectError(ended, 'BUILDER_UNSUPPORTED').message).toContain('Docker 20.10');
    }
  });
});
