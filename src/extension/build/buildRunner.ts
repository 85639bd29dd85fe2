/**
 * Runs builds: makes sure that they may run, has the worker build, and tells the parts of the window about it.
 * A build of the same Dockerfile and target that still runs is cancelled by a newer one.
 */
import type { Disposable } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import { cancelled, PresyncError } from '../../base/errors.ts';
import type { ProofTime } from '../../client/buildClient.ts';
import { formatDuration } from '../../client/progress/format.ts';
import type { ProgressEvent } from '../../client/progress/progressEvent.ts';
import { keyOf } from '../contexts/contextSource.ts';
import type { BuildSummary, Destination, WorkerEvents, WorkerLink } from '../link/workerApi.ts';
import type { BuildChoice } from './buildChoice.ts';
import { stepName } from './stepName.ts';

/** What a build needs of the rest of the window. */
export interface BuildSurroundings {
  readonly worker: WorkerLink;
  readonly onProgress: Event<WorkerEvents['progress']>;
  destination(): Destination;
  /** When a build is compared with the workspace. */
  proof(): ProofTime;
  /** Asks what has to be asked and saves what has to be saved. CANCELLED when the user does not agree. */
  prepare(choice: BuildChoice, signal: AbortSignal): Promise<void>;
}

export interface BuildListener {
  onEvent(event: ProgressEvent): void;
}

/** A build that has ended. */
export interface EndedBuild {
  readonly choice: BuildChoice;
  readonly events: readonly ProgressEvent[];
  readonly summary: BuildSummary | undefined;
  readonly error: PresyncError | undefined;
}

interface RunningBuild {
  readonly choice: BuildChoice;
  readonly abort: AbortController;
  readonly warnings: ProgressEvent[];
  step: string;
  listener: BuildListener;
}

/** Warnings of one build that are kept for the Problems panel. */
const keptWarnings = 500;

export class BuildRunner implements Disposable {
  readonly #surroundings: BuildSurroundings;
  readonly #running = new Map<number, RunningBuild>();
  readonly #changed = new Emitter<void>();
  readonly #began = new Emitter<BuildChoice>();
  readonly #ended = new Emitter<EndedBuild>();
  readonly #subscription: Disposable;
  #nextId = 1;
  #lastBuild: string | undefined;
  #succeeded = false;

  readonly onDidChange: Event<void> = this.#changed.event;
  /** The user has agreed to a build, and all that it needs is there. */
  readonly onDidBegin: Event<BuildChoice> = this.#began.event;
  readonly onDidEnd: Event<EndedBuild> = this.#ended.event;

  constructor(surroundings: BuildSurroundings) {
    this.#surroundings = surroundings;
    this.#subscription = surroundings.onProgress(({ id, events }) => this.#progress(id, events));
  }

  /** The step of the latest build that runs; undefined when none does. */
  get step(): string | undefined {
    return [...this.#running.values()].at(-1)?.step;
  }

  get running(): boolean {
    return this.#running.size > 0;
  }

  /** How the last build went, in one line. */
  get lastBuild(): string | undefined {
    return this.#lastBuild;
  }

  /** Whether a build has ended well. */
  get succeeded(): boolean {
    return this.#succeeded;
  }

  async run(choice: BuildChoice, listener: BuildListener, signal: AbortSignal): Promise<BuildSummary> {
    if (signal.aborted) throw cancelled(signal.reason);
    this.#cancelSame(choice);
    const id = this.#nextId++;
    const abort = new AbortController();
    const running: RunningBuild = { choice, abort, warnings: [], step: '', listener };
    const onAbort = () => abort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#running.set(id, running);
    this.#changed.emit();
    try {
      await this.#surroundings.prepare(choice, abort.signal);
      this.#began.emit(choice);
      const summary = await this.#build(id, choice, abort.signal);
      this.#finish(running, { summary, error: undefined });
      return summary;
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      this.#finish(running, { summary: undefined, error });
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#running.delete(id);
      this.#changed.emit();
    }
  }

  /** Cancels every build that runs. */
  cancel(): void {
    for (const { abort } of this.#running.values()) abort.abort();
  }

  dispose(): void {
    this.cancel();
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#began.dispose();
    this.#ended.dispose();
  }

  #build(id: number, choice: BuildChoice, signal: AbortSignal): Promise<BuildSummary> {
    const { worker, destination, proof } = this.#surroundings;
    const build = { ...choice, destination: destination(), proof: proof() };
    return worker.request('build', { id, build }, signal);
  }

  #cancelSame({ source, target }: BuildChoice): void {
    for (const { choice, abort } of this.#running.values()) {
      if (keyOf(choice.source) === keyOf(source) && choice.target === target) abort.abort();
    }
  }

  #progress(id: number, events: readonly ProgressEvent[]): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    const before = running.step;
    for (const event of events) {
      running.step = stepName(event) ?? running.step;
      if (event.type === 'warning' && running.warnings.length < keptWarnings) running.warnings.push(event);
      running.listener.onEvent(event);
    }
    if (running.step !== before) this.#changed.emit();
  }

  #finish({ choice, warnings }: RunningBuild, { summary, error }: Pick<EndedBuild, 'summary' | 'error'>): void {
    const name = choice.tags[0] ?? summary?.imageId.slice(0, 19) ?? 'build';
    this.#succeeded ||= summary !== undefined;
    if (summary !== undefined) this.#lastBuild = `${name} in ${formatDuration(summary.totalMs)}`;
    else if (error?.code !== 'CANCELLED') this.#lastBuild = `${name} failed`;
    this.#ended.emit({ choice, events: warnings, summary, error });
  }
}
