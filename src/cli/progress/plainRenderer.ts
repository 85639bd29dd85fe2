import type { Clock } from '../../base/time.ts';
import { PlainPrinter } from '../../client/progress/plainPrinter.ts';
import type { PlainOptions } from '../../client/progress/plainProgress.ts';
import type { ProgressEvent, ProgressOutcome } from '../../client/progress/progressEvent.ts';
import type { ProgressRenderer } from './progressRenderer.ts';
import type { ProgressStream } from './progressStream.ts';
import { flushed } from './progressStream.ts';

/** Prints a build as lines that are never taken back: for logs, pipes and CI. */
export class PlainRenderer implements ProgressRenderer {
  readonly #stream: ProgressStream;
  readonly #printer: PlainPrinter;

  constructor(stream: ProgressStream, clock: Clock, options: PlainOptions) {
    this.#stream = stream;
    const print = (lines: readonly string[]) => void stream.write(lines.map((line) => `${line}\n`).join(''));
    this.#printer = new PlainPrinter(print, clock, options);
  }

  update(event: ProgressEvent): void {
    this.#printer.update(event);
  }

  async finish(outcome: ProgressOutcome): Promise<void> {
    this.#printer.finish(outcome);
    await flushed(this.#stream);
  }
}
