import type { BuildEvent, VertexEvent } from '../../context/buildEvent.ts';

/** What the events of a build say about its failure. */
export class BuildTrace {
  readonly #names = new Map<string, string>();
  #failed: VertexEvent | undefined;

  add(event: BuildEvent): void {
    if (event.type !== 'vertex') return;
    this.#names.set(event.digest, event.name);
    // A failure also ends the steps beside it, which then report that they were cancelled.
    if (event.error !== '' && !/context cancel/.test(event.error)) this.#failed ??= event;
  }

  /** The name of a step; '' when it is not known. */
  stepName(digest: string): string {
    return this.#names.get(digest) ?? '';
  }

  /** The step that failed first. */
  get failed(): VertexEvent | undefined {
    return this.#failed;
  }
}
