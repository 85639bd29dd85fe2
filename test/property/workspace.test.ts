/**
 * Whatever is done to a folder: what the scanner knows after a barrier is what is there. @parcel/watcher does not quite
 * hold that: what happens within one batch of its events, or while it hands one over, may be in none. A proof finds it.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { IgnoreRules } from '../../src/context/ignore/ignoreRules.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { useWatchBackends, watchBackends } from '../support/watchBackends.ts';
import { pathsOf, WorkspaceFolder } from '../support/workspaceFolder.ts';
import { WatchedFolder } from '../support/watchedFolder.ts';

useWatchBackends();

const names = [
  'a',
  'b',
  'a.b',
  'node_modules',
  '.git',
  'x\u00e9',
  '__proto__',
  'new\nline',
  'back\\slash',
  'f~',
  '.f.swp',
  '-rf',
];

/** Does things at random to a folder. All that it does is legal, and some of it fails, as it does for people. */
class Meddler {
  readonly #folder: WorkspaceFolder;
  readonly #random: SeededRandom;
  readonly done: string[] = [];

  constructor(folder: WorkspaceFolder, random: SeededRandom) {
    this.#folder = folder;
    this.#random = random;
  }

  act(): void {
    const at = this.#folder.at(this.#somePath());
    const other = this.#folder.at(this.#somePath());
    const aside = `${this.#folder.root}/t${this.done.length}`;
    const actions: Record<string, () => void> = {
      write: () => writeFileSync(at, String(this.#random.below(3))),
      append: () => writeFileSync(at, 'more', { flag: 'a' }),
      writeLarge: () => writeFileSync(at, Buffer.alloc(300_000, this.#random.below(256))),
      makeFolder: () => mkdirSync(at, { recursive: true }),
      makeFull: () => (mkdirSync(`${at}/x/y`, { recursive: true }), writeFileSync(`${at}/x/y/f`, 'deep')),
      rename: () => renameSync(at, other),
      exchange: () => (renameSync(at, aside), renameSync(other, at), renameSync(aside, other)),
      remove: () => rmSync(at, { recursive: true }),
      recreate: () => (rmSync(at, { recursive: true }), mkdirSync(at), writeFileSync(`${at}/f`, 'again')),
      link: () => symlinkSync(this.#random.pick(names), at),
      mode: () => chmodSync(at, this.#random.pick([0o600, 0o644, 0o755, 0o700])),
    };
    const action = this.#random.pick(Object.keys(actions));
    try {
      actions[action]!();
      this.done.push(`${action} ${at} ${other}`);
    } catch {
      // Not there, or not of the right kind.
    }
  }

  /** Something that exists or a new name in some folder, never outside: links are not followed. */
  #somePath(): string {
    let path = '';
    for (let depth = 0; depth < 4; depth++) {
      const next = path === '' ? this.#random.pick(names) : `${path}/${this.#random.pick(names)}`;
      const stat = lstatSync(this.#folder.at(next), { throwIfNoEntry: false });
      path = next;
      if (stat?.isDirectory() !== true || this.#random.below(3) === 0) break;
    }
    return path;
  }
}

test.each(watchBackends)(
  'watching by $name and rescanning converges, through 40 rounds of anything',
  async (backend) => {
    const random = new SeededRandom();
    const folder = new WorkspaceFolder({ 'a/b/a': '1', 'b/a': '2' });
    const watched = await WatchedFolder.of(folder, [backend]);
    const meddler = new Meddler(folder, random);
    const mayMiss = backend.name === 'chokidar' ? 0 : 10;
    let missed = 0;
    for (let round = 0; round < 40; round++) {
      const count = 1 + random.below(30);
      for (let i = 0; i < count; i++) {
        meddler.act();
        // Now and then the watcher gets its turn in the middle.
        if (random.below(8) === 0) await new Promise((resolve) => setTimeout(resolve, random.below(4)));
      }
      let snapshot = await watched.sync();
      const fresh = await folder.fresh();
      if (snapshot.digest !== fresh.digest && ++missed <= mayMiss) snapshot = await watched.scan();
      const context = `seed ${process.env['PRESYNC_SEED']}, round ${round}:\n${meddler.done.slice(-count).join('\n')}`;
      expect(pathsOf(snapshot), context).toEqual(pathsOf(fresh));
      expect(snapshot.digest, context).toBe(fresh.digest);
    }
    // @parcel/watcher may fail by itself ("Bad file descriptor"): that is told, everything is read, and it is tried again.
    await vi.waitFor(() => expect(watched.watcher.degraded).toBeUndefined(), 20_000);
    console.log(`figure: rounds of 40 in which ${backend.name} missed something: ${missed} (at most ${mayMiss})`);
  },
);

test('scans of one scanner, of its heirs through the cache, and of a stranger agree, whatever the rules', async () => {
  const random = new SeededRandom();
  const folder = new WorkspaceFolder({ 'a/b/a': '1', 'b/a': '2' });
  const meddler = new Meddler(folder, random);
  const texts = ['', 'a', '*\n!a', 'node_modules\n**/b', '*\n!*/x', '**/f\n!a/f'];
  let text = '';
  let scanner = folder.scanner(rulesOf(text), text);
  for (let round = 0; round < 60; round++) {
    for (let i = random.below(12); i >= 0; i--) meddler.act();
    if (random.below(4) === 0) {
      text = random.pick(texts);
      scanner.setFilter(rulesOf(text), text);
    }
    const { snapshot } = await scanner.scan();
    const fresh = await folder.fresh(rulesOf(text));
    const context = `seed ${process.env['PRESYNC_SEED']}, round ${round}, rules ${JSON.stringify(text)}`;
    expect(pathsOf(snapshot), context).toEqual(pathsOf(fresh));
    expect(snapshot.digest, context).toBe(fresh.digest);
    if (random.below(3) > 0) continue;
    await scanner.save();
    scanner = folder.scanner(rulesOf(text), text);
  }
  expect(readdirSync(folder.root).length).toBeGreaterThan(0);
});

function rulesOf(text: string): IgnoreRules {
  return IgnoreRules.parse(new TextEncoder().encode(text));
}
