import { escapeControls } from '../../base/bytes.ts';
import { unreachable } from '../../base/errors.ts';
import type { BuildEvent, StatusEvent, VertexEvent, WarningEvent } from '../../context/buildEvent.ts';
import { formatBytes } from './format.ts';
import { progressLimits } from './limits.ts';
import type { LogLine } from './logLines.ts';
import { LogLines } from './logLines.ts';
import { logText } from './logText.ts';
import type { ProgressEvent } from './progressEvent.ts';
import type { LineAdded, StepChange, StepUpdate, TaskUpdate, WarningAdded } from './stepChange.ts';
import { SyncSteps } from './syncSteps.ts';

/** What is known of one step's output. */
interface Output {
  readonly lines: LogLines;
  ended: boolean;
}

/** Turns what a builder and a sync tell into what can be shown. One reader serves one build. */
export class ChangeReader {
  readonly #sync = new SyncSteps();
  readonly #outputs = new Map<string, Output>();

  /** The changes of one event, in order. Steps beyond the limit are left out. */
  read(event: ProgressEvent): StepChange[] {
    if (event.type === 'sync') return this.#sync.read(event);
    const output = this.#outputOf(event.type === 'vertex' ? event.digest : event.vertex);
    return output === undefined ? [] : readBuild(event, output);
  }

  /**
   * The unfinished lines of steps that have ended. To be called when a batch of events has been read, not sooner: a
   * builder tells of the end of a step first and of its last output then.
   */
  settle(): StepChange[] {
    return this.#flush(({ ended }) => ended);
  }

  /** The unfinished lines of all steps: after the last event. */
  end(): StepChange[] {
    return this.#flush(() => true);
  }

  #flush(chosen: (output: Output) => boolean): StepChange[] {
    const changes: StepChange[] = [];
    for (const [step, output] of this.#outputs) {
      if (chosen(output)) changes.push(...output.lines.flush().map((line) => lineAdded(step, line)));
    }
    return changes;
  }

  #outputOf(step: string): Output | undefined {
    const known = this.#outputs.get(step);
    if (known !== undefined || this.#outputs.size >= progressLimits.steps) return known;
    const output = { lines: new LogLines(), ended: false };
    this.#outputs.set(step, output);
    return output;
  }
}

function readBuild(event: BuildEvent, output: Output): StepChange[] {
  switch (event.type) {
    case 'vertex':
      output.ended = event.completed !== undefined;
      return [stepUpdate(event)];
    case 'status':
      return [taskUpdate(event)];
    case 'log':
      return output.lines.push(event).map((line) => lineAdded(event.vertex, line));
    case 'warning':
      return [warningAdded(event)];
    default:
      return unreachable(event);
  }
}

function stepUpdate(event: VertexEvent): StepUpdate {
  return {
    type: 'step',
    step: event.digest,
    name: escapeControls(event.name === '' ? event.digest : event.name),
    cached: event.cached,
    started: event.started,
    completed: event.completed,
    error: escapeControls(event.error),
  };
}

function taskUpdate(event: StatusEvent): TaskUpdate {
  return {
    type: 'task',
    step: event.vertex,
    task: event.id,
    label: escapeControls(event.id),
    amount: amountOf(event),
    started: event.started,
    completed: event.completed,
  };
}

function amountOf(event: StatusEvent): string {
  if (event.total > 0) return `${formatBytes(event.current)} / ${formatBytes(event.total)}`;
  return event.current > 0 ? formatBytes(event.current) : '';
}

function lineAdded(step: string, line: LogLine): LineAdded {
  return { type: 'line', step, text: logText(line.bytes), timestamp: line.timestamp };
}

function warningAdded(event: WarningEvent): WarningAdded {
  return {
    type: 'warning',
    step: event.vertex,
    message: escapeControls(event.message),
    detail: event.detail === '' ? [] : event.detail.split(/\r?\n/).map(escapeControls),
    url: escapeControls(event.url),
    line: event.line,
  };
}
