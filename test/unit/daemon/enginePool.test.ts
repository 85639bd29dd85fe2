import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Engine } from '../../../src/builder/engine.ts';
import { EnginePool } from '../../../src/daemon/enginePool.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';

const selector = (spec: string) => ({ spec, env: {} });

/** Attempts to connect, oldest first. */
let attempts: { signal: AbortSignal; connected(engine: Engine): void; failed(error: Error): void }[];
let pool: EnginePool;

beforeEach(() => {
  attempts = [];
  pool = new EnginePool({
    resolve: ({ spec }) => Promise.resolve({ kind: 'unix', path: spec, label: spec }),
    connect: (_endpoint, signal) =>
      new Promise((resolve, reject) => attempts.push({ signal, connected: resolve, failed: reject })),
  });
});

afterEach(() => vi.useRealTimers());

function fakeEngine() {
  const info = { kind: 'docker' as const, version: '1', apiVersion: '1', label: 'fake' };
  return { info, dispose: vi.fn() } as unknown as Engine;
}

test('everybody who means the same engine shares one connection', async () => {
  const [first, second, other] = ['/a', '/a', '/b'].map((spec) => pool.get(selector(spec)));
  await vi.waitFor(() => expect(attempts).toHaveLength(2));
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
  await vi.waitFor(() => expect(attempts).toHaveLength(1));
  attempts[0]!.failed(new PresyncError('ENGINE_UNREACHABLE', 'no'));
  await expect(first).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  const second = pool.get(selector('/a'));
  await vi.waitFor(() => expect(attempts).toHaveLength(2));
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

test('its engines end with it', async () => {
  const got = pool.get(selector('/a'));
  await vi.waitFor(() => expect(attempts).toHaveLength(1));
  const engine = fakeEngine();
  attempts[0]!.connected(engine);
  await got;
  pool.dispose();
  expect(engine.dispose).toHaveBeenCalledOnce();
});

test('what is being connected when it ends is ended, and disposed of where it comes through after all', async () => {
  const got = pool.get(selector('/a'));
  got.catch(() => {});
  await vi.waitFor(() => expect(attempts).toHaveLength(1));
  pool.dispose();
  await expect(got).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(attempts[0]!.signal.aborted).toBe(true);
  const late = fakeEngine();
  attempts[0]!.connected(late);
  await vi.waitFor(() => expect(late.dispose).toHaveBeenCalledOnce());
  expect(pool.describe()).toEqual([]);
});

test('connects no more when it has ended', async () => {
  pool.dispose();
  await expect(pool.get(selector('/a'))).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(attempts).toEqual([]);
});
