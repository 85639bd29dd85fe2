import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../src/context/apply.ts';
import type { Path } from '../../../src/context/path.ts';
import { decodeHead, encodeHead } from '../../../src/store/headFile.ts';
import { Contents } from '../../support/contents.ts';
import { SeededRandom } from '../../support/seededRandom.ts';
import { openStore } from '../../support/openStore.ts';
import { chunk, commitTree, contextKey, directory, missing, putAll, readBack } from '../../support/storedTrees.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const rounds = process.env['PRESYNC_FULL'] === '1' ? 1000 : 50;

const damaged = { code: 'STORE_CORRUPT', data: { found: 'damaged' } };

function packOf(folder: string): string {
  return join(folder, 'packs', '00000001.pack');
}

function indexOf(folder: string): string {
  return join(folder, 'packs', '00000001.index');
}

/** Flips one bit of a stored text, wherever it lies in the first pack. */
function damage(folder: string, text: string | Uint8Array, bit = 0): void {
  const pack = readFileSync(packOf(folder));
  const at = pack.indexOf(text);
  if (at < 0) throw new Error('not in the pack');
  pack[at + (bit >> 3)]! ^= 1 << (bit & 7);
  writeFileSync(packOf(folder), pack);
}

describe('a flipped bit', () => {
  test(`in each of ${rounds} objects is found each time, and the object can be put again`, async () => {
    const folder = temporaryFolder();
    const random = new SeededRandom();
    const chunks = Array.from({ length: rounds }, (_, i) => chunk(`${i}:`.repeat(1 + random.below(800))));
    const first = await openStore(folder);
    for (const { digest, bytes } of chunks) await first.put(digest, bytes);
    await first.close();
    for (const { bytes } of chunks) damage(folder, bytes, random.below(bytes.length * 8));

    const second = await openStore(folder);
    for (const { digest } of chunks) {
      expect(second.has(digest)).toBe(true);
      await expect(second.read(digest)).rejects.toMatchObject(damaged);
      expect(second.has(digest)).toBe(false);
    }
    const [again, never] = [chunks.slice(0, rounds / 2), chunks.slice(rounds / 2)];
    for (const { digest, bytes } of again) await second.put(digest, bytes);
    await second.close();

    const third = await openStore(folder);
    for (const { digest, bytes } of again) expect(Buffer.compare(await third.read(digest), bytes)).toBe(0);
    expect(
      missing(
        third,
        never.map(({ digest }) => digest),
      ),
    ).toHaveLength(never.length);
  });

  test('is found by a verification, which names the object and the context', async () => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const store = await openStore(folder);
    await commitTree(store, 'good', contents, contents.snapshot(contents.file('a', 'some content')));
    const bad = contents.file('b', 'other content');
    await commitTree(store, 'bad', contents, contents.snapshot(bad));
    expect(await store.verify()).toMatchObject({ objects: 4, corrupt: [], damaged: [] });
    damage(folder, 'other content', 33);
    expect(await store.verify()).toMatchObject({ corrupt: [bad.digest], damaged: [contextKey('bad')] });
    expect(store.has(bad.digest)).toBe(false);
    await putAll(store, contents);
    expect(await store.verify()).toMatchObject({ corrupt: [], damaged: [] });
  });

  test('in content makes the next commit that needs it refused until it is put again', async () => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const store = await openStore(folder);
    const before = contents.snapshot(directory('d', contents.file('a', 'old content')));
    await commitTree(store, 'app', contents, before);
    damage(folder, 'old content');
    await store.verify();
    const edit = contents.file('b', 'edited');
    const snapshot = apply(before, [{ op: 'put', path: 'b' as Path, entry: edit }]);
    await store.put(edit.digest, contents.bytes.get(edit.digest)!);
    const commit = () => store.commit(contextKey('app'), { snapshot, label: '' });
    await expect(commit()).rejects.toMatchObject({ code: 'PROTOCOL' });
    await putAll(store, contents);
    await commit();
    await store.close();
    expect((await readBack(await openStore(folder), 'app')).files.get('d/a')).toBe('old content');
  });

  test('in the record of a folder is found at load, and healed by the next commit', async () => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const store = await openStore(folder);
    const before = contents.snapshot(directory('d', directory('deep', contents.file('unmistakable', 'x'))));
    await commitTree(store, 'app', contents, before);
    damage(folder, 'unmistakable');
    await store.verify();
    // What is in memory is good, and shares the folder whose record is gone.
    const edit = contents.file('b', 'edited');
    const after = apply(before, [{ op: 'put', path: 'b' as Path, entry: edit }]);
    await commitTree(store, 'app', contents, after);
    await store.close();
    const second = await openStore(folder);
    expect((await readBack(second, 'app')).snapshot).toEqual(after);
    await second.close();

    for (const name of readdirSync(join(folder, 'packs')))
      if (name.endsWith('.index')) rmSync(join(folder, 'packs', name));
    const pack = readFileSync(packOf(folder)).toString('latin1').replaceAll('unmistakable', 'unmistakably');
    writeFileSync(packOf(folder), pack, 'latin1');
    const third = await openStore(folder);
    await expect(third.head(contextKey('app'))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await commitTree(third, 'app', contents, after);
    expect((await readBack(third, 'app')).snapshot).toEqual(after);
  });

  test('in a head, wherever it is, damages that context alone until it is committed anew', async () => {
    const folder = temporaryFolder();
    const contents = new Contents();
    const snapshot = contents.snapshot(contents.file('a', 'x'));
    const first = await openStore(folder);
    await commitTree(first, 'app', contents, snapshot);
    await commitTree(first, 'other', contents, snapshot);
    await first.close();
    const path = join(folder, 'heads', contextKey('app'));
    const good = readFileSync(path);
    const step = process.env['PRESYNC_FULL'] === '1' ? 1 : 23;
    for (let at = 0; at < good.length; at += step) {
      const bad = Buffer.from(good);
      bad[at]! ^= 4;
      writeFileSync(path, bad);
      const store = await openStore(folder);
      await expect(store.head(contextKey('app'))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      expect((await readBack(store, 'other')).snapshot).toEqual(snapshot);
      expect(store.contexts().map(({ label }) => label)).toEqual(['other']);
      expect((await store.verify()).damaged).toEqual([contextKey('app')]);
      await commitTree(store, 'app', contents, snapshot);
      expect((await store.verify()).damaged).toEqual([]);
      await store.close();
    }
    for (const bytes of ['', 'presync head 1\n', good.subarray(0, 100)]) {
      writeFileSync(path, bytes);
      const store = await openStore(folder);
      await expect(store.head(contextKey('app'))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      await store.close();
    }
  });
});

test('a head that lacks content says so, until that is there again', async () => {
  const folder = temporaryFolder();
  const contents = new Contents();
  const [good, bad] = [contents.file('a', 'good content'), contents.file('b', 'bad content')];
  const first = await openStore(folder);
  await commitTree(first, 'app', contents, contents.snapshot(good, bad));
  await first.close();
  damage(folder, 'bad content');
  const second = await openStore(folder);
  await second.verify();
  expect(await second.head(contextKey('app'))).toMatchObject({ incomplete: 1 });
  await second.put(bad.digest, contents.bytes.get(bad.digest)!);
  expect(await second.head(contextKey('app'))).toMatchObject({ incomplete: 0 });
});

test('a head whose records make another snapshot than it says is damaged', async () => {
  const folder = temporaryFolder();
  const contents = new Contents();
  const store = await openStore(folder);
  await commitTree(store, 'app', contents, contents.snapshot(contents.file('a', 'x')));
  await store.close();
  const path = join(folder, 'heads', contextKey('app'));
  const lie = { ...decodeHead(readFileSync(path)), snapshot: contents.snapshot().digest };
  writeFileSync(path, encodeHead(lie));
  const again = await openStore(folder);
  await expect(again.head(contextKey('app'))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
});

describe('a pack that is cut', () => {
  test.each([
    ['with its index', false],
    ['without one', true],
  ])('anywhere, %s, keeps all records before the cut, and the store goes on', async (_, dropIndex) => {
    const source = temporaryFolder();
    const chunks = ['', 'a', 'bc', 'x'.repeat(30), 'last'].map(chunk);
    const first = await openStore(source);
    for (const { digest, bytes } of chunks) await first.put(digest, bytes);
    await first.close();
    const ends: number[] = [];
    for (const { bytes } of chunks) ends.push((ends.at(-1) ?? 0) + 40 + bytes.length);
    const size = ends.at(-1)!;
    const folder = temporaryFolder();
    for (let length = 0; length <= size; length += 3) {
      rmSync(folder, { recursive: true });
      cpSync(source, folder, { recursive: true });
      truncateSync(packOf(folder), length);
      if (dropIndex) rmSync(indexOf(folder));
      const store = await openStore(folder);
      const whole = chunks.filter((_, i) => ends[i]! <= length);
      expect(chunks.filter(({ digest }) => store.has(digest))).toEqual(whole);
      for (const { digest, bytes } of whole) expect(Buffer.from(await store.read(digest))).toEqual(bytes);
      for (const { digest, bytes } of chunks) await store.put(digest, bytes);
      await store.close();
      const again = await openStore(folder);
      for (const { digest, bytes } of chunks) expect(Buffer.from(await again.read(digest))).toEqual(bytes);
      await again.close();
    }
  });

  test('while it is open is found at the next read', async () => {
    const folder = temporaryFolder();
    const store = await openStore(folder, { limits: { batchBytes: 1 } });
    const { digest, bytes } = chunk('content that will be gone');
    await store.put(digest, bytes);
    await store.verify();
    truncateSync(packOf(folder), 50);
    await expect(store.read(digest)).rejects.toMatchObject(damaged);
    await store.put(digest, bytes);
    expect(Buffer.from(await store.read(digest))).toEqual(bytes);
  });
});

describe('an index', () => {
  const chunks = Array.from({ length: 30 }, (_, i) => chunk(`chunk ${i}`));

  /** A store with the chunks in one pack, whose index is then replaced. */
  async function opened(change: (good: Buffer) => Buffer | undefined) {
    const folder = temporaryFolder();
    const first = await openStore(folder);
    for (const { digest, bytes } of chunks) {
      await first.put(digest, bytes);
      if (bytes.toString().endsWith('5')) await first.verify();
    }
    await first.close();
    const index = change(readFileSync(indexOf(folder)));
    if (index === undefined) rmSync(indexOf(folder));
    else writeFileSync(indexOf(folder), index);
    return { folder, store: await openStore(folder) };
  }

  test.each<[string, (good: Buffer) => Buffer | undefined]>([
    ['is missing', () => undefined],
    ['is empty', () => Buffer.alloc(0)],
    ['is cut', (good) => good.subarray(0, 200)],
    ['ends in zeros', (good) => Buffer.concat([good, Buffer.alloc(4096)])],
    ['is all zeros', (good) => Buffer.alloc(good.length)],
    ['is noise', (good) => good.map((byte, i) => (byte * 31 + i * 17) & 255) as Buffer],
    ['has a flipped bit in the middle', (good) => ((good[good.length >> 1]! ^= 1), good)],
    ['has a batch that is too long', (good) => (good.writeUInt32LE(0xffffffff, 4), good)],
    ['lacks a batch', (good) => good.subarray(16 + 41 * 6 + 8)],
  ])('that %s is made again from the pack', async (_, change) => {
    const { folder, store } = await opened((good) => change(good));
    for (const { digest, bytes } of chunks) expect(Buffer.from(await store.read(digest))).toEqual(bytes);
    await store.close();
    // Now it is whole again: the headers of the pack are not needed.
    const pack = readFileSync(packOf(folder));
    pack.writeUInt32LE(0, 0);
    writeFileSync(packOf(folder), pack);
    const again = await openStore(folder);
    for (const { digest, bytes } of chunks) expect(Buffer.from(await again.read(digest))).toEqual(bytes);
  });

  test('without a pack is removed', async () => {
    const { folder, store } = await opened((good) => good);
    await store.close();
    copyFileSync(indexOf(folder), join(folder, 'packs', '00000009.index'));
    const again = await openStore(folder);
    expect(
      missing(
        again,
        chunks.map(({ digest }) => digest),
      ),
    ).toEqual([]);
    expect(readdirSync(join(folder, 'packs'))).not.toContain('00000009.index');
  });

  test('is not needed to leave out what is damaged', async () => {
    const { folder, store } = await opened(() => undefined);
    await store.close();
    rmSync(indexOf(folder));
    damage(folder, 'chunk 7', 3);
    const again = await openStore(folder);
    expect(
      missing(
        again,
        chunks.map(({ digest }) => digest),
      ),
    ).toEqual([chunks[7]!.digest]);
  });
});
