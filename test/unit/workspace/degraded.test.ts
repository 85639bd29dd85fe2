/** What a watcher does while it is not told of everything: it says so, and has everything read now and then. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ContextWatcher } from '../../../src/workspace/contextWatcher.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';
import type { TreeOptions, WatchBackend } from '../../../src/workspace/watchBackend.ts';
import type { ChangeHint } from '../../../src/workspace/watcher.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let clock: FakeClock;
let hints: ChangeHint[];
/** Of the trees that were watched, the last one's. */
let tree: TreeOptions;
/** What the system has no more of. */
let lacking: string | undefined;

const backend: WatchBackend = {
  name: 'fake',
  watchTree(options) {
    tree = options;
    return {
      rootIsThere: true,
      blind: [],
      settled: () => {
        if (lacking !== undefined) options.failed(Object.assign(new Error(), { code: lacking }));
        return Promise.resolve();
      },
      caughtUp: () => Promise.resolve(),
      watchCookies: () => {},
      reconsiderSkipped: () => {},
      refresh: () => {},
      dispose: () => {},
    };
  },
};

beforeEach(() => {
  clock = new FakeClock();
  hints = [];
  lacking = undefined;
});

async function watch(kind?: string): Promise<ContextWatcher> {
  const root = join(temporaryFolder(), 'context');
  mkdirSync(root);
  return watchAt(root, kind);
}

async function watchAt(root: string, kind?: string): Promise<ContextWatcher> {
  const watcher = new ContextWatcher({
    backends: [backend],
    root,
    skipsFolder: () => false,
    cookieDirectory: join(temporaryFolder(), 'cookies'),
    clock,
    sharedFileSystem: () => kind,
  });
  onTestFinished(() => watcher.dispose());
  watcher.onDidChange((hint) => hints.push(hint));
  await watcher.ready;
  hints.length = 0;
  return watcher;
}

const everything = () => hints.splice(0).filter((hint) => 'everything' in hint);

describe('without watches', () => {
  test.each([
    ['ENOSPC', /max_user_watches/],
    ['EMFILE', /max_user_instances/],
  ])('for %s it says what is lacking, and reads everything now and then until there are some', async (code, words) => {
    const watcher = await watch();
    lacking = code;
    tree.failed(Object.assign(new Error(), { code }));
    expect(watcher.degraded).toMatch(words);
    expect(everything()).toHaveLength(1);
    // Beside its attempts to watch again, which are further and further apart.
    await clock.advance(10 * workspaceLimits.retryLongest);
    const readings = everything().length;
    expect(readings).toBeGreaterThanOrEqual((10 * workspaceLimits.retryLongest) / workspaceLimits.reread);
    lacking = undefined;
    await clock.advance(2 * workspaceLimits.retryLongest);
    expect(watcher.degraded).toBeUndefined();
    hints.length = 0;
    await clock.advance(10 * workspaceLimits.reread);
    expect(everything()).toEqual([]);
  });
});

describe('on a file system that other machines can change', () => {
  test('it tells what it sees, says that this is not all, and reads everything now and then', async () => {
    const watcher = await watch('NFS');
    expect(watcher.degraded).toBe('the folder is on a file system that other machines can change (NFS)');
    tree.changed('f' as never);
    await settle();
    expect(hints.splice(0)).toEqual([{ paths: ['f'] }]);
    await clock.advance(3 * workspaceLimits.reread);
    expect(everything()).toHaveLength(3);
  });

  test('nothing of it elsewhere', async () => {
    const watcher = await watch();
    expect(watcher.degraded).toBeUndefined();
    await clock.advance(3 * workspaceLimits.reread);
    expect(everything()).toEqual([]);
  });
});

describe('a folder to which no way leads', () => {
  test.each([
    ['is no folder', (path: string) => writeFileSync(path, ''), 'the folder is gone'],
    ['leads nowhere', (path: string) => symlinkSync(path, path), /too many symbolic links/],
  ])('because one above it %s is looked for until it is back', async (_, obstruct, why) => {
    const above = join(temporaryFolder(), 'above');
    obstruct(above);
    const watcher = await watchAt(join(above, 'context'));
    expect(watcher.degraded).toMatch(why);
    await clock.advance(10 * workspaceLimits.retry);
    rmSync(above);
    mkdirSync(join(above, 'context'), { recursive: true });
    await clock.advance(workspaceLimits.retryLongest);
    expect(watcher.degraded).toBeUndefined();
    expect(everything().at(-1)).toMatchObject({ why: 'watching again' });
  });
});
