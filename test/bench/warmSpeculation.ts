/** A build after a save, when `watch --build` has run it in the background already. */
import { writeFileSync } from 'node:fs';
import { manyFile } from '../support/manyFiles.ts';
import type { BuildResult } from '../support/presyncCli.ts';
import type { Row } from './report.ts';
import { ms } from './report.ts';
import { median, repeat } from './statistics.ts';
import type { Rig } from './warmRig.ts';
import { daemonStatus, tag, timed, until, whileWatched } from './warmRig.ts';

export function measureSpeculation(rig: Rig): Promise<Row[]> {
  return whileWatched(rig, ['--build'], () => buildsAfterBackground(rig));
}

async function buildsAfterBackground({ sandbox, context, rounds }: Rig): Promise<Row[]> {
  const socket = (await sandbox.status()).daemon!.endpoint.replace('unix://', '');
  const finished = async () => (await daemonStatus(socket)).background.finished;
  await sandbox.build(context, { tag });
  let edits = 0;
  const results: BuildResult[] = [];
  const background = await repeat(rounds, async () => {
    const before = await finished();
    writeFileSync(manyFile(context, 7), `background ${++edits}\n`);
    const took = await timed(() => until(async () => (await finished()) > before));
    results.push(await sandbox.build(context, { tag }));
    return took;
  });
  const part = (name: keyof BuildResult['timings']) => ms(median(results.map(({ timings }) => timings[name])));
  return [
    { what: 'watch --build: save to built in the background', value: ms(median(background)) },
    { what: '  then a build: solveMs', value: part('solveMs'), aim: 'at most 300' },
    { what: '  then a build: verifyMs', value: part('verifyMs') },
    { what: '  then a build: totalMs', value: part('totalMs'), aim: 'at most verifyMs + 300' },
  ];
}
