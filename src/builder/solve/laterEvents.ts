import type { BuildEvent } from '../../context/buildEvent.ts';

/**
 * The events of a build that is several solves: what a later one repeats of the first is told once. New steps, such as
 * an export, and what belongs to them are told.
 */
export class LaterEvents {
  readonly #tell: (event: BuildEvent) => void;
  readonly #known = new Set<string>();

  constructor(tell: (event: BuildEvent) => void) {
    this.#tell = tell;
  }

  readonly first = (event: BuildEvent): void => {
    if (event.type === 'vertex') this.#known.add(event.digest);
    this.#tell(event);
  };

  readonly later = (event: BuildEvent): void => {
    const vertex = event.type === 'vertex' ? event.digest : event.vertex;
    // A failure is news, whichever step it is of.
    const failed = event.type === 'vertex' && event.error !== '';
    if (failed || (vertex !== '' && !this.#known.has(vertex))) this.#tell(event);
  };
}
