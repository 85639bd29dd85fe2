/**
 * A build of a context of which only what it needs is in sync, and what happens when that was too little: BuildKit misses a
 * path that is there, or a step uses more than the Dockerfile says, as those of a base image's ONBUILD do. Then everything
 * is synchronised, and it is built once more.
 */
import { fromText } from '../../base/bytes.ts';
import { PresyncError } from '../../base/errors.ts';
import type { BuildEvent } from '../../context/buildEvent.ts';
import type { Needed } from '../../context/needed/needed.ts';
import { covers, nothingNeeded } from '../../context/needed/needed.ts';
import { pathProblem } from '../../context/path.ts';
import type { BuildListener } from '../buildClient.ts';
import type { NeedsFiles } from '../workspaceContext.ts';
import type { Recipe } from './contextExtent.ts';

/**
 * Runs a build, or several, and once more where that needed more. `run` is given what to tell events to, and what ends it. Nothing is
 * named before all steps were looked at.
 */
export async function withNeededFiles<T>(
  context: NeedsFiles,
  recipes: readonly Recipe[],
  listener: BuildListener,
  signal: AbortSignal,
  run: (listener: BuildListener, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  let needed: Needed = nothingNeeded;
  for (const recipe of recipes) needed = await context.require(recipe);
  if (needed.all) return run(listener, signal);
  const steps = new StepGuard(needed, listener);
  let again: string;
  try {
    const built = await run(steps.listener, AbortSignal.any([signal, steps.signal]));
    await steps.settled();
    if (steps.outgrown === undefined) return built;
    await context.widen((again = steps.outgrown));
  } catch (thrown) {
    await steps.settled();
    const why = steps.outgrown ?? (await missedPath(context, PresyncError.from(thrown)));
    if (why === undefined || signal.aborted) throw thrown;
    // Another process may have come to know it meanwhile: this build was of too little all the same.
    await context.widen((again = why));
  }
  const message = `${again}: building again with the whole context`;
  listener.onEvent({ type: 'sync', phase: 'scan', state: 'running', message, timestamp: Date.now() });
  return run(listener, signal);
}

/** Looks at the steps of a build as they are told. */
class StepGuard {
  /** What the build is of, at least. What others add while it runs comes too late for it. */
  readonly #needed: Needed;
  readonly #abort = new AbortController();
  readonly #seen = new Set<string>();
  #checks: Promise<void> = Promise.resolve();
  /** What a step uses that was not needed. */
  outgrown: string | undefined;
  /** To be told of the build; tells on. */
  readonly listener: BuildListener;

  constructor(needed: Needed, listener: BuildListener) {
    this.#needed = needed;
    this.listener = {
      onEvent: (event) => {
        if (event.type === 'vertex') this.#see(stepOf(event));
        listener.onEvent(event);
      },
      onStarted: () => listener.onStarted(),
      mayName: async () => {
        await this.settled();
        return this.outgrown === undefined;
      },
    };
  }

  /** Fires when the build is of no use. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when every step so far was looked at. */
  settled(): Promise<void> {
    return this.#checks;
  }

  #see(words: string | undefined): void {
    if (words === undefined || this.#seen.has(words)) return;
    this.#seen.add(words);
    this.#checks = this.#checks.then(() => this.#check(words)).catch(() => {});
  }

  async #check(words: string): Promise<void> {
    const { neededByStep } = await import('../../context/needed/dockerfileInputs.ts');
    if (this.outgrown !== undefined || covers(this.#needed, neededByStep(words))) return;
    this.outgrown = `The step "${words.slice(0, 60)}" uses more than the Dockerfile says`;
    this.#abort.abort();
  }
}

/** The instruction of a step that may use the context: `[stage 2/3] COPY a b`. */
function stepOf({ name }: Extract<BuildEvent, { type: 'vertex' }>): string | undefined {
  return /^\[[^\]]*\] ((?:COPY|ADD|RUN --mount).*)$/s.exec(name)?.[1];
}

/** BuildKit 0.8 says `"/a" not found`, later versions `"/a": not found`. */
const notFound = /"\/([^"\n]+)":? not found/;

/** What BuildKit has missed though it is there, for people. */
async function missedPath(context: NeedsFiles, error: PresyncError): Promise<string | undefined> {
  if (error.code !== 'BUILD_FAILED') return undefined;
  const path = fromText(notFound.exec(error.message)?.[1] ?? '');
  if (pathProblem(path) !== undefined || !(await context.hasOutside(path))) return undefined;
  return `The build uses "${path}", which its Dockerfile did not tell`;
}
