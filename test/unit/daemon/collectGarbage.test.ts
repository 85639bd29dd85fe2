import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { GcOrder, GcPorts } from '../../../src/daemon/collectGarbage.ts';
import { collectGarbage, gcOrder } from '../../../src/daemon/collectGarbage.ts';
import type { CopyPlace } from '../../../src/daemon/copyMemory.ts';
import { copyMemory } from '../../../src/daemon/copyMemory.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { contextIdOf } from '../../../src/store/contextKey.ts';
import { Contents } from '../../support/contents.ts';
import { openStore } from '../../support/openStore.ts';
import { commitTree, contextKey } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const day = 24 * 3600;
const nothing: GcOrder = { maxBytes: undefined, olderThan: undefined, dryRun: false };

/** A store with contexts that were used so many days ago. */
async function rig(contexts: Readonly<Record<string, number>>, ports: Partial<GcPorts> = {}) {
  const folder = temporaryFolder();
  const limits = { graceSeconds: 0, packBytes: 50_000 };
  const first = await openStore(folder, { limits });
  for (const [name, days] of Object.entries(contexts)) {
    const contents = new Contents();
    await commitTree(first, name, contents, contents.snapshot(contents.file('f', `${name} `.repeat(5000))));
    const memory = copyMemory(first, contextIdOf(contextKey(name)), 'engine', silentLogger);
    await memory.save({ tree: contents.snapshot(), id: 'i', sharedKey: 's', sessionId: 'x' });
    const used = Date.now() / 1000 - days * day;
    utimesSync(join(folder, 'heads', contextKey(name)), used, used);
  }
  await first.close();
  const store = await openStore(folder, { limits });
  const open = new Set<string>();
  const letGo: CopyPlace[] = [];
  const dropped: string[] = [];
  const run = (order: Partial<GcOrder>) =>
    collectGarbage(
      {
        store,
        inUse: () => [],
        isOpen: (key) => open.has(key),
        drop: (key) => void dropped.push(key),
        letGo: (copy) => {
          letGo.push(copy);
          return Promise.resolve(100);
        },
        now: () => Date.now() + 5000,
        ...ports,
      },
      { ...nothing, ...order },
    );
  const left = () =>
    Object.keys(contexts).filter((name) => store.contexts().some(({ key }) => key === contextKey(name)));
  const records = () => store.contexts().length - left().length;
  return { store, open, letGo, dropped, run, left, records };
}

describe('presync gc', () => {
  it('forgets no context unless a limit is given', async () => {
    const { run, left, records } = await rig({ a: 400, b: 0 });
    expect(await run({})).toMatchObject({ ok: true, contexts: [], builder: { freed: 0, left: 0 } });
    expect(left()).toEqual(['a', 'b']);
    expect(records()).toBe(2);
  });

  it('forgets what was not used for so long, with BuildKit’s copies of it', async () => {
    const { run, left, letGo, dropped, records, open } = await rig({ old: 8, recent: 6, open: 9 });
    open.add(contextKey('open'));
    const report = await run({ olderThan: 7 * day });
    expect(left()).toEqual(['recent', 'open']);
    expect(report).toMatchObject({ contexts: [{ path: 'old', files: 1 }], builder: { freed: 100, left: 0 } });
    expect(letGo).toEqual([{ context: contextKey('old'), engine: 'engine' }]);
    expect(dropped).toEqual([contextKey('old')]);
    expect(records()).toBe(2);
  });

  it('forgets until the store is small enough, what was used least recently first', async () => {
    const { store, run, left } = await rig({ b: 2, a: 3, c: 1 });
    const maxBytes = store.usage().bytes - 8_000;
    const report = await run({ maxBytes });
    expect(left()).toEqual(['b', 'c']);
    expect(report).toMatchObject({ bytes: store.usage().bytes });
    expect(store.usage().bytes).toBeLessThanOrEqual(maxBytes);
    await run({ maxBytes: 0 });
    expect(left()).toEqual([]);
  });

  it('never forgets a context that is open, nor one that is opened meanwhile what it has in memory', async () => {
    const { run, left, open, dropped, letGo, store } = await rig({ a: 30, b: 30 });
    open.add(contextKey('a'));
    await run({ olderThan: 0, maxBytes: 0 });
    expect(left()).toEqual(['a']);
    open.delete(contextKey('a'));
    const remove = store.remove.bind(store);
    store.remove = async (key) => {
      open.add(key);
      await remove(key);
    };
    expect(await run({ olderThan: 0 })).toMatchObject({ contexts: [] });
    expect(dropped).toEqual([contextKey('b')]);
    expect(letGo).toHaveLength(1);
  });

  it('forgets no context that was used while another was let go of, nor its copies', async () => {
    const letGo = (copy: CopyPlace) => {
      used.open.add(contextKey('opened'));
      void used.store.touch(contextKey('touched'));
      gone.push(copy.context);
      return Promise.resolve(0);
    };
    const gone: string[] = [];
    const used = await rig({ idle: 30, opened: 20, touched: 10 }, { letGo });
    expect(await used.run({ olderThan: day })).toMatchObject({ contexts: [{ path: 'idle' }] });
    expect(used.left()).toEqual(['opened', 'touched']);
    expect([gone, used.records()]).toEqual([[contextKey('idle')], 2]);
  });

  test.each(['copy of x', 'copy {}', 'copy 1', `copy {"context":"${'a'.repeat(64)}","engine":"engine"}`])(
    'takes a context that its client calls %j for nobody’s copy',
    async (label) => {
      const { store, run } = await rig({});
      const [key, contents] = [contextKey('called'), new Contents()];
      await store.commit(key, { snapshot: contents.snapshot(), label });
      expect(await run({})).toMatchObject({ ok: true, builder: { freed: 0 } });
      expect(store.contexts().map((one) => one.key)).toEqual([key]);
      expect(await run({ olderThan: 0 })).toMatchObject({ contexts: [{ path: label }] });
    },
  );

  it('only says what would go', async () => {
    const { store, run, left, letGo } = await rig({ a: 8, b: 3, c: 2 });
    const paths = async (order: Partial<GcOrder>) =>
      ((await run({ ...order, dryRun: true })) as unknown as { contexts: { path: string }[] }).contexts.map(
        ({ path }) => path,
      );
    expect(await paths({ olderThan: 7 * day })).toEqual(['a']);
    expect(await paths({ olderThan: 7 * day, maxBytes: 0 })).toEqual(['a', 'b', 'c']);
    expect(await paths({ maxBytes: store.usage().bytes - 1 })).toEqual(['a']);
    expect(await paths({})).toEqual([]);
    expect(left()).toEqual(['a', 'b', 'c']);
    expect(letGo).toEqual([]);
  });

  it('counts the copies of engines that are not reached, and those of contexts that are gone', async () => {
    const { store, run, records } = await rig({ a: 1 }, { letGo: () => Promise.resolve(undefined) });
    await store.remove(contextKey('a'));
    expect(await run({})).toMatchObject({ builder: { freed: 0, left: 1 } });
    expect(records()).toBe(0);
  });

  test.each(['x', '', '-1', '1.5', '1e400'])('the limit %j is refused', (text) => {
    expect(() => gcOrder({ maxSize: text, dryRun: false })).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => gcOrder({ olderThan: text, dryRun: false })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
