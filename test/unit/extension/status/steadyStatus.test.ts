import { beforeEach, expect, test } from 'vitest';
import type { Phase } from '../../../../src/extension/status/statusModel.ts';
import { spinnerAfterMs } from '../../../../src/extension/status/statusModel.ts';
import { SteadyStatus } from '../../../../src/extension/status/steadyStatus.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

let clock: FakeClock;
let shown: string[];
let steady: SteadyStatus;

beforeEach(() => {
  clock = new FakeClock();
  shown = [];
  steady = new SteadyStatus(clock, ({ text }) => shown.push(text));
});

const update = (phase: Phase, text: string = phase) => steady.update({ phase, text, label: text });

test('a sync that is over quickly is never seen, its result at once', async () => {
  update('inSync', 'one');
  update('syncing');
  await clock.advance(spinnerAfterMs - 1);
  update('inSync', 'two');
  await clock.advance(10 * spinnerAfterMs);
  expect(shown).toEqual(['one', 'two']);
});

test('one that lasts is seen, with the latest that is known of it', async () => {
  update('inSync');
  update('syncing', 'syncing 1');
  await clock.advance(100);
  update('syncing', 'syncing 2');
  await clock.advance(spinnerAfterMs - 100);
  update('syncing', 'syncing 3');
  expect(shown).toEqual(['inSync', 'syncing 2', 'syncing 3']);
});

test('the first state is shown as it is', () => {
  update('syncing');
  expect(shown).toEqual(['syncing']);
});

test('everything else is shown at once, and the same but once', () => {
  update('inSync');
  update('building');
  update('building');
  update('offline');
  expect(shown).toEqual(['inSync', 'building', 'offline']);
});

test('after disposal nothing is shown any more', async () => {
  update('inSync');
  update('syncing');
  steady.dispose();
  await clock.advance(1000);
  expect(shown).toEqual(['inSync']);
});
