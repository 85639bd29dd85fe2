/**
 * A build as plain lines, as in BuildKit's plain mode: `#5 0.123 text`, `#5 DONE 0.3s`.
 *
 * Steps have numbers in order of their first appearance. A block of lines belongs to one step and begins with its name;
 * blocks are a blank line apart, and `#5 ...` ends a block whose step goes on. Where steps run at once, one has the
 * turn and the output of the others waits until that one ends, or its turn is over.
 *
 * `push` only takes note, `drain` gives the lines: between them events may arrive in any order, so the output of a step
 * still comes before its end.
 */
import type { BuildState, Step } from './buildState.ts';
import { emptyBuild, hasEnded, reduceBuild } from './buildState.ts';
import { ChangeReader } from './changeReader.ts';
import { endingLines } from './ending.ts';
import { progressLimits } from './limits.ts';
import { withoutColours } from './logText.ts';
import type { Paint } from './paint.ts';
import { noPaint } from './paint.ts';
import { PlainStep } from './plainStep.ts';
import type { ProgressEvent, ProgressOutcome } from './progressEvent.ts';
import type { StepChange } from './stepChange.ts';

export interface PlainOptions {
  /** Whether output of the build keeps its colours. */
  readonly colours: boolean;
  /** Colours of our own, on top; none by default. */
  readonly paint?: Paint;
}

export class PlainProgress {
  readonly #colours: boolean;
  readonly #paint: Paint;
  readonly #reader = new ChangeReader();
  #state: BuildState = emptyBuild;
  /** By step id. */
  readonly #plain = new Map<string, PlainStep>();
  /** The step whose block is open, and since when. */
  #turn: { readonly step: string; readonly since: number } | undefined;
  /** How many steps have a number. */
  #numbered = 0;

  constructor(options: PlainOptions) {
    this.#colours = options.colours;
    this.#paint = options.paint ?? noPaint;
  }

  /** Whether there are lines for a later `drain`, even if no event comes any more. */
  get waiting(): boolean {
    return this.#due().length > 0;
  }

  /** Takes note of an event. `now` is local time, in milliseconds. */
  push(event: ProgressEvent, now: number): void {
    for (const change of this.#reader.read(event)) this.#note(change, now);
  }

  /** The lines whose turn it is, without line ends. To be called a few times a second. */
  drain(now: number): string[] {
    for (const change of this.#reader.settle()) this.#note(change, now);
    const lines: string[] = [];
    const isCurrent = ({ id }: Step) => id === this.#turn?.step;
    this.#print(this.#due().filter(isCurrent), lines, now);
    this.#print(this.#due().filter(hasEnded), lines, now);
    if (this.#heldLines() > progressLimits.heldLines) this.#print(this.#due(), lines, now);
    if (this.#turn === undefined || now - this.#turn.since >= progressLimits.turnMs) {
      this.#print(this.#due().slice(0, 1), lines, now);
    }
    return this.#painted(lines);
  }

  /** Everything that still waits, then what failed, then the warnings. */
  finish(outcome: ProgressOutcome, now: number): string[] {
    for (const change of this.#reader.end()) this.#note(change, now);
    const lines: string[] = [];
    this.#print(this.#due(), lines, now);
    return this.#painted([...lines, ...endingLines(this.#state, outcome, this.#paint)]);
  }

  #note(change: StepChange, now: number): void {
    this.#state = reduceBuild(this.#state, change, now);
    const step = this.#state.steps.findLast((known) => known.id === change.step);
    if (step !== undefined) this.#plainOf(step).note(change, step, now);
  }

  /** The steps that have something to print, the one that waits for longest first. */
  #due(): Step[] {
    return this.#state.steps
      .filter((step) => this.#plainOf(step).isDue(step))
      .sort((a, b) => this.#plainOf(a).waitingSince - this.#plainOf(b).waitingSince);
  }

  #print(steps: readonly Step[], lines: string[], now: number): void {
    for (const step of steps) this.#printBlock(step, lines, now);
  }

  #printBlock(step: Step, lines: string[], now: number): void {
    const plain = this.#plainOf(step);
    if (this.#turn?.step !== step.id) {
      if (this.#turn !== undefined) lines.push(`#${this.#numberOf(this.#turn.step)} ...`);
      if (this.#numbered > 0) lines.push('');
      lines.push(`#${this.#numberOf(step.id)} ${this.#paint.name(step.name)}`);
      this.#turn = { step: step.id, since: now };
    }
    lines.push(...plain.take(step, now, this.#paint).map((text) => `#${this.#numberOf(step.id)} ${text}`));
    if (hasEnded(step)) this.#turn = undefined;
  }

  #heldLines(): number {
    let held = 0;
    for (const plain of this.#plain.values()) held += plain.held;
    return held;
  }

  #numberOf(step: string): number {
    const plain = this.#plainOf({ id: step });
    return (plain.number ??= ++this.#numbered);
  }

  #plainOf({ id }: Pick<Step, 'id'>): PlainStep {
    const known = this.#plain.get(id);
    if (known !== undefined) return known;
    const plain = new PlainStep();
    this.#plain.set(id, plain);
    return plain;
  }

  #painted(lines: string[]): string[] {
    return this.#colours ? lines : lines.map(withoutColours);
  }
}
