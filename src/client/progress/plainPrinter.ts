import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { PlainOptions } from './plainProgress.ts';
import { PlainProgress } from './plainProgress.ts';
import type { ProgressEvent, ProgressOutcome } from './progressEvent.ts';

/** Events of so many milliseconds are printed together, so that those of one step stand together. */
const drainMs = 100;

/** Prints a build as plain lines while it runs, soon after they come. `print` gets them without line ends. */
export class PlainPrinter {
  readonly #print: (lines: readonly string[]) => void;
  readonly #clock: Clock;
  readonly #progress: PlainProgress;
  #timer: Disposable | undefined;
  #finished = false;

  constructor(print: (lines: readonly string[]) => void, clock: Clock, options: PlainOptions) {
    this.#print = print;
    this.#clock = clock;
    this.#progress = new PlainProgress(options);
  }

  update(event: ProgressEvent): void {
    if (this.#finished) return;
    this.#progress.push(event, this.#clock.now());
    this.#timer ??= this.#clock.schedule(drainMs, () => this.#drain());
  }

  /** Prints what is left, and how it ended. To be called once; what comes later is ignored. */
  finish(outcome: ProgressOutcome): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#timer?.dispose();
    this.#printSome(this.#progress.finish(outcome, this.#clock.now()));
  }

  #drain(): void {
    this.#printSome(this.#progress.drain(this.#clock.now()));
    this.#timer = this.#progress.waiting ? this.#clock.schedule(drainMs, () => this.#drain()) : undefined;
  }

  #printSome(lines: readonly string[]): void {
    if (lines.length > 0) this.#print(lines);
  }
}
