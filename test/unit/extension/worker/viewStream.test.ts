import { beforeEach, describe, expect, test } from 'vitest';
import type { ContextView } from '../../../../src/extension/link/workerApi.ts';
import { workerLimits } from '../../../../src/extension/worker/limits.ts';
import { ViewStream } from '../../../../src/extension/worker/viewStream.ts';
import { someError, someView } from '../../../support/contextViews.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

const { progressInterval } = workerLimits;

let clock: FakeClock;
let told: ContextView[];
let views: ViewStream;

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  views = new ViewStream(clock, (view) => told.push(view));
});

const sentBytes = (bytes: number) => someView({ busy: true, sent: { files: 1, bytes } });

describe('a view', () => {
  test.each([
    { snapshot: 'sha256:other' },
    { inSync: false },
    { primed: false },
    { link: 'waiting' },
    { attached: true },
    { failure: someError },
    { problems: [{ path: 'a', kind: 'busy', message: 'm' }], problemCount: 1 },
    { files: 13 },
  ] satisfies Partial<ContextView>[])('that differs in %j is told at once', (change) => {
    views.offer(someView());
    views.offer(someView(change));
    expect(told).toEqual([someView(), someView(change)]);
  });

  test('that is equal is not told again', async () => {
    views.offer(someView({ failure: { ...someError } }));
    await clock.advance(10 * progressInterval);
    views.offer(someView({ failure: { ...someError } }));
    await clock.advance(10 * progressInterval);
    expect(told).toHaveLength(1);
  });

  test('of mere progress is told now and then, the latest of them', async () => {
    views.offer(sentBytes(0));
    for (let ms = 10; ms <= 1000; ms += 10) {
      await clock.advance(10);
      views.offer(sentBytes(ms));
    }
    await clock.advance(progressInterval);
    expect(told.length).toBeLessThanOrEqual(1 + 1000 / progressInterval + 1);
    expect(told.length).toBeGreaterThanOrEqual(1000 / progressInterval);
    expect(told.at(-1)).toEqual(sentBytes(1000));
  });

  test('of progress after a quiet while is told at once', async () => {
    views.offer(sentBytes(0));
    await clock.advance(progressInterval);
    views.offer(sentBytes(1));
    expect(told).toHaveLength(2);
  });

  test('that matters takes along the progress that waited', async () => {
    views.offer(sentBytes(0));
    views.offer(sentBytes(1));
    views.offer(someView({ inSync: false }));
    await clock.advance(progressInterval);
    expect(told).toEqual([sentBytes(0), someView({ inSync: false })]);
  });

  test('of what was busy for a moment only is not told', async () => {
    views.offer(someView());
    views.offer(someView({ busy: true }));
    views.offer(someView());
    await clock.advance(progressInterval);
    expect(told).toEqual([someView()]);
  });

  test('that was told is told again when it is asked for', () => {
    views.repeat();
    views.offer(someView());
    views.repeat();
    expect(told).toEqual([someView(), someView()]);
  });

  test('is not told after the end', async () => {
    views.offer(sentBytes(0));
    views.offer(sentBytes(1));
    views.dispose();
    await clock.advance(progressInterval);
    expect(told).toHaveLength(1);
  });
});
