import { beforeEach, describe, expect, test } from 'vitest';
import { delay } from '../../../src/base/time.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { PrimePace } from '../../../src/daemon/primePace.ts';
import { FakeClock } from '../../support/fakeClock.ts';

let clock: FakeClock;
let pace: PrimePace;
let primed: string[];

const ask = (what: string) => pace.ask(() => primed.push(what));

beforeEach(() => {
  clock = new FakeClock();
  pace = new PrimePace(clock);
  primed = [];
});

/** A prime that took so long has ended, a good while ago. */
async function primeTook(ms: number): Promise<void> {
  const prime = pace.timed(delay(ms, undefined, clock));
  await clock.advance(ms);
  await prime;
  await clock.advance(60_000);
}

describe('a prime that nobody waits for', () => {
  test('begins at once after a change that comes alone', async () => {
    await primeTook(1000);
    ask('a');
    expect(primed).toEqual(['a']);
  });

  test('within a row of changes waits for a pause, and is of the last of them', async () => {
    await primeTook(1000);
    for (const change of ['a', 'b', 'c', 'd']) {
      ask(change);
      await clock.advance(100);
    }
    expect(primed).toEqual(['a']);
    await clock.advance(1000 * daemonLimits.primePauseShare);
    expect(primed).toEqual(['a', 'd']);
  });

  test('does not wait for a pause for ever', async () => {
    await primeTook(1000);
    const row = 3 * daemonLimits.primePatience * 10;
    for (let i = 0; i < row; i++) {
      ask(String(i));
      await clock.advance(100);
    }
    expect(primed).toHaveLength(3);
  });

  test('waits no longer than the limit, whatever a prime takes', async () => {
    await primeTook(1_000_000);
    ask('a');
    ask('b');
    await clock.advance(daemonLimits.primePause);
    expect(primed).toEqual(['a', 'b']);
  });

  test('waits for nothing where primes take no time', () => {
    ask('a');
    ask('b');
    expect(primed).toEqual(['a', 'b']);
  });

  test('does not come after the end', async () => {
    await primeTook(1000);
    ask('a');
    ask('b');
    pace.dispose();
    await clock.advance(60_000);
    expect(primed).toEqual(['a']);
  });
});
