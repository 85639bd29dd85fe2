import type { BuildEvent } from '../../context/buildEvent.ts';

/**
 * The events of builds that share steps, which BuildKit runs once and tells each of them about: each step is told once,
 * as the build saw it that heard of it first.
 */
export class SharedSteps {
  readonly #tell: (event: BuildEvent) => void;
  /** Which listener told of a step first. */
  readonly #tellers = new Map<string, object>();

  constructor(tell: (event: BuildEvent) => void) {
    this.#tell = tell;
  }

  /** For one of the builds. */
  listener(): (event: BuildEvent) => void {
    const self = {};
    return (event) => {
      const step = event.type === 'vertex' ? event.digest : event.vertex;
      const teller = this.#tellers.get(step) ?? self;
      if (step !== '') this.#tellers.set(step, teller);
      if (teller === self) this.#tell(event);
    };
  }
}
