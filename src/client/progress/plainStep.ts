import type { Step, StepStatus, Task } from './buildState.ts';
import { elapsed, hasEnded, statusOf } from './buildState.ts';
import { formatLogTime, formatSeconds } from './format.ts';
import { progressLimits } from './limits.ts';
import type { Paint } from './paint.ts';
import type { StepChange } from './stepChange.ts';

/** One thing to print about a step: a finished text, or a task, of which only the latest amount counts. */
type Item = { readonly text: string } | { readonly task: string };

interface TaskRecord {
  /** Local time when it was last printed. */
  printedAt: number;
  printedEnd: boolean;
}

/** What plain mode has still to print about one step. */
export class PlainStep {
  /** Given when it is printed for the first time. */
  number: number | undefined;
  #items: Item[] = [];
  readonly #tasks = new Map<string, TaskRecord>();
  #begun = false;
  /** How it ended, once that is printed. */
  #printedEnd: StepStatus | undefined;
  #waitingSince = Infinity;

  /** Local time of the oldest change that is not printed yet. */
  get waitingSince(): number {
    return this.#waitingSince;
  }

  /** Lines that wait. */
  get held(): number {
    return this.#items.length;
  }

  /** Notes a change of `step`, which already holds it. */
  note(change: StepChange, step: Step, now: number): void {
    this.#waitingSince = Math.min(this.#waitingSince, now);
    // A builder looks at a finished step again and again; its end is news again when it really did something.
    if (change.type !== 'step' && !hasEnded(step)) this.#printedEnd = undefined;
    switch (change.type) {
      case 'step':
        break;
      case 'task':
        this.#noteTask(change.task, change.completed !== undefined, now);
        break;
      case 'line':
        this.#items.push({
          text: `${formatLogTime(change.timestamp - (step.started ?? change.timestamp))} ${change.text}`,
        });
        break;
      case 'warning':
        this.#items.push({ text: `WARN: ${change.message}` });
        break;
    }
  }

  /** Whether there is something to print now. A step that still waits for its inputs is not shown. */
  isDue(step: Step): boolean {
    if (this.#items.length > 0) return true;
    return hasEnded(step) ? this.#endIsNews(step) : step.started !== undefined && !this.#begun;
  }

  /** Takes what is to print, without number and name. */
  take(step: Step, now: number, paint: Paint): string[] {
    const texts = this.#items.flatMap((item) => ('text' in item ? item.text : this.#takeTask(step, item.task, now)));
    this.#items = [];
    this.#waitingSince = Infinity;
    this.#begun = true;
    if (!hasEnded(step) || !this.#endIsNews(step)) return texts;
    const status = statusOf(step);
    this.#printedEnd = status;
    return [...texts, paint[status](endText(step))];
  }

  #endIsNews(step: Step): boolean {
    return this.#printedEnd === undefined || (step.error !== '' && this.#printedEnd !== statusOf(step));
  }

  #noteTask(task: string, ended: boolean, now: number): void {
    if (this.#items.some((item) => 'task' in item && item.task === task)) return;
    const record = this.#tasks.get(task);
    // Going on after its end, it has begun anew.
    if (record !== undefined && !ended) record.printedEnd = false;
    const isDue = record === undefined || now - record.printedAt >= progressLimits.taskIntervalMs;
    if (ended ? !record?.printedEnd : isDue) this.#items.push({ task });
  }

  #takeTask(step: Step, id: string, now: number): string[] {
    const task = step.tasks.find((known) => known.task === id);
    if (task === undefined) return [];
    this.#tasks.delete(id);
    this.#tasks.set(id, { printedAt: now, printedEnd: task.completed !== undefined });
    const [oldest = id] = this.#tasks.keys();
    if (this.#tasks.size > progressLimits.tasks) this.#tasks.delete(oldest);
    return [taskText(task, now)];
  }
}

/** As in `transferring context: 1.20MB / 3.00MB 0.3s done`. */
function taskText(task: Task, now: number): string {
  const ms = elapsed(task, now);
  const parts = [task.label, task.amount, ms > 10 ? formatSeconds(ms) : '', task.completed === undefined ? '' : 'done'];
  return parts.filter((part) => part !== '').join(' ');
}

function endText(step: Step): string {
  const status = statusOf(step);
  if (status === 'failed') return `ERROR: ${step.error}`;
  if (status === 'cancelled') return 'CANCELED';
  return status === 'cached' ? 'CACHED' : `DONE ${formatSeconds(elapsed(step, 0))}`;
}
