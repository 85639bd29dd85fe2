/** kill -9 of a process that works on a store and collects all the while: what was acknowledged is there, and whole. */
import { describe, expect, test } from 'vitest';
import { storeSteps } from '../../src/store/crashSteps.ts';
import { bundleBeforeAll, startChild } from '../support/bundledChild.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { openStore } from '../support/openStore.ts';
import { contextKey, readBack } from '../support/storedTrees.ts';
import { treeAt, workContexts, workLimits } from '../support/storeWorkload.ts';
import { temporaryFolder } from '../support/temporary.ts';

const kills = rounds(50);
const randomKills = rounds(100);
const bundle = bundleBeforeAll('storeChild');

/** By context: the steps that a snapshot may be at, from the last one known to be durable to the last one begun. */
type Progress = Record<string, { durable: number; begun: number }>;

function start(): Progress {
  return Object.fromEntries(workContexts.map((context) => [context, { durable: 0, begun: 0 }]));
}

/** Lets a process work on the store until it dies, by the crash point or by our hand, and notes what it told. */
async function workUntilKilled(folder: string, progress: Progress, crashAt: string | undefined, killAfter: number) {
  const steps = Object.fromEntries(Object.entries(progress).map(([context, { begun }]) => [context, begun + 1]));
  const env: Record<string, string> = crashAt === undefined ? {} : { PRESYNC_CRASH_AT: crashAt };
  const child = startChild(bundle, ['work', folder, JSON.stringify(steps)], env);
  let isByHand = false;
  const timer = setTimeout(() => (isByHand = child.process.kill('SIGKILL')), killAfter);
  const { signal } = await child.ended;
  clearTimeout(timer);
  expect(signal, child.lines.at(-1)).toBe('SIGKILL');
  expect(isByHand).toBe(crashAt === undefined);
  for (const line of child.lines) {
    const [what, context, step] = line.split(' ');
    if (what === 'begun') progress[context!]!.begun = Number(step);
    else if (what === 'done') progress[context!]!.durable = Number(step);
  }
}

/** Checks that each context stands at a step that it may be at, whole, and that nothing in the store is damaged. */
async function checkStore(folder: string, progress: Progress): Promise<void> {
  const store = await openStore(folder, { limits: workLimits });
  expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
  for (const context of workContexts) {
    const { durable, begun } = progress[context]!;
    const head = await store.head(contextKey(context));
    if (head === undefined) expect(durable).toBe(0);
    if (head === undefined) continue;
    const step = Number(head.label);
    expect(step).toBeGreaterThanOrEqual(durable);
    expect(step).toBeLessThanOrEqual(begun);
    const { contents, snapshot } = treeAt(context, step);
    expect(head.snapshot).toEqual(snapshot);
    const { files } = await readBack(store, context);
    expect(files.get('step')).toBe(`${context} ${step}`);
    expect(files.size).toBe(snapshot.files);
    for (const [digest, bytes] of contents.bytes) expect(Buffer.compare(await store.read(digest), bytes)).toBe(0);
    progress[context] = { durable: step, begun: step };
  }
  await store.close();
}

describe('what was acknowledged outlives kill -9', () => {
  test.each(storeSteps)(
    'at %s',
    async (step) => {
      const random = new SeededRandom();
      const folder = temporaryFolder();
      const progress = start();
      for (let round = 0; round < kills; round++) {
        await workUntilKilled(folder, progress, `${step}:${1 + random.below(12)}`, 20_000);
        await checkStore(folder, progress);
      }
      printFigure(`kills of the store at ${step}, nothing lost`, `${kills}`, '50');
    },
    faultTimeout,
  );

  test(
    'at any moment',
    async () => {
      const random = new SeededRandom();
      const folder = temporaryFolder();
      const progress = start();
      for (let round = 0; round < randomKills; round++) {
        await workUntilKilled(folder, progress, undefined, 150 + random.below(500));
        await checkStore(folder, progress);
      }
      expect(progress['red']!.durable).toBeGreaterThan(0);
      printFigure('kills of the store at any moment, nothing lost', `${randomKills}`, '100');
    },
    faultTimeout,
  );
});
