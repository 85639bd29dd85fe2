import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Store } from '../../../src/store/store.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { noise } from '../../support/madeContexts.ts';
import { openStore } from '../../support/openStore.ts';
import { chunk, commitTree, contextKey, readBack } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Whether this process may mount: root may, but not in every container. */
const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0;

/** A disk of 1 MiB. */
function smallDisk(): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'presync-test', folder]);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

/** Commits contexts of 50 KB each until the disk is full; returns those that were acknowledged. */
async function fill(store: Store): Promise<string[]> {
  for (const names: string[] = []; ;) {
    const name = `context ${names.length}`;
    try {
      await commitBytes(store, name, 50_000);
      names.push(name);
    } catch (error) {
      expect(error).toBeInstanceOf(PresyncError);
      expect(error).toMatchObject({ code: 'DISK_FULL', hint: expect.stringMatching(/space/) as unknown });
      return names;
    }
  }
}

async function commitBytes(store: Store, name: string, bytes: number): Promise<void> {
  const contents = new Contents();
  const file = contents.file('file', noise(bytes, name.length * 1000 + Number(name.slice(8))).toString('latin1'));
  await commitTree(store, name, contents, contents.snapshot(contents.file('name', name), file));
}

async function expectWhole(store: Store, names: string[]): Promise<void> {
  for (const name of names) expect((await readBack(store, name)).files.get('name')).toBe(name);
}

describe.skipIf(!mayMount)('a full disk', () => {
  test('stops commits with DISK_FULL; what was acknowledged stays; with room again the store goes on', async () => {
    const disk = smallDisk();
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(300_000));
    const store = await openStore(join(disk, 'store'));
    const names = await fill(store);
    expect(names.length).toBeGreaterThan(3);
    await expectWhole(store, names);
    await expect(commitBytes(store, 'context 90', 200_000)).rejects.toMatchObject({ code: 'DISK_FULL' });

    rmSync(ballast);
    await commitBytes(store, 'context 90', 100_000);
    await expectWhole(store, [...names, 'context 90']);
    await store.close();
    const again = await openStore(join(disk, 'store'));
    expect(await again.verify()).toMatchObject({ corrupt: [], damaged: [] });
    await expectWhole(again, [...names, 'context 90']);
  });

  test('gets room by a collection', async () => {
    const clock = new FakeClock();
    const store = await openStore(join(smallDisk(), 'store'), { clock, limits: { packBytes: 120_000 } });
    const names = await fill(store);
    const [gone, kept] = [names.slice(0, -3), names.slice(-3)];
    for (const name of gone) await store.remove(contextKey(name));
    await clock.advance(4_000_000);
    await store.collect({ keep: [] });
    await commitBytes(store, 'context 90', 100_000);
    await expectWhole(store, [...kept, 'context 90']);
  });

  test('stops a stream of puts that no commit follows', async () => {
    const store = await openStore(join(smallDisk(), 'store'), {
      limits: { unwrittenBytes: 50_000, batchBytes: 20_000 },
    });
    const put = async () => {
      for (let i = 0; i < 100; i++) {
        const { digest, bytes } = chunk(`${i} `.repeat(20_000));
        await store.put(digest, bytes);
      }
    };
    await expect(put()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await commitBytes(store, 'context 1', 50_000);
  });
});
