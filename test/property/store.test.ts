import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silentLogger } from '../../src/base/logger.ts';
import type { Digest } from '../../src/context/digest.ts';
import type { Entry } from '../../src/context/entry.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { walk } from '../../src/context/snapshot.ts';
import { Store } from '../../src/store/store.ts';
import { Contents } from '../support/contents.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { chunk, contextKey, directory, missing } from '../support/storedTrees.ts';

/** Small, so that few commands meet rotation, pages and collection. */
const limits = {
  packBytes: 2000,
  batchBytes: 300,
  unwrittenBytes: 1000,
  unsyncedBytes: 1500,
  windowBytes: 500,
  pageEntries: 4,
  loadedEntries: 20,
  graceSeconds: 10,
};

const contexts = ['red', 'green', 'blue'];
const texts = ['', 'a', 'b', 'c', 'some longer text', 'x'.repeat(700)];
const contents = new Contents();

/** Every text as a file named by its number, in every folder of a small pool; chunked where it is odd. */
const files: fc.Arbitrary<Entry> = fc
  .record({ name: fc.nat(15), text: fc.nat(texts.length - 1), mtime: fc.nat(2) })
  .map(({ name, text, mtime }) =>
    text % 2 === 1
      ? contents.chunked(`f${name}`, [texts[text]!, 'shared', texts[text]!])
      : contents.file(`f${name}`, texts[text]!, BigInt(mtime)),
  );

const listOf = <T extends Entry>(entries: fc.Arbitrary<T>) =>
  fc.uniqueArray(entries, { selector: ({ name }) => name, maxLength: 12 });

const folders: fc.Arbitrary<Entry> = fc
  .record({ name: fc.nat(3), children: listOf(files) })
  .map(({ name, children }) => directory(`d${name}`, ...children));

const trees: fc.Arbitrary<Snapshot> = listOf(fc.oneof(files, folders)).map((entries) => contents.snapshot(...entries));

/** What must be so. */
interface Model {
  /** By context; absent when it was never committed, or removed. */
  readonly heads: Map<string, Snapshot>;
  /** Chunks that must be there beside those of the heads: used within the grace. With the second of their last use. */
  readonly used: Map<Digest, number>;
}

interface Real {
  readonly folder: string;
  readonly clock: FakeClock;
  store: Store;
  seconds: number;
}

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

function chunksOf(snapshot: Snapshot): Digest[] {
  const digests: Digest[] = [];
  for (const [, entry] of walk(snapshot)) {
    if (entry.kind !== 'file') continue;
    if (entry.chunks !== undefined) for (const piece of entry.chunks) digests.push(piece.digest);
    else if (entry.size > 0) digests.push(entry.digest);
  }
  return digests;
}

async function open(folder: string, clock: FakeClock): Promise<Store> {
  return Store.open(folder, { logger: silentLogger, limits, clock });
}

const put = (text: string): Command =>
  command(`put(${JSON.stringify(text)})`, async (model, { store, seconds }) => {
    const { digest, bytes } = chunk(text);
    await store.put(digest, bytes);
    model.used.set(digest, seconds);
    expect(Buffer.from(await store.read(digest))).toEqual(bytes);
  });

/** Puts what is missing, as a client does, and commits. */
const commit = (context: string, snapshot: Snapshot): Command =>
  command(`commit(${context}, ${snapshot.entries} entries)`, async (model, { store, seconds }) => {
    const digests = chunksOf(snapshot);
    await Promise.all(missing(store, digests).map((digest) => store.put(digest, contents.bytes.get(digest)!)));
    await store.commit(contextKey(context), { snapshot, label: context });
    model.heads.set(context, snapshot);
    for (const digest of digests) model.used.set(digest, seconds);
  });

/** Commits without putting anything: right or refused, and never half. */
const commitBlindly = (context: string, snapshot: Snapshot): Command =>
  command(`commitBlindly(${context}, ${snapshot.entries} entries)`, async (model, { store, seconds }) => {
    const isWhole = missing(store, chunksOf(snapshot)).length === 0;
    for (const digest of chunksOf(snapshot)) if (store.has(digest)) model.used.set(digest, seconds);
    const commit = store.commit(contextKey(context), { snapshot, label: context });
    if (!isWhole) return expect(commit).rejects.toMatchObject({ code: 'PROTOCOL' });
    await commit;
    model.heads.set(context, snapshot);
  });

const remove = (context: string): Command =>
  command(`remove(${context})`, async (model, { store }) => {
    await store.remove(contextKey(context));
    model.heads.delete(context);
  });

const wait = (seconds: number): Command =>
  command(`wait(${seconds})`, async (_, real) => {
    real.seconds += seconds;
    await real.clock.advance(seconds * 1000);
  });

const collect = (kept: readonly Snapshot[]): Command =>
  command(`collect(${kept.length} kept)`, async (model, { store, seconds }) => {
    const [before] = [kept.map((snapshot) => new Set(chunksOf(snapshot).filter((digest) => store.has(digest))))];
    await store.collect({ keep: kept });
    for (const digests of before) {
      expect(missing(store, digests)).toEqual([]);
      for (const digest of digests) model.used.set(digest, seconds);
    }
    for (const snapshot of model.heads.values())
      for (const digest of chunksOf(snapshot)) model.used.set(digest, seconds);
    for (const [digest, at] of model.used) if (seconds - at > limits.graceSeconds) model.used.delete(digest);
  });

const reopen = (): Command =>
  command('reopen', async (model, real) => {
    await real.store.close();
    real.store = await open(real.folder, real.clock);
    // The grace is that of a process: what it has not used itself lives by the heads alone, whose every chunk "check" reads.
    model.used.clear();
  });

const check = (): Command =>
  command('check', async (model, { store }) => {
    expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
    for (const context of contexts) {
      const head = await store.head(contextKey(context));
      expect(head?.snapshot).toEqual(model.heads.get(context));
      if (head === undefined) continue;
      for (const digest of chunksOf(head.snapshot)) {
        expect(Buffer.compare(await store.read(digest), contents.bytes.get(digest)!)).toBe(0);
      }
    }
    expect(missing(store, model.used.keys())).toEqual([]);
    expect(new Set(store.contexts().map(({ label }) => label))).toEqual(new Set(model.heads.keys()));
  });

const anyContext = fc.constantFrom(...contexts);

const commands = fc.commands(
  [
    fc.constantFrom(...texts).map(put),
    fc.tuple(anyContext, trees).map(([context, snapshot]) => commit(context, snapshot)),
    fc.tuple(anyContext, trees).map(([context, snapshot]) => commitBlindly(context, snapshot)),
    anyContext.map(remove),
    fc.integer({ min: 1, max: 25 }).map(wait),
    fc.array(trees, { maxLength: 2 }).map(collect),
    fc.constant(reopen()),
    fc.constant(check()),
  ],
  { maxCommands: 40 },
);

test('a store does what a map would do, whatever comes in whatever order', async () => {
  const numRuns = process.env['PRESYNC_FULL'] === '1' ? 2000 : 100;
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const folder = mkdtempSync(join(tmpdir(), 'presync-test-'));
      const clock = new FakeClock();
      const real: Real = { folder, clock, seconds: 0, store: await open(folder, clock) };
      const model: Model = { heads: new Map(), used: new Map() };
      try {
        await fc.asyncModelRun(() => ({ model, real }), [...run, check(), reopen(), check()]);
      } finally {
        await real.store.close();
        rmSync(folder, { recursive: true });
      }
    }),
    { seed: Number(process.env['PRESYNC_SEED']), numRuns },
  );
});
