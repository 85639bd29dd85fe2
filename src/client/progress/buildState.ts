/**
 * What is known of a running build, as one immutable value: the state behind every kind of display.
 *
 * Local time (`now`) is any clock that never goes back, in milliseconds. The builder's clock may be hours away from ours,
 * so its times are only ever compared with each other; how long a step has been running is counted from when we heard
 * of it.
 */
import { progressLimits } from './limits.ts';
import type { LineAdded, StepChange, StepUpdate, TaskUpdate, WarningAdded } from './stepChange.ts';

export interface BuildState {
  /** In the order in which they began; those that still wait are last. */
  readonly steps: readonly Step[];
  readonly warnings: readonly WarningAdded[];
}

export interface Step {
  readonly id: string;
  readonly name: string;
  readonly cached: boolean;
  /** By the builder's clock. */
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly error: string;
  /** Local time when its start was first seen. */
  readonly seenAt: number | undefined;
  readonly tasks: readonly Task[];
  /** Its last lines of output. */
  readonly tail: readonly Line[];
}

export type Task = Omit<TaskUpdate, 'type' | 'step'> & { readonly seenAt: number };

export type Line = Omit<LineAdded, 'type' | 'step'>;

export type StepStatus = 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'cancelled';

export const emptyBuild: BuildState = { steps: [], warnings: [] };

export function reduceBuild(state: BuildState, change: StepChange, now: number): BuildState {
  switch (change.type) {
    case 'step':
      return withBegunFirst(withStep(state, change.step, (step) => updateStep(step, change, now)));
    case 'task':
      return withStep(state, change.step, (step) => ({ ...step, tasks: updateTasks(step.tasks, change, now) }));
    case 'line':
      return withStep(state, change.step, (step) => ({ ...step, tail: appended(step.tail, lineOf(change)) }));
    case 'warning':
      if (state.warnings.length >= progressLimits.warnings) return state;
      return { ...state, warnings: [...state.warnings, change] };
  }
}

export function statusOf(step: Step): StepStatus {
  if (step.error !== '') return wasCancelled(step.error) ? 'cancelled' : 'failed';
  if (step.completed !== undefined) return step.cached ? 'cached' : 'done';
  return step.started === undefined ? 'waiting' : 'running';
}

/** Whether nothing more is expected of the step. */
export function hasEnded(step: Step): boolean {
  return step.completed !== undefined || step.error !== '';
}

/** How long a step or one of its parts took, or has taken until `now`; in milliseconds. */
export function elapsed(part: Pick<Step, 'started' | 'completed' | 'seenAt'>, now: number): number {
  if (part.completed !== undefined) return part.completed - (part.started ?? part.completed);
  return part.seenAt === undefined ? 0 : now - part.seenAt;
}

/** A build that ends early cancels the steps that still run: their errors are no news. */
function wasCancelled(error: string): boolean {
  return error.endsWith('context canceled');
}

function withStep(state: BuildState, id: string, change: (step: Step) => Step): BuildState {
  // Most changes are about the latest steps.
  const at = state.steps.findLastIndex((step) => step.id === id);
  const found = state.steps[at];
  if (found === undefined) return { ...state, steps: [...state.steps, change(unnamedStep(id))] };
  return { ...state, steps: state.steps.with(at, change(found)) };
}

/** A builder announces steps from the last one to the first; here each moves up when it begins. */
function withBegunFirst(state: BuildState): BuildState {
  const isWaiting = (step: Step) => statusOf(step) === 'waiting';
  const firstWaiting = state.steps.findIndex(isWaiting);
  const isSorted = firstWaiting === -1 || state.steps.slice(firstWaiting).every(isWaiting);
  if (isSorted) return state;
  const begun = state.steps.filter((step) => !isWaiting(step));
  return { ...state, steps: [...begun, ...state.steps.filter(isWaiting)] };
}

/** For output that arrives ahead of its step. */
function unnamedStep(id: string): Step {
  const times = { started: undefined, completed: undefined, seenAt: undefined };
  return { id, name: id, cached: false, error: '', ...times, tasks: [], tail: [] };
}

function updateStep(step: Step, update: StepUpdate, now: number): Step {
  const { name, cached, started, completed, error } = update;
  const isNewRun = started !== undefined && started !== step.started;
  return { ...step, name, cached, started, completed, error, seenAt: isNewRun ? now : step.seenAt };
}

function updateTasks(tasks: readonly Task[], update: TaskUpdate, now: number): readonly Task[] {
  const { task, label, amount, started, completed } = update;
  const at = tasks.findIndex((known) => known.task === task);
  const known = tasks[at];
  if (known !== undefined) return tasks.with(at, { ...known, label, amount, started, completed });
  return [...tasks, { task, label, amount, started, completed, seenAt: now }].slice(-progressLimits.tasks);
}

function lineOf({ text, timestamp }: LineAdded): Line {
  return { text, timestamp };
}

function appended(tail: readonly Line[], line: Line): readonly Line[] {
  return [...tail.slice(-(progressLimits.tailLines - 1)), line];
}
