import { describe, expect, test } from 'vitest';
import type { BuildState } from '../../../../src/client/progress/buildState.ts';
import { elapsed, emptyBuild, hasEnded, reduceBuild, statusOf } from '../../../../src/client/progress/buildState.ts';
import { progressLimits } from '../../../../src/client/progress/limits.ts';
import type { StepChange, StepUpdate, TaskUpdate } from '../../../../src/client/progress/stepChange.ts';

function step(id: string, rest: Partial<StepUpdate> = {}): StepUpdate {
  const none = { cached: false, started: undefined, completed: undefined, error: '' };
  return { type: 'step', step: id, name: `step ${id}`, ...none, ...rest };
}

function task(id: string, name: string, rest: Partial<TaskUpdate> = {}): TaskUpdate {
  return { type: 'task', step: id, task: name, label: name, amount: '', started: 0, completed: undefined, ...rest };
}

const line = (id: string, text: string): StepChange => ({ type: 'line', step: id, text, timestamp: 0 });

/** The state after changes that come 10 ms apart, the first one at 10. */
function after(...changes: StepChange[]): BuildState {
  return changes.reduce((state, change, index) => reduceBuild(state, change, 10 * (index + 1)), emptyBuild);
}

const ids = (state: BuildState) => state.steps.map(({ id }) => id);

describe('the state of a build', () => {
  test('has steps in the order in which they begin', () => {
    const state = after(step('c'), step('b'), step('a'), step('a', { started: 1 }), step('c', { started: 2 }));
    expect(ids(state)).toEqual(['a', 'c', 'b']);
  });

  test('never changes a value that it gave', () => {
    const before = after(step('a'), task('a', 't'), line('a', 'x'));
    const copy = structuredClone(before);
    for (const change of [step('a', { started: 1 }), task('a', 't', { amount: '1B' }), line('a', 'y'), step('b')]) {
      reduceBuild(before, change, 99);
    }
    expect(before).toEqual(copy);
  });

  test.each([
    ['waiting', {}],
    ['running', { started: 1 }],
    ['done', { started: 1, completed: 2 }],
    ['cached', { started: 1, completed: 1, cached: true }],
    ['failed', { started: 1, completed: 2, error: 'exit code: 1' }],
    ['cancelled', { started: 1, completed: 2, error: 'solve: context canceled' }],
  ])('tells that a step is %s', (status, update) => {
    const [only] = after(step('a', update)).steps;
    expect(statusOf(only!)).toBe(status);
    expect(hasEnded(only!)).toBe(status !== 'waiting' && status !== 'running');
  });

  test('counts a running step by our clock and an ended one by the builder’s', () => {
    const hoursAhead = 3 * 3600_000;
    const running = after(step('a', { started: hoursAhead }));
    expect(elapsed(running.steps[0]!, 250)).toBe(240);
    const ended = reduceBuild(running, step('a', { started: hoursAhead, completed: hoursAhead + 200 }), 999);
    expect(elapsed(ended.steps[0]!, 5000)).toBe(200);
  });

  test('keeps a step’s clock when it is told of again, and starts it anew for a new run', () => {
    const once = after(step('a', { started: 1 }), step('a', { started: 1 }));
    expect(once.steps[0]!.seenAt).toBe(10);
    expect(reduceBuild(once, step('a', { started: 2 }), 70).steps[0]!.seenAt).toBe(70);
  });

  test('has one task per part, the latest news of it', () => {
    const state = after(step('a'), task('a', 'x'), task('a', 'y'), task('a', 'x', { amount: '2B', completed: 5 }));
    expect(state.steps[0]!.tasks).toMatchObject([
      { task: 'x', amount: '2B', completed: 5, seenAt: 20 },
      { task: 'y', amount: '' },
    ]);
  });

  test('keeps output that comes ahead of its step', () => {
    const state = after(line('a', 'early'), step('a', { started: 1 }));
    expect(state.steps).toMatchObject([{ id: 'a', name: 'step a', tail: [{ text: 'early' }] }]);
  });

  test('is bounded', () => {
    const { tailLines, tasks, warnings } = progressLimits;
    const many = (count: number, make: (i: number) => StepChange) => Array.from({ length: count }, (_, i) => make(i));
    const state = after(
      ...many(tailLines + 3, (i) => line('a', String(i))),
      ...many(tasks + 3, (i) => task('a', String(i))),
      ...many(warnings + 3, (i) => ({ type: 'warning', step: 'a', message: String(i), detail: [], url: '', line: 0 })),
    );
    expect(state.steps[0]!.tail).toHaveLength(tailLines);
    expect(state.steps[0]!.tail.at(-1)!.text).toBe(String(tailLines + 2));
    expect(state.steps[0]!.tasks).toHaveLength(tasks);
    expect(state.warnings).toHaveLength(warnings);
  });
});
