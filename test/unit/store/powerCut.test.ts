import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { Store } from '../../../src/store/store.ts';
import type { DiskTrace, Luck } from '../../support/diskTrace.ts';
import { lucks } from '../../support/diskTrace.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openStore } from '../../support/openStore.ts';
import { SeededRandom } from '../../support/seededRandom.ts';
import { contextKey, missing, putAll, readBack } from '../../support/storedTrees.ts';
import { treeAt, workContexts, workLimits } from '../../support/storeWorkload.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const recorder = vi.hoisted(() => ({ trace: undefined as DiskTrace | undefined }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const { DiskTrace: Trace } = await import('../../support/diskTrace.ts');
  recorder.trace = new Trace();
  return recorder.trace.wrap(await importOriginal());
});

const isFull = process.env['PRESYNC_FULL'] === '1';

/** Commits some steps of every context, with collections between, and notes what was begun and acknowledged. */
async function work(folder: string, trace: DiskTrace): Promise<void> {
  trace.begin(folder);
  const clock = new FakeClock();
  // Any garbage at all makes a pack worth to be rewritten.
  const limits = { ...workLimits, liveShare: 1 };
  const store = await Store.open(folder, { logger: silentLogger, clock, limits });
  trace.note('open');
  for (let step = 1; step <= (isFull ? 12 : 5); step++) {
    await Promise.all(
      workContexts.map(async (context) => {
        const { contents, snapshot } = treeAt(context, step * 3);
        trace.note(`begun ${context} ${step * 3}`);
        await putAll(store, contents);
        await store.commit(contextKey(context), { snapshot, label: `${step * 3}` });
        trace.note(`done ${context} ${step * 3}`);
      }),
    );
    await clock.advance(60_000);
    await store.collect({ keep: [] });
  }
  expect(trace.steps.filter(({ op }) => op === 'unlink').length).toBeGreaterThan(4);
  await store.close();
  trace.end();
}

/** The last step of a context in the notes of a kind, or 0. */
function last(notes: string[], kind: string, context: string): number {
  return Number(notes.findLast((note) => note.startsWith(`${kind} ${context} `))?.split(' ')[2] ?? 0);
}

/** The disk after a cut, in `folder`. Whoever had the store counts as dead, though he is this process. */
function cut(folder: string, trace: DiskTrace, count: number, luck: Luck, random: SeededRandom): void {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'packs'), { recursive: true });
  trace.materialise(folder, count, luck, random);
  rmSync(join(folder, 'lock'), { recursive: true, force: true });
}

/** Checks that each context stands where the notes say that it may, whole, and that nothing counts as had wrongly. */
async function check(folder: string, notes: string[]): Promise<void> {
  const store = await openStore(folder, { limits: workLimits });
  expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
  for (const context of workContexts) {
    const head = await store.head(contextKey(context));
    const [done, begun] = [last(notes, 'done', context), last(notes, 'begun', context)];
    if (head === undefined) expect(done).toBe(0);
    if (head === undefined) continue;
    const step = Number(head.label);
    expect(step).toBeGreaterThanOrEqual(done);
    expect(step).toBeLessThanOrEqual(begun);
    expect(head.snapshot.digest).toBe(treeAt(context, step).snapshot.digest);
    expect((await readBack(store, context)).files.get('step')).toBe(`${context} ${step}`);
  }
  await store.close();
}

describe('what was acknowledged outlives a power cut', () => {
  test(
    'at any moment',
    async () => {
      const trace = recorder.trace!;
      await work(temporaryFolder(), trace);
      const random = new SeededRandom();
      const folder = temporaryFolder();
      for (let count = 0; count <= trace.steps.length; count++) {
        const notes = trace.notesUntil(count);
        for (const luck of isFull ? [...lucks, 'some' as const] : [lucks[count % 2]!, lucks[2 + ((count >> 1) % 2)]!]) {
          cut(folder, trace, count, luck, random);
          await check(folder, notes);
        }
      }
    },
    isFull ? 600_000 : 60_000,
  );

  test('when it relies on chunks that a process wrote which was killed before it could sync them', async () => {
    const trace = recorder.trace!;
    const made = temporaryFolder();
    trace.begin(made);
    const { contents, snapshot } = treeAt('red', 9);
    const killed = await openStore(made, { limits: { batchBytes: 1 } });
    await putAll(killed, contents);
    await vi.waitFor(
      () => expect(statSync(join(made, 'packs', '00000001.pack')).size).toBe(killed.usage().bytes),
      20_000,
    );
    rmSync(join(made, 'lock'), { recursive: true });
    const next = await openStore(made);
    expect(missing(next, contents.bytes.keys())).toEqual([]);
    await next.commit(contextKey('red'), { snapshot, label: '9' });
    trace.end();
    const folder = temporaryFolder();
    for (const luck of lucks) {
      cut(folder, trace, trace.steps.length, luck, new SeededRandom());
      await check(folder, ['begun red 9', 'done red 9']);
    }
  });
});
