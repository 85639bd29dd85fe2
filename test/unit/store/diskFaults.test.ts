import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { Store } from '../../../src/store/store.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import type { FaultyDisk } from '../../support/faultyDisk.ts';
import { openStore } from '../../support/openStore.ts';
import { contextKey, missing, putAll, readBack } from '../../support/storedTrees.ts';
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
        await store.commit(contextKey(context), { snapshot, label: context });
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
  test('at the fsync of a pack has none of what was not synced before; it can be put again', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const [first, second] = [treeAt('red', 1), treeAt('red', 2)];
    await putAll(store, first.contents);
    await store.commit(contextKey('red'), { snapshot: first.snapshot, label: '' });
    const wanted = missing(store, second.contents.bytes.keys());
    expect(wanted.length).toBeGreaterThan(3);

    await putAll(store, second.contents);
    holder.disk!.failNext(folder, 'sync', join(folder, 'packs', '00000001.pack'), 'EIO');
    const commit = () => store.commit(contextKey('red'), { snapshot: second.snapshot, label: '' });
    await expect(commit()).rejects.toMatchObject({ code: 'STORE_IO' });
    expect(missing(store, second.contents.bytes.keys())).toEqual(wanted);
    await expect(store.read(wanted[0]!)).rejects.toMatchObject({ code: 'STORE_CORRUPT', data: { found: 'missing' } });
    // Why it is missing is still known.
    await expect(commit()).rejects.toMatchObject({ code: 'STORE_IO' });
    expect((await readBack(store, 'red')).snapshot).toBe(first.snapshot);

    await putAll(store, second.contents);
    await commit();
    expect(readdirSync(join(folder, 'packs')).filter((name) => name.endsWith('.pack'))).toHaveLength(2);
    await store.close();
    expect((await readBack(await openStore(folder), 'red')).snapshot).toEqual(second.snapshot);
  });

  test('at the fsync of the heads may be at either snapshot after a crash, so a collection keeps both', async () => {
    const folder = temporaryFolder();
    const clock = new FakeClock();
    const store = await openStore(folder, { clock, limits: { liveShare: 1 } });
    const [first, second] = [treeAt('red', 1), treeAt('red', 30)];
    await putAll(store, first.contents);
    await store.commit(contextKey('red'), { snapshot: first.snapshot, label: '' });
    await putAll(store, second.contents);
    holder.disk!.failNext(folder, 'sync', join(folder, 'heads'), 'EIO');
    const commit = store.commit(contextKey('red'), { snapshot: second.snapshot, label: '' });
    await expect(commit).rejects.toMatchObject({ code: 'STORE_IO' });
    await clock.advance(10_000_000);
    await store.collect({ keep: [] });
    expect((await readBack(store, 'red')).files.get('step')).toBe('red 1');

    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    rmSync(join(copy, 'lock'), { recursive: true });
    expect((await readBack(await openStore(copy), 'red')).snapshot).toEqual(second.snapshot);

    await store.commit(contextKey('red'), { snapshot: first.snapshot, label: '' });
    await clock.advance(10_000_000);
    await store.collect({ keep: [] });
    expect(missing(store, second.contents.bytes.keys()).length).toBeGreaterThan(3);
  });

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
        const store = await openStore(folder, { limits: workLimits });
        expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
        await checkAll(store, acknowledged);
        await store.close();
      }
    },
    isFull ? 600_000 : 60_000,
  );
});
