import { beforeEach, describe, expect, test } from 'vitest';
import { KeepAlive } from '../../../src/transfer/keepAlive.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let sleptMs: number;
let pings: number;
let dead: boolean;
let answers: boolean;
let link: KeepAlive;

beforeEach(() => {
  clock = new FakeClock();
  [sleptMs, pings, dead, answers] = [0, 0, false, true];
  link = new KeepAlive({
    clock,
    wallClock: () => clock.now() + sleptMs,
    ping: () => {
      pings++;
      if (answers) queueMicrotask(() => link.heard());
    },
    onDead: () => (dead = true),
  });
});

describe('a link', () => {
  test('that is quiet is asked, and lives while it answers', async () => {
    await clock.advance(600_000);
    expect(dead).toBe(false);
    expect(pings).toBeGreaterThan(600 / 20);
    expect(pings).toBeLessThan(600 / 10);
  });

  test('that is not quiet is not asked', async () => {
    for (let i = 0; i < 60; i++) {
      link.heard();
      await clock.advance(10_000);
    }
    expect(pings).toBe(0);
  });

  test('that answers no more is found dead within 45 s, however it died', async () => {
    for (const age of [0, 1000, 14_000, 16_000]) {
      await clock.advance(age);
      answers = false;
      const start = clock.now();
      while (!dead && clock.now() - start < 100_000) await clock.advance(100);
      expect(clock.now() - start).toBeLessThanOrEqual(45_000);
      expect(clock.now() - start).toBeGreaterThan(15_000);
      [dead, answers] = [false, true];
      link.dispose();
      link = new KeepAlive({
        clock,
        wallClock: () => clock.now() + sleptMs,
        ping: () => void (answers && queueMicrotask(() => link.heard())),
        onDead: () => (dead = true),
      });
    }
  });

  test('is asked at once when the machine has slept, and given little time', async () => {
    await clock.advance(5000);
    answers = false;
    sleptMs = 3_600_000;
    const start = clock.now();
    while (!dead && clock.now() - start < 100_000) await clock.advance(100);
    expect(clock.now() - start).toBeLessThanOrEqual(11_000);
  });

  test('that survived a sleep goes on', async () => {
    sleptMs = 3_600_000;
    await clock.advance(30_000);
    expect(dead).toBe(false);
  });

  test('that is done with is not asked', async () => {
    link.dispose();
    await clock.advance(100_000);
    expect([pings, dead]).toEqual([0, false]);
  });
});
