import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { apply } from '../../../src/context/apply.ts';
import { ChunkList } from '../../../src/context/chunkList.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import type { Path } from '../../../src/context/path.ts';
import { findEntry } from '../../../src/context/snapshot.ts';
import { parseContextKey } from '../../../src/store/contextKey.ts';
import { Contents } from '../../support/contents.ts';
import { openStore } from '../../support/openStore.ts';
import { chunk, commitTree, contextKey, directory, missing, putAll, readBack } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A tree with something of everything. */
function sample(contents = new Contents()) {
  return contents.snapshot(
    contents.file('a.txt', 'alpha', 123_456_789_012_345_678n),
    contents.file('empty', ''),
    contents.chunked('large', ['one', 'two', 'one']),
    { kind: 'symlink', name: fromText('link'), mtime: 5n, target: fromText('../elsewhere') },
    directory('d', directory('deep', contents.file('b.txt', 'beta')), contents.file('c', 'gamma')),
    directory('nothing'),
  );
}

describe('a chunk', () => {
  test('can be read from the moment it is put, and after a restart', async () => {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    const { digest, bytes } = chunk('hello');
    expect(first.has(digest)).toBe(false);
    await first.put(digest, bytes);
    expect(first.has(digest)).toBe(true);
    expect(Buffer.from(await first.read(digest))).toEqual(bytes);
    await first.close();

    const second = await openStore(folder);
    expect(Buffer.from(await second.read(digest))).toEqual(bytes);
  });

  test('is copied: what the caller does with the bytes later is his own affair', async () => {
    const store = await openStore(temporaryFolder());
    const { digest, bytes } = chunk('mine');
    await store.put(digest, bytes);
    bytes.fill(0);
    const read = await store.read(digest);
    read.fill(0);
    expect(Buffer.from(await store.read(digest)).toString()).toBe('mine');
  });

  test('whose bytes are not those of its digest is refused, and nothing is kept, even when the digest is here', async () => {
    const store = await openStore(temporaryFolder());
    const { digest, bytes } = chunk('right');
    await expect(store.put(digest, Buffer.from('wrong'))).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(store.has(digest)).toBe(false);
    expect(store.usage()).toMatchObject({ objects: 0, bytes: 0 });
    await store.put(digest, bytes);
    await expect(store.put(digest, Buffer.from('wrong'))).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(Buffer.from(await store.read(digest))).toEqual(bytes);
  });

  test('of 4 MiB is taken, of one byte more refused', async () => {
    const store = await openStore(temporaryFolder());
    const largest = Buffer.alloc(4 * 1024 * 1024, 1);
    await store.put(digestOf(largest), largest);
    expect(Buffer.compare(await store.read(digestOf(largest)), largest)).toBe(0);
    const larger = Buffer.alloc(largest.length + 1, 1);
    await expect(store.put(digestOf(larger), larger)).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  test('that comes often, even at once, is written once', async () => {
    const store = await openStore(temporaryFolder());
    const { digest, bytes } = chunk('x'.repeat(1000));
    await Promise.all(Array.from({ length: 50 }, () => store.put(digest, bytes)));
    expect(store.usage()).toMatchObject({ objects: 1, bytes: 1040 });
  });

  test('that is not here is said to be missing', async () => {
    const store = await openStore(temporaryFolder());
    const [a, b, c] = [chunk('a'), chunk('b'), chunk('c')];
    await store.put(b.digest, b.bytes);
    expect(missing(store, [a.digest, b.digest, c.digest])).toEqual([a.digest, c.digest]);
    await expect(store.read(a.digest)).rejects.toMatchObject({ code: 'STORE_CORRUPT', data: { found: 'missing' } });
  });

  test('waits while too much is unwritten, and no byte is lost', async () => {
    const limits = { unwrittenBytes: 10_000, batchBytes: 4000, unsyncedBytes: 50_000, packBytes: 100_000 };
    const folder = temporaryFolder();
    const store = await openStore(folder, { limits });
    const chunks = Array.from({ length: 500 }, (_, i) => chunk(`${i} `.repeat(i)));
    await Promise.all(chunks.map(({ digest, bytes }) => store.put(digest, bytes)));
    for (const { digest, bytes } of chunks) expect(Buffer.compare(await store.read(digest), bytes)).toBe(0);
    await store.close();
    const again = await openStore(folder, { limits });
    await Promise.all(
      chunks.map(async ({ digest, bytes }) => expect(Buffer.compare(await again.read(digest), bytes)).toBe(0)),
    );
    expect(statSync(join(folder, 'packs', '00000003.pack')).size).toBeGreaterThan(50_000);
  });
});

describe('a commit', () => {
  test('is read back whole after a restart: mtimes, modes, links, chunk lists and bytes', async () => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const snapshot = sample(contents);
    const first = await openStore(folder);
    await commitTree(first, 'app', contents, snapshot);
    await first.close();

    const store = await openStore(folder);
    const { snapshot: loaded, files } = await readBack(store, 'app');
    expect(loaded).toEqual(snapshot);
    expect(Object.fromEntries(files)).toEqual({
      'a.txt': 'alpha',
      empty: '',
      large: 'onetwoone',
      'd/deep/b.txt': 'beta',
      'd/c': 'gamma',
    });
    expect(await store.head(contextKey('app'))).toMatchObject({ label: 'app' });
    expect(await store.head(contextKey('other'))).toBeUndefined();
  });

  test('of a snapshot with content that was not put is refused, and the context stands where it stood', async () => {
    const store = await openStore(temporaryFolder());
    const contents = new Contents();
    const before = sample(contents);
    await commitTree(store, 'app', contents, before);
    const path = 'd/new' as Path;
    const entry = new Contents().file('new', 'never put');
    const after = apply(before, [{ op: 'put', path, entry }]);
    const commit = store.commit(contextKey('app'), { snapshot: after, label: 'app' });
    await expect(commit).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect((await readBack(store, 'app')).snapshot).toEqual(before);
  });

  test('sees another chunk list behind the same file digest', async () => {
    const store = await openStore(temporaryFolder());
    const contents = new Contents();
    const file = contents.file('f', 'content');
    await commitTree(store, 'app', contents, contents.snapshot(file));
    const elsewhere: FileEntry = { ...file, chunks: ChunkList.from([{ digest: chunk('other').digest, size: 7 }]) };
    const commit = store.commit(contextKey('app'), { snapshot: contents.snapshot(elsewhere), label: '' });
    await expect(commit).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  test.each([
    ['larger than its chunk', { size: 8 }],
    ['smaller than its chunk', { size: 6 }],
    ['of one chunk less', { chunks: ChunkList.from([]) }],
  ])('of a file that is %s is refused', async (_, lie) => {
    const store = await openStore(temporaryFolder());
    const contents = new Contents();
    const snapshot = contents.snapshot({ ...contents.file('f', 'content'), ...lie });
    await expect(commitTree(store, 'app', contents, snapshot)).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  test('of one save writes what changed, not what exists', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const contents = new Contents();
    const folders = Array.from({ length: 100 }, (_, i) =>
      directory(`d${i}`, ...Array.from({ length: 50 }, (_, j) => contents.file(`f${j}`, `${i} ${j}`))),
    );
    const before = contents.snapshot(...folders);
    await commitTree(store, 'app', contents, before);
    const { objects, bytes } = store.usage();
    const entry = contents.file('f7', 'edited');
    const after = apply(before, [{ op: 'put', path: 'd42/f7' as Path, entry }]);
    await commitTree(store, 'app', contents, after);
    // The chunk, the record of its folder, the record of the root.
    expect(store.usage().objects).toBe(objects + 3);
    expect(store.usage().bytes - bytes).toBeLessThan(15_000);
    expect((await readBack(store, 'app')).snapshot).toEqual(after);
  });

  test('of one file in a folder of 20,000 writes a small part of it', async () => {
    const store = await openStore(temporaryFolder());
    const contents = new Contents();
    const before = contents.snapshot(...Array.from({ length: 20_000 }, (_, i) => contents.file(`f${i}`, 'same')));
    await commitTree(store, 'app', contents, before);
    const { bytes } = store.usage();
    const after = apply(before, [{ op: 'put', path: 'f777' as Path, entry: contents.file('f777', 'edited') }]);
    await commitTree(store, 'app', contents, after);
    expect(store.usage().bytes - bytes).toBeLessThan(bytes / 10);
    await store.close();
  });

  test('of a mere touch keeps the new mtime', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const contents = new Contents();
    await commitTree(store, 'app', contents, contents.snapshot(contents.file('f', 'x', 1n)));
    const touched = contents.snapshot(contents.file('f', 'x', 2n));
    await commitTree(store, 'app', contents, touched);
    await store.close();
    const head = await (await openStore(folder)).head(contextKey('app'));
    expect(findEntry(head!.snapshot, 'f' as Path)).toMatchObject({ mtime: 2n });
  });

  test('of a version that told more of it is still read', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const contents = new Contents();
    await commitTree(store, 'app', contents, sample(contents));
    await store.close();
    const file = join(folder, 'heads', contextKey('app'));
    const [format, fields] = readFileSync(file, 'utf8').split('\n') as [string, string];
    const older = `${format}\n${JSON.stringify({ ...(JSON.parse(fields) as object), asOf: 0 })}\n`;
    writeFileSync(file, `${older}${createHash('sha256').update(older).digest('hex')}\n`);
    const again = await openStore(folder);
    expect((await readBack(again, 'app')).snapshot).toEqual(sample());
    expect(again.contexts()).toMatchObject([{ label: 'app', files: sample().files }]);
  });

  test('with a label without end is refused', async () => {
    const store = await openStore(temporaryFolder());
    const label = 'x'.repeat(5000);
    const commit = store.commit(contextKey('app'), { snapshot: new Contents().snapshot(), label });
    await expect(commit).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  test('of many contexts at once leaves each at its last', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const names = Array.from({ length: 20 }, (_, i) => `context ${i}`);
    const lasts = new Map<string, unknown>();
    const commits: Promise<void>[] = [];
    for (let round = 0; round < 5; round++) {
      for (const name of names) {
        const contents = new Contents();
        const snapshot = contents.snapshot(contents.file('f', `${name} ${round}`), directory('shared'));
        await putAll(store, contents);
        commits.push(store.commit(contextKey(name), { snapshot, label: name }));
        lasts.set(name, snapshot);
      }
    }
    await Promise.all(commits);
    await store.close();
    const again = await openStore(folder);
    for (const name of names) expect((await readBack(again, name)).snapshot).toEqual(lasts.get(name));
  });

  test('is served from memory, and from the disk when too much would be in memory', async () => {
    const store = await openStore(temporaryFolder(), { limits: { loadedEntries: 10 } });
    const contents = new Contents();
    const trees = ['a', 'b', 'c'].map((name) => contents.snapshot(contents.file(name, name), directory('d')));
    const big = contents.snapshot(...Array.from({ length: 50 }, (_, i) => contents.file(`f${i}`, `${i}`)));
    for (const [i, snapshot] of [...trees, big].entries()) await commitTree(store, `${i}`, contents, snapshot);
    expect((await store.head(contextKey('3')))!.snapshot).toBe(big);
    const reloaded = (await store.head(contextKey('0')))!.snapshot;
    expect(reloaded).not.toBe(trees[0]);
    expect(reloaded).toEqual(trees[0]);
    expect((await store.head(contextKey('0')))!.snapshot).toBe(reloaded);
  });
});

describe('contexts', () => {
  test('are listed and can be removed, for good', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const contents = new Contents();
    const snapshot = sample(contents);
    const began = Date.now();
    await commitTree(store, 'one', contents, snapshot);
    await commitTree(store, 'two', contents, contents.snapshot());
    const [one] = store.contexts().filter(({ label }) => label === 'one');
    expect(one).toMatchObject({ key: contextKey('one'), snapshot: snapshot.digest, files: 6, bytes: 23 });
    expect(one!.committedAt).toBeGreaterThanOrEqual(began);
    expect(store.usage().contexts).toBe(2);
    await store.remove(contextKey('one'));
    await store.remove(contextKey('never was'));
    expect(store.contexts().map(({ label }) => label)).toEqual(['two']);
    await store.close();
    const again = await openStore(folder);
    expect(again.contexts().map(({ label }) => label)).toEqual(['two']);
    expect(await again.head(contextKey('one'))).toBeUndefined();
  });

  test.each(['', 'abc', '../../../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}\n`, 'a'.repeat(65)])(
    'are not named %j',
    (name) => {
      expect(() => parseContextKey(name)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
    },
  );
});

describe('a store that ends', () => {
  test('keeps what was put before and takes nothing after', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const [a, b] = [chunk('a'), chunk('b')];
    await store.put(a.digest, a.bytes);
    await Promise.all([store.close(), store.close()]);
    await expect(store.put(b.digest, b.bytes)).rejects.toMatchObject({ code: 'STORE_IO' });
    await expect(store.read(a.digest)).rejects.toMatchObject({ code: 'STORE_IO' });
    const again = await openStore(folder);
    expect(missing(again, [a.digest, b.digest])).toEqual([b.digest]);
  });

  test('finishes the commits that are under way', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder);
    const contents = new Contents();
    const snapshot = sample(contents);
    await putAll(store, contents);
    const commit = store.commit(contextKey('app'), { snapshot, label: '' });
    await store.close();
    await commit;
    expect((await readBack(await openStore(folder), 'app')).snapshot).toEqual(snapshot);
  });

  test('by handing over serves what it has, while the next process has the folder', async () => {
    const folder = temporaryFolder();
    const old = await openStore(folder);
    const contents = new Contents();
    const snapshot = sample(contents);
    await commitTree(old, 'app', contents, snapshot);
    await old.handOver();
    const next = await openStore(folder);
    const late = chunk('late');
    await expect(old.put(late.digest, late.bytes)).rejects.toMatchObject({ code: 'DAEMON_DRAINING' });
    expect((await readBack(old, 'app')).snapshot).toBe(snapshot);
    await next.remove(contextKey('app'));
    await next.put(late.digest, late.bytes);
    await next.collect({ keep: [] });
    expect((await readBack(old, 'app')).files.get('a.txt')).toBe('alpha');
  });
});
