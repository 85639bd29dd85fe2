/** What a save costs: until the daemon has it, until BuildKit has it, and in a build that is asked for at once. */
import { writeFileSync } from 'node:fs';
import { stockBuild } from '../support/dockerCli.ts';
import { manyFile } from '../support/manyFiles.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import type { Row } from './report.ts';
import { ms } from './report.ts';
import { median, repeat } from './statistics.ts';
import type { Rig } from './warmRig.ts';
import { daemonStatus, stockTag, tag, timed, until, whileWatched } from './warmRig.ts';

export function measureSaves(rig: Rig): Promise<Row[]> {
  return whileWatched(rig, [], () => savesOf(rig));
}

async function savesOf({ engine, sandbox, context, stockContext, rounds }: Rig): Promise<Row[]> {
  const socket = (await sandbox.status()).daemon!.endpoint.replace('unix://', '');
  const state = async () => (await daemonStatus(socket)).contexts.find(({ path }) => path === context)!;
  let edits = 0;
  const save = (root: string) => writeFileSync(manyFile(root, 7), `edit ${++edits}\n`);
  const settled = (before?: string) =>
    until(async () => {
      const { primed, snapshot } = await state();
      return primed && snapshot !== before;
    });

  await settled();
  const saves = await repeat(rounds, async () => {
    const before = (await state()).snapshot;
    const start = performance.now();
    save(context);
    const synced = (await until(async () => (await state()).snapshot !== before)) - start;
    return { synced, primed: (await settled(before)) - start };
  });
  const atOnce: { readonly whole: number; readonly result: BuildResult }[] = [];
  const stock = await repeat(rounds, async () => {
    await settled();
    save(context);
    const start = performance.now();
    const result = await sandbox.build(context, { tag });
    atOnce.push({ whole: performance.now() - start, result });
    save(stockContext);
    return timed(() => stockBuild(engine, stockContext, { tag: stockTag }));
  });
  return [
    { what: 'save to synced', value: ms(median(saves.map(({ synced }) => synced))) },
    { what: 'save to primed', value: ms(median(saves.map(({ primed }) => primed))) },
    { what: 'build asked for right after a save: presync', value: ms(median(atOnce.map(({ whole }) => whole))) },
    { what: '  readyMs', value: ms(median(atOnce.map(({ result }) => result.timings.readyMs))) },
    { what: '  solveMs', value: ms(median(atOnce.map(({ result }) => result.timings.solveMs))) },
    { what: 'build asked for right after a save: stock', value: ms(median(stock)) },
  ];
}
