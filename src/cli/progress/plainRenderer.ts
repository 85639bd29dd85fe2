import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { PlainOptions } from '../../client/progress/plainProgress.ts';
import { PlainProgress } from '../../client/progress/plainProgress.ts';
import type { ProgressEvent, ProgressOutcome } from '../../client/progress/progressEvent.ts';
import type { ProgressRenderer } from './progressRenderer.ts';
import type { ProgressStream } from './progressStream.ts';
import { flushed } from './progressStream.ts';

/** Events of so many milliseconds are printed together, so that those of one step stand together. */
const drainMs = 100;

/** Prints a build as lines that are never taken back: for logs, pipes and CI. */
export class PlainRenderer implements ProgressRenderer {
  readonly #stream: ProgressStream;
  readonly #clock: Clock;
  readonly #progress: PlainProgress;
  #timer: Disposable | undefined;
  #finished = false;

  constructor(stream: ProgressStream, clock: Clock, options: PlainOptions) {
    this.#stream = stream;
    this.#clock = clock;
    this.#progress = new PlainProgress(options);
  }

  update(event: ProgressEvent): void {
    if (this.#finished) return;
    this.#progress.push(event, this.#clock.now());
    this.#timer ??= this.#clock.schedule(drainMs, () => this.#drain());
  }

  async finish(outcome: ProgressOutcome): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#timer?.dispose();
    this.#print(this.#progress.finish(outcome, this.#clock.now()));
    await flushed(this.#stream);
  }

  #drain(): void {
    this.#print(this.#progress.drain(this.#clock.now()));
    this.#timer = this.#progress.waiting ? this.#clock.schedule(drainMs, () => this.#drain()) : undefined;
  }

  #print(lines: readonly string[]): void {
    if (lines.length > 0) this.#stream.write(lines.map((line) => `${line}\n`).join(''));
  }
}
