import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Engine } from '../../../src/builder/engine.ts';
import { EnginePool } from '../../../src/daemon/enginePool.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';

const selector = (spec: string) => ({ spec, env: {} });

/** Attempts to connect, oldest first. */
let attempts: { path: string; signal: AbortSignal; connected(engine: Engine): void; failed(error: Error): void }[];
let pool: EnginePool;

beforeEach(() => {
  attempts = [];
  pool = new EnginePool({
    resolve: ({ spec }) => Promise.resolve({ kind: 'unix', path: spec, label: spec }),
    connect: ({ label: path }, signal) =>
      new Promise((resolve, reject) => attempts.push({ path, signal, connected: resolve, failed: reject })),
  });
});

afterEach(() => vi.useRealTimers());

function fakeEngine(label = 'fake') {
  const info = { kind: 'docker' as const, version: '1', apiVersion: '1', label };
  return { info, reach: vi.fn(() => Promise.resolve()), dispose: vi.fn() } as unknown as Engine;
}

test('everybody who means the same engine shares one connection', async () => {
  const [first, second, other] = ['/a', '/a', '/b'].map((spec) => pool.get(selector(spec)));
  await vi.waitFor(() => expect(attempts).toHaveLength(2), 20_000);
  const engine = fakeEngine();
  attempts[0]!.connected(engine);
  attempts[1]!.connected(fakeEngine());
  expect(await first).toBe(engine);
  expect(await second).toBe(engine);
  expect(await other).not.toBe(engine);
  expect(pool.describe()).toHaveLength(2);
});

test('a failure is told to those who wait, and the next call tries again', async () => {
  const first = pool.get(selector('/a'));
  await vi.waitFor(() => expect(attempts).toHaveLength(1), 20_000);
  attempts[0]!.failed(new PresyncError('ENGINE_UNREACHABLE', 'no'));
  await expect(first).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  const second = pool.get(selector('/a'));
  await vi.waitFor(() => expect(attempts).toHaveLength(2), 20_000);
  attempts[1]!.connected(fakeEngine());
  await second;
});

test('an attempt that takes too long is ended, and what comes of it late is disposed of', async () => {
  vi.useFakeTimers();
  const first = pool.get(selector('/a'));
  first.catch(() => {});
  await vi.advanceTimersByTimeAsync(daemonLimits.engineConnect);
  await expect(first).rejects.toMatchObject({ code: 'TIMEOUT' });
  const [attempt] = attempts;
  expect(attempt!.signal.aborted).toBe(true);
  const late = fakeEngine();
  attempt!.connected(late);
  await vi.advanceTimersByTimeAsync(0);
  expect(late.dispose).toHaveBeenCalledOnce();
  expect(pool.describe()).toEqual([]);
});

test('an engine whose connection was lost is given when it is connected again', async () => {
  vi.useFakeTimers();
  const first = pool.get(selector('/a'));
  await vi.advanceTimersByTimeAsync(0);
  const engine = fakeEngine();
  attempts[0]!.connected(engine);
  await first;
  vi.mocked(engine.reach).mockRejectedValueOnce(new PresyncError('ENGINE_UNREACHABLE', 'no'));
  await expect(pool.get(selector('/a'))).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  vi.mocked(engine.reach).mockReturnValueOnce(new Promise(() => {}));
  const third = pool.get(selector('/a'));
  third.catch(() => {});
  await vi.advanceTimersByTimeAsync(daemonLimits.engineConnect);
  await expect(third).rejects.toMatchObject({ code: 'TIMEOUT' });
  expect(await pool.get(selector('/a'))).toBe(engine);
  expect(attempts).toHaveLength(1);
});

test('its engines end with it', async () => {
  const got = pool.get(selector('/a'));
  await vi.waitFor(() => expect(attempts).toHaveLength(1), 20_000);
  const engine = fakeEngine();
  attempts[0]!.connected(engine);
  await got;
  pool.dispose();
  expect(engine.dispose).toHaveBeenCalledOnce();
});

test('what is being connected when it ends is ended, and disposed of where it comes through after all', async () => {
  const got = pool.get(selector('/a'));
  got.catch(() => {});
  await vi.waitFor(() => expect(attempts).toHaveLength(1), 20_000);
  pool.dispose();
  await expect(got).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(attempts[0]!.signal.aborted).toBe(true);
  const late = fakeEngine();
  attempts[0]!.connected(late);
  await vi.waitFor(() => expect(late.dispose).toHaveBeenCalledOnce(), 20_000);
  expect(pool.describe()).toEqual([]);
});

test('connects no more when it has ended', async () => {
  pool.dispose();
  await expect(pool.get(selector('/a'))).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(attempts).toEqual([]);
});

describe('engines that nobody uses', () => {
  const { unusedEngines } = daemonLimits;

  /** Gets the engine at that path, which is there at once. */
  async function reach(path: string): Promise<Engine> {
    const count = attempts.length;
    const got = pool.get(selector(path));
    await vi.waitFor(() => expect(attempts).toHaveLength(count + 1), 20_000);
    attempts[count]!.connected(fakeEngine(path));
    const engine = await got;
    await turn();
    return engine;
  }

  const turn = () => new Promise(setImmediate);
  const paths = (count: number) => Array.from({ length: count }, (_, i) => `/${i}`);
  const labels = () => pool.describe().map(({ label }) => label);

  test('stay connected for a while: those that were asked for last', async () => {
    const [oldest, next] = [await reach('/oldest'), await reach('/next')];
    const letGo: string[] = [];
    pool.onLetGo = (engine) => {
      expect(engine.dispose).not.toHaveBeenCalled();
      letGo.push(engine.info.label);
    };
    for (const path of paths(unusedEngines - 1)) await reach(path);
    expect(letGo).toEqual(['/oldest']);
    expect(oldest.dispose).toHaveBeenCalledOnce();
    expect(await pool.get(selector('/next'))).toBe(next);
    await reach('/last');
    expect(labels()).toEqual([...paths(unusedEngines - 1).slice(1), '/next', '/last']);
    expect(await reach('/oldest')).not.toBe(oldest);
  });

  test('are none of those that somebody uses, however many they are', async () => {
    pool.isUsed = ({ info }) => info.label.startsWith('/used');
    const used = Array.from({ length: 3 * unusedEngines }, (_, i) => `/used${i}`);
    for (const path of [...used, ...paths(unusedEngines + 1)]) await reach(path);
    expect(labels()).toEqual([...used, ...paths(unusedEngines + 1).slice(1)]);
  });

  test('are none of those that somebody waits for, nor is one that is given to them just now', async () => {
    let used: Engine | undefined;
    pool.isUsed = (engine) => engine === used;
    const got = pool.get(selector('/slow')).then((engine) => (used = engine));
    await vi.waitFor(() => expect(attempts).toHaveLength(1), 20_000);
    for (const path of paths(2 * unusedEngines)) await reach(path);
    expect(attempts[0]!.signal.aborted).toBe(false);
    const engine = fakeEngine('/slow');
    attempts[0]!.connected(engine);
    // Another one is asked for in the same turn.
    pool.expect(selector('/other'));
    expect(await got).toBe(engine);
    await turn();
    expect(engine.dispose).not.toHaveBeenCalled();
  });

  test('are not waited for either: what comes of an attempt that was ended is disposed of', async () => {
    for (const path of paths(unusedEngines + 1)) pool.expect(selector(path));
    await vi.waitFor(() => expect(attempts).toHaveLength(unusedEngines + 1), 20_000);
    await turn();
    expect(attempts.map(({ signal }) => signal.aborted)).toEqual([true, ...attempts.slice(1).map(() => false)]);
    const late = fakeEngine('/0');
    attempts[0]!.connected(late);
    await vi.waitFor(() => expect(late.dispose).toHaveBeenCalledOnce(), 20_000);
    expect(labels()).toEqual([]);
    await reach('/0');
  });
});
