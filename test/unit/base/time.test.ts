import { describe, expect, test, vi } from 'vitest';
import { backoffDelay, delay, systemClock, withTimeout } from '../../../src/base/time.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

describe('a delay', () => {
  test('ends when its time has come', async () => {
    const clock = new FakeClock();
    let done = false;
    const waiting = delay(100, undefined, clock).then(() => (done = true));
    await clock.advance(99);
    expect(done).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(done).toBe(true);
  });

  test('is CANCELLED by its signal, before and while it waits', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const waiting = delay(100, abort.signal, clock);
    abort.abort('enough');
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED', cause: 'enough' });
    await expect(delay(100, abort.signal, clock)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('leaves no timer behind when it is cancelled', async () => {
    const dispose = vi.fn();
    const abort = new AbortController();
    const waiting = delay(100, abort.signal, { now: () => 0, schedule: () => ({ dispose }) });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(dispose).toHaveBeenCalledOnce();
  });

  test('leaves nothing behind at the signal', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, 'removeEventListener');
    const waiting = delay(5, abort.signal, clock);
    await clock.advance(5);
    await waiting;
    expect(removed).toHaveBeenCalledOnce();
  });
});

describe('a timeout', () => {
  test('passes on what comes in time', async () => {
    const clock = new FakeClock();
    await expect(withTimeout(Promise.resolve(7), 10, 'counting', clock)).resolves.toBe(7);
    await expect(withTimeout(Promise.reject(new Error('no')), 10, 'counting', clock)).rejects.toThrow('no');
  });

  test('leaves no timer behind', async () => {
    const dispose = vi.fn();
    await withTimeout(Promise.resolve(7), 10, 'counting', { now: () => 0, schedule: () => ({ dispose }) });
    await settle();
    expect(dispose).toHaveBeenCalledOnce();
  });

  test('names what took too long', async () => {
    const clock = new FakeClock();
    const waiting = withTimeout(new Promise(() => {}), 10, 'Counting', clock);
    const settled = expect(waiting).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'Counting took longer than 10 ms.',
    });
    await clock.advance(10);
    await settled;
  });

  test('hears no late failure as unhandled', async () => {
    const clock = new FakeClock();
    let fail = (_error: Error): void => {};
    const waiting = withTimeout(new Promise((_, reject) => (fail = reject)), 10, 'Counting', clock);
    const settled = expect(waiting).rejects.toMatchObject({ code: 'TIMEOUT' });
    await clock.advance(10);
    await settled;
    fail(new Error('late'));
    await settle();
  });
});

describe('the system clock', () => {
  test('does not run what was disposed', async () => {
    const run = vi.fn();
    systemClock.schedule(1, run).dispose();
    await delay(10);
    expect(run).not.toHaveBeenCalled();
  });

  test.each([2 ** 31, Infinity])('waits for %d ms, more than a timer of Node can', async (ms) => {
    const run = vi.fn();
    const timer = systemClock.schedule(ms, run);
    await delay(20);
    expect(run).not.toHaveBeenCalled();
    timer.dispose();
  });

  test('never goes back', () => {
    const before = systemClock.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });
});

test.each([
  [0, 0, 50],
  [0, 1, 100],
  [1, 1, 200],
  [3, 0.5, 600],
  [20, 1, 30_000],
  [10_000, 0, 15_000],
])('the delay before attempt %i at chance %d is %i ms', (attempt, chance, expected) => {
  expect(backoffDelay(attempt, 100, 30_000, () => chance)).toBe(expected);
});
