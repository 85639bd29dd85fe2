import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientLimits } from '../../../../src/client/limits.ts';
import type { ContextView } from '../../../../src/extension/link/workerApi.ts';
import { KeptContexts } from '../../../../src/extension/worker/keptContexts.ts';
import { workerLimits } from '../../../../src/extension/worker/limits.ts';
import { diskSnapshot } from '../../../support/diskSnapshot.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { FakeDaemon } from '../../../support/fakeDaemon.ts';
import { FakeEnvironment } from '../../../support/fakeEnvironment.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const here = { builder: '', daemon: '' };
const never = new AbortController().signal;

let home: string;
let root: string;
let daemon: FakeDaemon;
let env: FakeEnvironment;
let clock: FakeClock;
let contexts: KeptContexts;
let views: Map<string, ContextView[]>;

beforeEach(() => {
  home = temporaryFolder();
  root = join(home, 'context');
  mkdirSync(root);
  write('a', '1');
  daemon = new FakeDaemon();
  env = new FakeEnvironment(home, daemon);
  clock = new FakeClock();
  views = new Map();
  contexts = new KeptContexts({
    env,
    clock,
    tell: (key, view) => views.set(key, [...(views.get(key) ?? []), view]),
  });
});

afterEach(() => contexts.closeAll());

function write(path: string, content: string): string {
  writeFileSync(join(root, path), content);
  return join(root, path);
}

const source = () => ({ folder: root, dockerfile: join(root, 'Dockerfile') });
const keep = (key = 'k', destination = here) => contexts.keep({ key, source: source(), destination, speculate: false });
const last = (key = 'k') => views.get(key)?.at(-1);

/** What was told last, once mere progress is told too. */
async function settledView(key = 'k'): Promise<ContextView | undefined> {
  await clock.advance(workerLimits.progressInterval);
  return last(key);
}

async function inSync(key = 'k'): Promise<void> {
  await expect
    .poll(() => settledView(key), { timeout: 10_000 })
    .toMatchObject({ link: 'connected', inSync: true, busy: false, snapshot: diskSnapshot(root) });
}

/** In sync, and nothing more has been told for a while: the watcher's first readings are over. Says how many views. */
async function atRest(): Promise<number> {
  await contexts.sync('k', never);
  return viewsAtRest();
}

async function viewsAtRest(): Promise<number> {
  for (let before = -1; ;) {
    await settledView();
    const { length } = views.get('k') ?? [];
    if (length === before) return length;
    before = length;
    await sleep(300);
  }
}

describe('a context that is kept', () => {
  test('is in sync with what the folder holds, and follows what is saved', async () => {
    keep();
    await inSync();
    await contexts.saved('k', write('b', '2'));
    await inSync();
    expect(last()).toMatchObject({ files: 2, bytes: 2, sent: { files: 2, bytes: 2 }, failure: undefined });
  });

  test('is not moved by a save of what is excluded or lies elsewhere', async () => {
    write('.dockerignore', '*.log\n');
    keep();
    const told = await atRest();
    const pushes = daemon.pushes.length;
    await contexts.saved('k', write('x.log', 'more'));
    writeFileSync(join(home, 'elsewhere'), 'x');
    await contexts.saved('k', join(home, 'elsewhere'));
    expect(await viewsAtRest()).toBe(told);
    expect(daemon.pushes).toHaveLength(pushes);
  });

  test('reads everything again when asked, and answers when it is acknowledged', async () => {
    keep();
    await contexts.sync('k', never);
    write('b', '2');
    await contexts.sync('k', never);
    expect(daemon.head?.files).toBe(2);
    await inSync();
  });

  test('says what is in the way of a sync', async () => {
    env.reachable = false;
    keep();
    await expect(contexts.sync('k', never)).rejects.toMatchObject({ code: 'DAEMON_START' });
    expect(last()).toMatchObject({ inSync: false, failure: { code: 'DAEMON_START', hint: 'Start it.' } });
  });

  test('that nobody keeps any more cannot be synced, and a save of it is nothing', async () => {
    await expect(contexts.sync('k', never)).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
    await contexts.saved('k', join(root, 'a'));
  });

  test('is kept elsewhere when its parameters change', async () => {
    keep();
    await inSync();
    keep('k', { builder: 'tcp://other:1', daemon: 'unix:///other.sock' });
    await expect.poll(() => env.reached).toEqual([undefined, 'unix:///other.sock']);
    await atRest();
    // And no longer where it was.
    const pushes = daemon.pushes.length;
    write('b', '2');
    await inSync();
    await viewsAtRest();
    expect(daemon.pushes).toHaveLength(pushes + 1);
  });

  test('is kept once, however often it is asked for, and its view is told again', async () => {
    keep();
    const told = await atRest();
    keep();
    expect(views.get('k')).toHaveLength(told + 1);
    expect(env.reached).toHaveLength(1);
  });

  test('is kept under two names without either being in the way of the other', async () => {
    keep('one');
    keep('two');
    await inSync('one');
    await inSync('two');
    await contexts.release('one');
    await contexts.saved('two', write('b', '2'));
    await inSync('two');
  });

  test('is found by its source while it is kept', async () => {
    keep();
    await inSync();
    expect(contexts.find(source())?.context.root).toBe(root);
    expect(contexts.find({ ...source(), dockerfile: join(root, 'other') })).toBeUndefined();
    await contexts.release('k');
    expect(contexts.find(source())).toBeUndefined();
  });

  test('saves its cache soon, and at its end', async () => {
    const caches = () => (existsSync(join(home, 'cache')) ? readdirSync(join(home, 'cache/contexts')) : []);
    keep();
    await expect.poll(caches, { timeout: 10_000 }).toHaveLength(1);
    await atRest();
    rmSync(join(home, 'cache'), { recursive: true });
    await contexts.saved('k', write('b', '2'));
    await inSync();
    await contexts.release('k');
    expect(caches()).toHaveLength(1);
  });

  test('is silent once it is released', async () => {
    keep();
    await inSync();
    await contexts.release('k');
    const { length } = views.get('k')!;
    write('b', '2');
    await sleep(300);
    expect(views.get('k')).toHaveLength(length);
  });
});

describe('a context that cannot be opened', () => {
  test('says why, and is tried again', async () => {
    rmSync(root, { recursive: true });
    keep();
    await expect.poll(() => last()).toMatchObject({ link: 'idle', failure: { code: 'CONTEXT_NOT_FOUND' } });
    await expect(contexts.sync('k', never)).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
    mkdirSync(root);
    write('a', '1');
    await clock.advance(clientLimits.syncRetry);
    await inSync();
    expect(last()?.failure).toBeUndefined();
  });

  test('is tried again as soon as something is saved', async () => {
    write('.dockerignore', '[\n');
    keep();
    await expect.poll(() => last()).toMatchObject({ failure: { code: 'IGNORE_PATTERN' } });
    await contexts.saved('k', write('.dockerignore', ''));
    // Without waiting for the time of the next attempt.
    await expect.poll(last, { timeout: 10_000 }).toMatchObject({ inSync: true, snapshot: diskSnapshot(root) });
  });

  test('is not tried again once it is released', async () => {
    rmSync(root, { recursive: true });
    keep();
    await expect.poll(() => last()?.failure).toBeDefined();
    await contexts.release('k');
    mkdirSync(root);
    await clock.advance(clientLimits.syncRetry);
    await sleep(100);
    expect(env.opened).toBe(1);
    expect(views.get('k')).toHaveLength(1);
  });
});
