import { describe, expect, test } from 'vitest';
import { SendWindow } from '../../../src/transfer/sendWindow.ts';
import { FakeClock } from '../../support/fakeClock.ts';

interface SimulatedLink {
  /** Bytes a second. */
  rate: number;
  /** There and back, in milliseconds. */
  roundTrip: number;
}

const mbit = 125_000;

/**
 * Sends as fast as the window allows over a link with a bottomless queue; returns the share of the link that was used and
 * the longest wait in the queue, from `from` to `ms`.
 */
async function upload(link: SimulatedLink, ms: number, from: number, each: (now: number) => void = () => {}) {
  const clock = new FakeClock();
  const window = new SendWindow(clock);
  let linkFree = 0;
  let used = 0;
  let longest = 0;
  const send = () => {
    while (!window.full) {
      const bytes = Math.round(window.frameTarget);
      const total = window.add(bytes);
      const start = Math.max(clock.now(), linkFree);
      const took = (bytes / link.rate) * 1000;
      if (clock.now() >= from) {
        used += took;
        longest = Math.max(longest, start - clock.now());
      }
      linkFree = start + took;
      clock.schedule(linkFree - clock.now() + link.roundTrip, () => {
        window.arrived(total);
        send();
      });
    }
  };
  send();
  while (clock.now() < ms) {
    await clock.advance(10);
    each(clock.now());
  }
  return { share: used / (ms - from), longest };
}

describe('a window', () => {
  test.each([
    ['1 Mbit/s, 20 ms', { rate: mbit, roundTrip: 20 }],
    ['10 Mbit/s, 50 ms', { rate: 10 * mbit, roundTrip: 50 }],
    ['10 Mbit/s, 1 ms', { rate: 10 * mbit, roundTrip: 1 }],
    ['100 Mbit/s, 50 ms', { rate: 100 * mbit, roundTrip: 50 }],
    ['100 Mbit/s, 200 ms', { rate: 100 * mbit, roundTrip: 200 }],
  ])('fills a link of %s, and lets what comes next wait for a moment only', async (_what, link) => {
    const { share, longest } = await upload(link, 30_000, 5000);
    expect(share).toBeGreaterThan(0.95);
    expect(longest).toBeLessThan(450);
  });

  test('follows a link that becomes faster', async () => {
    const link = { rate: mbit, roundTrip: 40 };
    const { share } = await upload(link, 20_000, 10_000, (now) => void (now >= 5000 && (link.rate = 20 * mbit)));
    expect(share).toBeGreaterThan(0.9);
  });

  test('follows a link that becomes slower', async () => {
    const link = { rate: 20 * mbit, roundTrip: 40 };
    const { longest } = await upload(link, 40_000, 15_000, (now) => void (now >= 5000 && (link.rate = 2 * mbit)));
    expect(longest).toBeLessThan(500);
  });

  test('does not starve when the way becomes longer', async () => {
    const link = { rate: 10 * mbit, roundTrip: 10 };
    const { share } = await upload(link, 60_000, 30_000, (now) => void (now >= 5000 && (link.roundTrip = 150)));
    expect(share).toBeGreaterThan(0.9);
  });

  test('takes no pause for a slow link', async () => {
    const clock = new FakeClock();
    const window = new SendWindow(clock);
    const send = async (bytes: number, ms: number) => {
      const total = window.add(bytes);
      await clock.advance(ms);
      window.arrived(total);
    };
    for (let i = 0; i < 50; i++) await send(60_000, 10);
    const size = window.size;
    await clock.advance(60_000);
    await send(60_000, 10);
    expect(window.size).toBeGreaterThan(size / 2);
  });

  test('holds nothing of what has arrived', async () => {
    const clock = new FakeClock();
    const window = new SendWindow(clock);
    const totals = [10, 20, 30].map((bytes) => window.add(bytes));
    window.arrived(totals[1]!);
    expect(window.underWay).toBe(30);
    window.arrived(totals[0]!);
    expect(window.underWay).toBe(30);
    window.arrived(totals[2]!);
    expect(window.underWay).toBe(0);
  });
});
