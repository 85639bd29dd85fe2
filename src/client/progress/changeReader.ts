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

/** Turns what a builder and a sync tell into what can be shown. One reader serves one build. */
export class ChangeReader {
  readonly #sync = new SyncSteps();
  /** Of each step: its unfinished lines. */
  readonly #output = new Map<string, LogLines>();
  readonly #completed = new Set<string>();

  /** The changes of one event, in order. Steps beyond the limit are left out. */
  read(event: ProgressEvent): StepChange[] {
    if (event.type === 'sync') return this.#sync.read(event);
    const step = event.type === 'vertex' ? event.digest : event.vertex;
    if (!this.#output.has(step)) {
      if (this.#output.size >= progressLimits.steps) return [];
      this.#output.set(step, new LogLines());
    }
    return this.#readBuild(event);
  }

  /** The last, unfinished lines: after the last event. */
  end(): StepChange[] {
    return [...this.#output.keys()].flatMap((step) => this.#flush(step));
  }

  #readBuild(event: BuildEvent): StepChange[] {
    switch (event.type) {
      case 'vertex':
        return this.#readVertex(event);
      case 'status':
        return [taskUpdate(event)];
      case 'log': {
        const lines = this.#lines(event.vertex)
          .push(event)
          .map((line) => lineAdded(event.vertex, line));
        // Output that arrives behind the end of its step waits for nothing more.
        return this.#completed.has(event.vertex) ? [...lines, ...this.#flush(event.vertex)] : lines;
      }
      case 'warning':
        return [warningAdded(event)];
      default:
        return unreachable(event);
    }
  }

  #readVertex(event: VertexEvent): StepChange[] {
    if (event.completed === undefined) {
      this.#completed.delete(event.digest);
      return [stepUpdate(event)];
    }
    this.#completed.add(event.digest);
    return [...this.#flush(event.digest), stepUpdate(event)];
  }

  #flush(step: string): LineAdded[] {
    return this.#lines(step)
      .flush()
      .map((line) => lineAdded(step, line));
  }

  #lines(step: string): LogLines {
    return this.#output.get(step) ?? new LogLines();
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
