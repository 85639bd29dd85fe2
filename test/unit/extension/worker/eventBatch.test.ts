import { beforeEach, describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import { EventBatch } from '../../../../src/extension/worker/eventBatch.ts';
import { workerLimits } from '../../../../src/extension/worker/limits.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

let clock: FakeClock;
let told: (readonly ProgressEvent[])[];
let batch: EventBatch;

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  batch = new EventBatch(clock, (events) => told.push(events));
});

const event = (timestamp: number): ProgressEvent => ({ type: 'sync', phase: 'scan', state: 'running', timestamp });

describe('events of a build', () => {
  test('that come at about the same time are one message', async () => {
    batch.add(event(1));
    await clock.advance(workerLimits.batchInterval - 1);
    batch.add(event(2));
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([[event(1), event(2)]]);
    batch.add(event(3));
    await clock.advance(workerLimits.batchInterval);
    expect(told).toEqual([[event(1), event(2)], [event(3)]]);
  });

  test('are not gathered without bound', () => {
    for (let i = 0; i < workerLimits.batchEvents + 1; i++) batch.add(event(i));
    expect(told.map(({ length }) => length)).toEqual([workerLimits.batchEvents]);
  });

  test('are told before the end, once', async () => {
    batch.flush();
    batch.add(event(1));
    batch.flush();
    expect(told).toEqual([[event(1)]]);
    await clock.advance(workerLimits.batchInterval - 1);
    expect(told).toHaveLength(1);
    // What comes later waits for its own time.
    batch.add(event(2));
    await clock.advance(workerLimits.batchInterval - 1);
    expect(told).toHaveLength(1);
    await clock.advance(1);
    expect(told).toEqual([[event(1)], [event(2)]]);
  });
});
