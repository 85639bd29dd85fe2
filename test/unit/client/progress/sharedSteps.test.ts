import { expect, it } from 'vitest';
import { SharedSteps } from '../../../../src/client/progress/sharedSteps.ts';
import type { BuildEvent } from '../../../../src/context/buildEvent.ts';
import { log, vertex } from '../../../support/buildEvents.ts';

it('tells each step and its output as the build saw it that heard of it first', () => {
  const told: BuildEvent[] = [];
  const steps = new SharedSteps((event) => told.push(event));
  const [one, two] = [steps.listener(), steps.listener()];
  const events = [vertex('shared'), log('shared', 1, 'a'), vertex('own')];
  one(events[0]!);
  two(vertex('shared'));
  two(log('shared', 1, 'a'));
  one(events[1]!);
  two(events[2]!);
  expect(told).toEqual(events);
});

it('tells what is about no step, whoever says it', () => {
  const told: BuildEvent[] = [];
  const steps = new SharedSteps((event) => told.push(event));
  const warning = { type: 'warning', vertex: '', message: 'm', detail: '', url: '', line: 0 } as const;
  steps.listener()(warning);
  steps.listener()(warning);
  expect(told).toEqual([warning, warning]);
});
