/** What is damaged in the daemon's store is sent again by the build that needs it: nobody has to clean up. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EditedContext } from '../support/editedContext.ts';
import { suites, useEngine } from '../support/engines.ts';
import type { BuildResult, Sandbox } from '../support/presyncCli.ts';
import { lastJson, temporarySandbox } from '../support/presyncCli.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

const content = 'content that the disk will damage\n';

function storeFiles(sandbox: Sandbox, folder: 'packs' | 'heads', extension = ''): string[] {
  const path = join(sandbox.env['XDG_DATA_HOME']!, 'presync/store', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(path, name));
}

/** Changes a byte of the content wherever the store holds it; returns how many places those are. */
function damageContent(sandbox: Sandbox): number {
  let places = 0;
  for (const pack of storeFiles(sandbox, 'packs', '.pack')) {
    const bytes = readFileSync(pack);
    for (let at = bytes.indexOf(content); at >= 0; at = bytes.indexOf(content, at + 1)) {
      bytes[at] = 'C'.charCodeAt(0);
      places++;
    }
    writeFileSync(pack, bytes);
  }
  return places;
}

describe.each(suites)('a damaged store on %s', (suite) => {
  const engine = useEngine(suite);

  /** A context that was built once, and whose content the builder does not have any more. */
  async function prepared() {
    const sandbox = temporarySandbox(engine.host);
    const context = new EditedContext(join(temporaryFolder(), 'context'), new SeededRandom());
    context.write('damaged', content);
    await sandbox.build(context.root);
    return { sandbox, context };
  }

  async function expectRightBuild(sandbox: Sandbox, context: EditedContext): Promise<BuildResult> {
    const tag = temporaryTag(engine.api);
    const result = await sandbox.build(context.root, { tag });
    expect(await context.differences(engine.api, tag)).toEqual([]);
    return result;
  }

  it('is healed by a build with a new daemon', async () => {
    const { sandbox, context } = await prepared();
    await sandbox.killDaemon();
    expect(damageContent(sandbox)).toBe(1);
    await engine.api.pruneBuildCache();
    const { sent } = await expectRightBuild(sandbox, context);
    expect(sent.files).toBe(1);
  });

  it('is healed by a build with the same daemon, and stays so', async () => {
    const { sandbox, context } = await prepared();
    // What was put last is still in memory.
    await new Promise((resolve) => setTimeout(resolve, 10_500));
    expect(damageContent(sandbox)).toBe(1);
    await engine.api.pruneBuildCache();
    expect((await expectRightBuild(sandbox, context)).sent.files).toBe(1);
    await sandbox.killDaemon();
    await engine.api.pruneBuildCache();
    expect((await expectRightBuild(sandbox, context)).sent.files).toBe(0);
    const { status, stdout, stderr } = await sandbox.run(['verify']);
    expect(status, stdout + stderr).toBe(0);
  });

  it('is healed while the context is watched', async () => {
    const { sandbox, context } = await prepared();
    await sandbox.killDaemon();
    await sandbox.watch(context.root);
    expect(damageContent(sandbox)).toBe(1);
    await engine.api.pruneBuildCache();
    await expectRightBuild(sandbox, context);
    context.edit();
    await expectRightBuild(sandbox, context);
  });

  it('is found by verify, which no daemon is needed for, and healed by the next build', async () => {
    const { sandbox, context } = await prepared();
    await sandbox.killDaemon();
    expect(damageContent(sandbox)).toBe(1);
    const verified = await sandbox.run(['verify', '--json']);
    expect(verified.status, verified.stderr).toBe(1);
    expect(lastJson(verified)).toMatchObject({ ok: false, corrupt: [expect.any(String)], contexts: [context.root] });
    await engine.api.pruneBuildCache();
    const { sent } = await expectRightBuild(sandbox, context);
    expect(sent.files).toBe(1);
    expect((await sandbox.run(['verify'])).status).toBe(0);
  });

  it('is found by verify and healed by who watches, with no build', async () => {
    const { sandbox, context } = await prepared();
    await sandbox.killDaemon();
    await sandbox.watch(context.root);
    expect(damageContent(sandbox)).toBe(1);
    expect((await sandbox.run(['verify'])).status).toBe(1);
    await sandbox.waitFor('the store to be whole', async () => (await sandbox.run(['verify'])).status === 0);
  });

  it('is healed when what it knows of a context is damaged', async () => {
    const { sandbox, context } = await prepared();
    await sandbox.killDaemon();
    for (const head of storeFiles(sandbox, 'heads')) writeFileSync(head, 'damaged');
    const { sent } = await expectRightBuild(sandbox, context);
    expect(sent.files).toBe(0);
  });
});
