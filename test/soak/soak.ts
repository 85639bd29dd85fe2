/**
 * npm run soak -- [--minutes N] [--seed N] [--suite trixie] [--speed N]
 *
 * A day of work in N minutes (60 if it is not said): two contexts are watched and edited all the while, built, their links
 * cut, their stores collected; the daemon of one is killed every now and then, that of the other never, so that its age shows.
 * Each build is compared with the folder by programs of the tests' own. Exits with 1 when one was wrong.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Row } from '../bench/report.ts';
import { printMachine, printRows } from '../bench/report.ts';
import type { Suite } from '../support/engines.ts';
import { Engine } from '../support/engines.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { Scene } from './scene.ts';

const second = 1000;
/** How often what is done, in milliseconds. */
const every = { edit: second / 2, build: 20 * second, cut: 60 * second, collect: 180 * second };
const killEvery = 300 * second;
/** The same at any speed. */
const lookEvery = { sample: 5 * second, weigh: 20 * second };

export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      speed: { type: 'string', default: '1' },
      suite: { type: 'string', default: 'trixie' },
    },
  });
  const [minutes, seed, speed] = [Number(values.minutes), Number(values.seed), Number(values.speed)];
  printMachine();
  console.log(`${minutes} minutes, seed ${seed}, speed ${speed}`);
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-soak-')));
  const engine = new Engine(values.suite as Suite, join(home, 'engine'));
  const scenes: Scene[] = [];
  try {
    await engine.start();
    for (const name of ['steady', 'killed']) {
      const scene = new Scene(name, home, engine, new SeededRandom(seed + scenes.length));
      scenes.push(scene);
      await scene.start();
    }
    await work(scenes as [Scene, Scene], minutes * 60 * second, speed);
    const rows: Row[] = [];
    for (const scene of scenes) rows.push(...(await scene.report()));
    printRows(rows);
    return scenes.every(({ wrong }) => wrong === 0) ? 0 : 1;
  } finally {
    for (const scene of scenes) await scene.dispose();
    await engine.stop('remove');
    rmSync(home, { recursive: true, force: true });
  }
}

async function work([steady, killed]: readonly [Scene, Scene], length: number, speed: number): Promise<void> {
  const scenes = [steady, killed];
  const began = performance.now();
  const due = new Map<string, number>();
  /** Whether it is time again; the first time comes after one period. */
  const isDue = (what: string, period: number): boolean => {
    const now = performance.now() - began;
    const at = due.get(what) ?? period;
    if (now < at) return false;
    due.set(what, Math.max(at + period, now));
    return true;
  };
  while (performance.now() - began < length) {
    const minute = (performance.now() - began) / 60_000;
    if (isDue('edit', every.edit / speed)) for (const scene of scenes) scene.edit();
    if (isDue('cut', every.cut / speed)) for (const scene of scenes) scene.cut();
    if (isDue('kill', killEvery)) await killed.kill();
    if (isDue('collect', every.collect / speed)) for (const scene of scenes) await scene.collect();
    if (isDue('build', every.build / speed)) for (const scene of scenes) await scene.build();
    if (isDue('weigh', lookEvery.weigh)) steady.weigh();
    if (isDue('sample', lookEvery.sample)) for (const scene of scenes) scene.sample(minute);
    if (isDue('minute', 60 * second)) console.log(`minute ${minute.toFixed(0)}: ${steady.latest}`);
    await sleep(20);
  }
}
