import type { Disposable } from '../base/disposable.ts';
import type { Clock } from '../base/time.ts';
import type { Path } from '../context/path.ts';
import type { ChangeHint } from './workspaceContext.ts';

/** After a quiet time, or when the first of a row of hints has waited for long enough, they are acted on. */
const quietMs = 10;
const patienceMs = 200;
/** More paths than this are dearer than reading everything. */
const maxPaths = 10_000;

/** Gathers hints until they are taken. */
export class Hints implements Disposable {
  readonly #clock: Clock;
  readonly #due: () => void;
  #paths = new Set<Path>();
  #everything: string | undefined;
  #since = 0;
  #timer: Disposable | undefined;

  /** @param due called when what was gathered should be taken */
  constructor(clock: Clock, due: () => void) {
    this.#clock = clock;
    this.#due = due;
  }

  get any(): boolean {
    return this.#everything !== undefined || this.#paths.size > 0;
  }

  add(hint: ChangeHint): void {
    if (!this.any) this.#since = this.#clock.now();
    this.#gather(hint);
    this.#timer?.dispose();
    const waited = this.#clock.now() - this.#since;
    this.#timer = this.#clock.schedule(Math.max(0, Math.min(quietMs, patienceMs - waited)), () => this.now());
  }

  /** What failed to be taken in; it is due again with the next hint, or when somebody asks. */
  putBack(hint: ChangeHint): void {
    this.#gather(hint);
  }

  /** Acts at once on what there is. */
  now(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#due();
  }

  /** Everything gathered so far, as one hint; undefined for nothing. */
  take(): ChangeHint | undefined {
    if (!this.any) return undefined;
    const hint = this.#everything === undefined ? { paths: [...this.#paths] } : everything(this.#everything);
    this.#everything = undefined;
    this.#paths = new Set();
    return hint;
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #gather(hint: ChangeHint): void {
    if ('everything' in hint) this.#everything ??= hint.why;
    else for (const path of hint.paths) this.#paths.add(path);
    if (this.#paths.size > maxPaths) this.#everything ??= 'many changes';
    if (this.#everything !== undefined) this.#paths.clear();
  }
}

function everything(why: string): ChangeHint {
  return { everything: true, why };
}
