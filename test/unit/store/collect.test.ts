import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../src/context/apply.ts';
import type { Path } from '../../../src/context/path.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { storeLimits } from '../../../src/store/limits.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { openStore } from '../../support/openStore.ts';
import { chunk, commitTree, contextKey, directory, missing, putAll, readBack } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const grace = storeLimits.graceSeconds * 1000;

async function setUp(limits = {}) {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  return { folder, clock, store: await openStore(folder, { clock, limits }) };
}

/** A tree whose files hold `word`, some 15 kB. */
function sample(contents: Contents, word: string): Snapshot {
  const files = Array.from({ length: 10 }, (_, i) => contents.file(`f${i}`, `${word} ${i} `.repeat(200)));
  return contents.snapshot(directory('d', ...files), contents.file('top', word));
}

function bytesIn(folder: string): number {
  const packs = join(folder, 'packs');
  return readdirSync(packs).reduce((sum, name) => sum + statSync(join(packs, name)).size, 0);
}

describe('a collection', () => {
  test('gives back what only a removed context needed, and nothing else', async () => {
    const { folder, clock, store } = await setUp();
    const contents = new Contents();
    const kept = sample(contents, 'kept');
    await commitTree(store, 'kept', contents, kept);
    for (const word of ['a', 'b', 'c', 'd']) await commitTree(store, word, contents, sample(contents, word));
    for (const word of ['a', 'b', 'c', 'd']) await store.remove(contextKey(word));
    await clock.advance(grace + 2000);
    const before = bytesIn(folder);
    const { objects, bytes } = await store.collect({ keep: [] });
    // Each of the four: eleven chunks and two records.
    expect(objects).toBe(4 * 13);
    expect(bytes).toBeGreaterThan(30_000);
    expect(bytesIn(folder)).toBeLessThan(before - 30_000);
    expect(store.usage()).toMatchObject({ objects: 13, contexts: 1 });
    expect((await readBack(store, 'kept')).files.get('d/f7')).toBe('kept 7 '.repeat(200));
    await store.close();

    const again = await openStore(folder);
    expect(again.usage()).toMatchObject({ objects: 13, contexts: 1 });
    expect((await readBack(again, 'kept')).snapshot).toEqual(kept);
    expect(await again.verify()).toMatchObject({ objects: 13, corrupt: [], damaged: [] });
  });

  test('takes what a collection just before still needed, for that is no use', async () => {
    const { clock, store } = await setUp();
    const contents = new Contents();
    await commitTree(store, 'a', contents, sample(contents, 'a'));
    await clock.advance(grace + 2000);
    expect((await store.collect({ keep: [] })).objects).toBe(0);
    await store.remove(contextKey('a'));
    expect((await store.collect({ keep: [] })).objects).toBe(13);
  });

  test('takes nothing that is needed, though it ages while the collection runs', async () => {
    const { clock, store } = await setUp();
    const contents = new Contents();
    await commitTree(store, 'a', contents, sample(contents, 'a'));
    await clock.advance(grace);
    const aging = function* () {
      void clock.advance(5000);
      yield contents.snapshot();
    };
    expect((await store.collect({ keep: aging() })).objects).toBe(0);
    expect((await store.verify()).damaged).toEqual([]);
  });

  test('keeps the content of a snapshot in use, though its context has gone on', async () => {
    const { clock, store } = await setUp();
    const [old, next] = [new Contents(), new Contents()];
    const inUse = sample(old, 'old');
    await commitTree(store, 'app', old, inUse);
    await commitTree(store, 'app', next, sample(next, 'new'));
    await clock.advance(grace + 2000);
    await store.collect({ keep: [inUse] });
    expect(missing(store, old.bytes.keys())).toEqual([]);
    await clock.advance(grace + 2000);
    await store.collect({ keep: [] });
    expect(missing(store, old.bytes.keys())).toHaveLength(old.bytes.size);
    expect((await readBack(store, 'app')).files.get('top')).toBe('new');
  });

  test('keeps what was put or asked for within the grace, and only that', async () => {
    const { clock, store } = await setUp();
    const [put, asked, listed, old] = ['put', 'asked', 'listed', 'old'].map(chunk);
    for (const { digest, bytes } of [asked!, listed!, old!]) await store.put(digest, bytes);
    await clock.advance(grace);
    await store.put(put!.digest, put!.bytes);
    store.has(asked!.digest);
    missing(store, [listed!.digest]);
    await clock.advance(2000);
    await store.collect({ keep: [] });
    const all = [put!, asked!, listed!, old!].map(({ digest }) => digest);
    expect(missing(store, all)).toEqual([old!.digest]);
    await clock.advance(grace + 2000);
    await store.collect({ keep: [] });
    expect(missing(store, all)).toEqual(all);
    expect(store.usage()).toEqual({ objects: 0, bytes: 0, contexts: 0 });
  });

  test('takes what nobody used since the store was opened', async () => {
    const { folder, store } = await setUp();
    const { digest, bytes } = chunk('left over');
    await store.put(digest, bytes);
    await store.close();
    const again = await openStore(folder);
    await again.collect({ keep: [] });
    expect(again.usage()).toMatchObject({ objects: 0, bytes: 0 });
  });

  test('makes a snapshot that was collected refused until its content is put again', async () => {
    const { folder, clock, store } = await setUp();
    const [first, second] = [new Contents(), new Contents()];
    const before = sample(first, 'first');
    await commitTree(store, 'app', first, before);
    await commitTree(store, 'app', second, sample(second, 'second'));
    await clock.advance(grace + 2000);
    await store.collect({ keep: [] });
    const head = { snapshot: before, label: '' };
    await expect(store.commit(contextKey('app'), head)).rejects.toMatchObject({ code: 'PROTOCOL' });
    await putAll(store, first);
    await store.commit(contextKey('app'), head);
    await store.close();
    expect((await readBack(await openStore(folder), 'app')).snapshot).toEqual(before);
  });

  test('leaves a folder that two contexts share, with all below it', async () => {
    const { folder, clock, store } = await setUp();
    const contents = new Contents();
    const shared = directory('shared', directory('deep', contents.file('f', 'shared content')));
    const [one, two] = [contents.snapshot(shared), contents.snapshot(shared, contents.file('own', 'x'))];
    await commitTree(store, 'one', contents, one);
    await commitTree(store, 'two', contents, two);
    await store.remove(contextKey('one'));
    await clock.advance(grace + 2000);
    await store.collect({ keep: [] });
    await store.close();
    expect((await readBack(await openStore(folder), 'two')).snapshot).toEqual(two);
  });

  test('leaves packs alone that are mostly in use', async () => {
    const { clock, store } = await setUp();
    const contents = new Contents();
    await commitTree(store, 'app', contents, sample(contents, 'a'));
    await commitTree(store, 'small', contents, contents.snapshot(contents.file('f', 'x')));
    await store.remove(contextKey('small'));
    await clock.advance(grace + 2000);
    const { bytes } = store.usage();
    expect(await store.collect({ keep: [] })).toMatchObject({ objects: 2, bytes: 0 });
    expect(store.usage().bytes).toBe(bytes);
  });

  test('goes on beside commits, puts and reads', async () => {
    const { folder, clock, store } = await setUp({ packBytes: 20_000, batchBytes: 2000, liveShare: 1 });
    const contents = new Contents();
    let snapshot = sample(contents, 'start');
    await commitTree(store, 'app', contents, snapshot);
    let isOver = false;
    const collecting = (async () => {
      for (let count = 0; ; count++) {
        if (isOver) return count;
        await clock.advance(grace + 2000);
        await store.collect({ keep: [snapshot] });
      }
    })();
    for (let i = 0; i < 60; i++) {
      const edit = contents.file(`f${i % 10}`, `edit ${i} `.repeat(150));
      await store.put(edit.digest, contents.bytes.get(edit.digest)!);
      snapshot = apply(snapshot, [{ op: 'put', path: `d/f${i % 10}` as Path, entry: edit }]);
      await store.commit(contextKey('app'), { snapshot, label: '' }).catch(async () => {
        // The clock runs so fast that a chunk may be taken between put and commit.
        await putAll(store, contents);
        await store.commit(contextKey('app'), { snapshot, label: '' });
      });
      expect((await readBack(store, 'app')).files.get(`d/f${i % 10}`)).toBe(`edit ${i} `.repeat(150));
    }
    isOver = true;
    expect(await collecting).toBeGreaterThan(5);
    await store.close();
    const again = await openStore(folder);
    expect((await readBack(again, 'app')).snapshot).toEqual(snapshot);
    expect(await again.verify()).toMatchObject({ corrupt: [], damaged: [] });
  });

  test('that is cancelled has taken nothing that is needed', async () => {
    const { folder, clock, store } = await setUp();
    const contents = new Contents();
    const snapshot = sample(contents, 'a');
    await commitTree(store, 'app', contents, snapshot);
    await clock.advance(grace + 2000);
    const collecting = store.collect({ keep: [] }, AbortSignal.abort());
    await expect(collecting).rejects.toMatchObject({ code: 'CANCELLED' });
    await store.close();
    expect((await readBack(await openStore(folder), 'app')).snapshot).toEqual(snapshot);
  });
});
