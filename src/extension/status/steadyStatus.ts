/** Holds back a `syncing` until it has lasted: what is over quickly is never shown. */
import type { Disposable } from '../../base/disposable.ts';
import type { Clock } from '../../base/time.ts';
import type { StatusText } from './statusModel.ts';
import { spinnerAfterMs } from './statusModel.ts';

export class SteadyStatus implements Disposable {
  readonly #clock: Clock;
  readonly #show: (status: StatusText) => void;
  #shown: StatusText | undefined;
  #latest: StatusText | undefined;
  #pending: Disposable | undefined;

  constructor(clock: Clock, show: (status: StatusText) => void) {
    this.#clock = clock;
    this.#show = show;
  }

  update(status: StatusText): void {
    this.#latest = status;
    const mayBeBrief = status.phase === 'syncing' && this.#shown !== undefined && this.#shown.phase !== 'syncing';
    if (!mayBeBrief) return this.#now();
    this.#pending ??= this.#clock.schedule(spinnerAfterMs, () => this.#now());
  }

  dispose(): void {
    this.#pending?.dispose();
  }

  #now(): void {
    this.#pending?.dispose();
    this.#pending = undefined;
    const { text, label } = this.#latest!;
    if (text === this.#shown?.text && label === this.#shown.label) return;
    this.#shown = this.#latest;
    this.#show(this.#latest!);
  }
}
