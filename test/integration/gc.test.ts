/** `presync gc`: contexts that were not used for long go, with BuildKit's copies of them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suites, useEngine } from '../support/engines.ts';
import { makeManyFiles } from '../support/manyFiles.ts';
import type { Sandbox } from '../support/presyncCli.ts';
import { lastJson, temporarySandbox } from '../support/presyncCli.ts';
import { temporaryFolder, uniqueTag } from '../support/temporary.ts';

interface Collected {
  readonly ok: true;
  readonly bytes: number;
  readonly freed: number;
  readonly contexts: readonly { readonly path: string }[];
  readonly builder: { readonly freed: number; readonly left: number };
}

describe.each(suites)('presync gc, with %s', (suite) => {
  const engine = useEngine(suite);

  function context(): string {
    const folder = join(temporaryFolder(), uniqueTag());
    makeManyFiles(folder, 200, uniqueTag());
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY . /src\n');
    return folder;
  }

  /** What BuildKit keeps, by its descriptions. */
  async function copies(): Promise<Set<string>> {
    const usage = JSON.parse(String(await engine.api.call('GET', '/system/df'))) as {
      BuildCache: { Description: string }[] | null;
    };
    const ours = (usage.BuildCache ?? []).map(({ Description }) => Description);
    return new Set(ours);
  }

  /** Builds a context for the first time, and tells what BuildKit calls its copy. */
  async function build(sandbox: Sandbox, folder: string): Promise<string> {
    await sandbox.build(folder);
    const heads = join(sandbox.env['XDG_DATA_HOME']!, 'presync/store/heads');
    const id = readdirSync(heads).find((name) =>
      readFileSync(join(heads, name), 'utf8').includes(`"label":"${folder}"`),
    );
    return `local source for presync-${id!.slice(0, 16)}`;
  }

  it('forgets a context that nobody has open, by the daemon and without one, and its next build is as the first', async () => {
    const sandbox = temporarySandbox(engine.host);
    const gc = async (...args: string[]) => lastJson(await sandbox.run(['gc', '--json', ...args])) as Collected;
    const [used, unused] = [context(), context()];
    const kept = await build(sandbox, used);
    const watch = await sandbox.watch(used);
    const dropped = await build(sandbox, unused);

    expect((await gc()).contexts).toEqual([]);
    const paths = ({ contexts }: Collected) => contexts.map(({ path }) => path);
    expect(paths(await gc('--older-than', '1h'))).toEqual([]);
    expect(paths(await gc('--older-than', '0s', '--dry-run'))).toEqual([unused]);
    expect([...(await copies())]).toContain(dropped);

    const collected = await gc('--older-than', '0s');
    expect(paths(collected)).toEqual([unused]);
    expect(collected.builder.left).toBe(0);
    expect(collected.builder.freed).toBeGreaterThan(0);
    const left = await copies();
    expect(left.has(dropped)).toBe(false);
    expect(left.has(kept)).toBe(true);
    expect((await sandbox.status()).contexts.map(({ path }) => path)).toEqual([used]);

    // Its content stays in the store for an hour, as any that was put.
    expect((await sandbox.build(unused)).builder).toMatchObject({ diffCopies: 1, files: 201 });
    expect((await sandbox.build(used)).builder.diffCopies).toBe(0);
    watch.kill('SIGINT');
    await sandbox.killDaemon();
    expect(paths(await gc('--older-than', '0s')).sort()).toEqual([used, unused].sort());
    expect((await copies()).has(kept)).toBe(false);
    expect((await sandbox.build(used)).builder.diffCopies).toBe(1);
  });
});
