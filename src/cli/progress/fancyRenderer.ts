import { createLogUpdate } from 'log-update';
import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { BuildState } from '../../client/progress/buildState.ts';
import { emptyBuild, reduceBuild } from '../../client/progress/buildState.ts';
import { ChangeReader } from '../../client/progress/changeReader.ts';
import { endingLines } from '../../client/progress/ending.ts';
import { withoutColours } from '../../client/progress/logText.ts';
import { colourPaint, noPaint } from '../../client/progress/paint.ts';
import type { ProgressEvent, ProgressOutcome } from '../../client/progress/progressEvent.ts';
import type { StepChange } from '../../client/progress/stepChange.ts';
import { renderFrame } from './fancyFrame.ts';
import type { ProgressRenderer } from './progressRenderer.ts';
import type { ProgressStream } from './progressStream.ts';
import { flushed } from './progressStream.ts';

/** The picture is drawn at most so often, and while the build runs at least so often: the times go on. */
const redrawMs = 100;

/** Shows a build as one picture that is redrawn in place. The last one stays on the screen. */
export class FancyRenderer implements ProgressRenderer {
  readonly #stream: ProgressStream;
  readonly #clock: Clock;
  readonly #colours: boolean;
  readonly #screen: ReturnType<typeof createLogUpdate>;
  readonly #reader = new ChangeReader();
  readonly #startedAt: number;
  #state: BuildState = emptyBuild;
  #timer: Disposable | undefined;
  #finished = false;
  /** Behind the header of every second picture. */
  #space = '';

  constructor(stream: ProgressStream, clock: Clock, options: { readonly colours: boolean }) {
    this.#stream = stream;
    this.#clock = clock;
    this.#colours = options.colours;
    this.#startedAt = clock.now();
    // log-update hides the cursor of process.stderr whatever the stream is: only right when they are the same.
    this.#screen = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: stream !== process.stderr });
  }

  update(event: ProgressEvent): void {
    if (this.#finished) return;
    this.#apply(this.#reader.read(event));
    this.#timer ??= this.#clock.schedule(redrawMs, () => this.#redraw());
  }

  async finish(outcome: ProgressOutcome): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#timer?.dispose();
    this.#apply(this.#reader.end());
    // The last picture is written as ordinary lines, because log-update would cut it to the height of the terminal.
    this.#screen.clear();
    this.#screen.done();
    const ending = endingLines(this.#state, outcome);
    const lines = [
      ...this.#frame(endingWord(outcome), undefined),
      ...(this.#colours ? ending : ending.map(withoutColours)),
    ];
    if (this.#state.steps.length > 0) this.#stream.write(lines.map((line) => `${line}\n`).join(''));
    await flushed(this.#stream);
  }

  #apply(changes: readonly StepChange[]): void {
    for (const change of changes) this.#state = reduceBuild(this.#state, change, this.#clock.now());
  }

  #redraw(): void {
    // log-update ends the picture with a line feed, so the cursor needs a row of its own.
    const [header = '', ...lines] = this.#frame('', (this.#stream.rows || 24) - 1);
    // It redraws only what differs, but where a line came in between it does not move those below (7.2.0). With a header
    // that always differs it redraws everything.
    this.#space = this.#space === '' ? ' ' : '';
    this.#screen([header + this.#space, ...lines].join('\n'));
    this.#timer = this.#clock.schedule(redrawMs, () => this.#redraw());
  }

  #frame(ending: string, rows: number | undefined): string[] {
    return renderFrame(this.#state, {
      now: this.#clock.now(),
      startedAt: this.#startedAt,
      // The last column stays free: terminals differ in what they do once it is full.
      columns: Math.max(1, (this.#stream.columns || 80) - 1),
      rows,
      ending,
      paint: this.#colours ? colourPaint : noPaint,
    });
  }
}

function endingWord(outcome: ProgressOutcome): string {
  if (outcome.ok) return 'FINISHED';
  return outcome.error.code === 'CANCELLED' ? 'CANCELED' : 'FAILED';
}
