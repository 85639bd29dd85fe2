/** What a save costs: until the daemon has it, until BuildKit has it, and in a build that is asked for at once. */
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { stockBuild } from '../support/dockerCli.ts';
import { manyFile } from '../support/manyFiles.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import type { Row } from './report.ts';
import { ms } from './report.ts';
import { median, repeat } from './statistics.ts';
import type { Rig } from './warmRig.ts';
import { stockTag, tag, timed } from './warmRig.ts';

const pollMs = 5;
const giveUpMs = 120_000;

interface ContextState {
  readonly path: string;
  readonly snapshot: string;
  readonly primed: boolean;
}

export async function measureSaves({ engine, sandbox, context, stockContext, rounds }: Rig): Promise<Row[]> {
  await sandbox.watch(context);
  const socket = (await sandbox.status()).daemon!.endpoint.replace('unix://', '');
  const state = () => contextState(socket, context);
  let edits = 0;
  const save = (root: string) => writeFileSync(manyFile(root, 7), `edit ${++edits}\n`);
  const settled = (before?: string) => until(state, (now) => now.primed && now.snapshot !== before);

  await settled();
  const saves = await repeat(rounds, async () => {
    const before = (await state()).snapshot;
    const start = performance.now();
    save(context);
    const synced = (await until(state, (now) => now.snapshot !== before)) - start;
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

/** Polls until `holds`, and returns when that was. */
async function until(state: () => Promise<ContextState>, holds: (now: ContextState) => boolean): Promise<number> {
  const end = performance.now() + giveUpMs;
  for (;;) {
    if (holds(await state())) return performance.now();
    if (performance.now() > end) throw new Error(`a watched context did not settle within ${giveUpMs} ms`);
    await sleep(pollMs);
  }
}

/** What the daemon says of a context; asked directly, since starting the CLI would take longer than what is measured. */
function contextState(socketPath: string, context: string): Promise<ContextState> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path: '/presync/v1/status' }, (response) => {
      json(response).then((status) => {
        const { contexts } = status as { contexts: ContextState[] };
        const found = contexts.find(({ path }) => path === context);
        if (found) resolve(found);
        else reject(new Error(`the daemon does not know ${context}`));
      }, reject);
    });
    call.on('error', reject);
    call.end();
  });
}
