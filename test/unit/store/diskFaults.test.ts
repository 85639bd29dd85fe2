import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { Store } from '../../../src/store/store.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import type { FaultyDisk } from '../../support/faultyDisk.ts';
import { openStore } from '../../support/openStore.ts';
import { contextKey, putAll, readBack } from '../../support/storedTrees.ts';
import { treeAt, workContexts, workLimits } from '../../support/storeWorkload.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const holder = vi.hoisted(() => ({ disk: undefined as FaultyDisk | undefined }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const { FaultyDisk: Disk } = await import('../../support/faultyDisk.ts');
  holder.disk = new Disk();
  return holder.disk.wrap(await importOriginal());
});

const isFull = process.env['PRESYNC_FULL'] === '1';
const codes = { EIO: 'STORE_IO', ENOSPC: 'DISK_FULL', EDQUOT: 'DISK_FULL', EROFS: 'STORE_IO' };

/**
 * Opens a store and commits some steps of every context, with collections between, while the disk may fail: each
 * failure must be a typed one. What was acknowledged must be there whole at any time, and is returned.
 */
async function workThroughFaults(folder: string, expected: string): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>();
  const clock = new FakeClock();
  const limits = { ...workLimits, liveShare: 1 };
  const store = await untilItWorks(expected, () => Store.open(folder, { logger: silentLogger, clock, limits }));
  for (let step = 1; step <= 4; step++) {
    for (const context of workContexts) {
      const { contents, snapshot } = treeAt(context, step * 3);
      await untilItWorks(expected, async () => {
        await putAll(store, contents);
        await store.commit(contextKey(context), { snapshot, asOf: step, label: context });
      });
      acknowledged.set(context, step * 3);
    }
    await clock.advance(60_000);
    await untilItWorks(expected, () => store.collect({ keep: [] }));
    await checkAll(store, acknowledged);
  }
  try {
    await store.close();
  } catch (error) {
    expect(error).toMatchObject({ code: expected });
    // Only the end of the process would unlock it now.
    rmSync(join(folder, 'lock'), { recursive: true });
  }
  return acknowledged;
}

/** The disk fails for a while only, so a few tries are enough. */
async function untilItWorks<T>(expected: string, run: () => Promise<T>): Promise<T> {
  for (let left = 12; ; left--) {
    try {
      return await run();
    } catch (error) {
      if (left === 0 || !(error instanceof PresyncError)) throw error;
      expect(error.code, error.message).toBe(expected);
      expect(error.hint).toMatch(/\w/);
    }
  }
}

async function checkAll(store: Store, acknowledged: Map<string, number>): Promise<void> {
  for (const [context, step] of acknowledged) {
    const { snapshot, files } = await readBack(store, context);
    expect(snapshot).toEqual(treeAt(context, step).snapshot);
    expect(files.get('step')).toBe(`${context} ${step}`);
  }
}

describe('a disk that fails', () => {
  test.each(Object.entries(codes))(
    'with %s at any change, once or for a while, costs nothing that was acknowledged',
    async (code, expected) => {
      const disk = holder.disk!;
      disk.fail('/nowhere', 1, code, 0);
      const counted = temporaryFolder();
      disk.fail(counted, 1, code, 0);
      disk.changes = 0;
      await workThroughFaults(counted, expected);
      const total = disk.changes;
      expect(total).toBeGreaterThan(100);

      const step = isFull ? 1 : 29;
      for (let nth = 1 + (code.length % 3); nth <= total; nth += step) {
        const folder = temporaryFolder();
        disk.fail(folder, nth, code, nth % 2 === 0 ? 1 : 5);
        const acknowledged = await workThroughFaults(folder, expected);
        disk.heal();
        expect(disk.syncedAgain).toEqual([]);
        const store = await openStore(folder, { limits: workLimits! });
        expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
        await checkAll(store, acknowledged);
        await store.close();
      }
    },
    isFull ? 600_000 : 60_000,
  );
});
