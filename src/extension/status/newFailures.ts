/** Which failures of contexts are news: each is told once, and again only after the context was well in between. */
import type { ErrorCode } from '../../base/errors.ts';
import type { KeptContext } from '../contexts/keptContexts.ts';
import type { PlainError } from '../link/workerApi.ts';
import { contextPhase, failureOf } from './statusModel.ts';

export class NewFailures {
  /** By context, the codes that were told. */
  readonly #told = new Map<string, Set<ErrorCode>>();

  /** The failures that the user has not heard of yet. One that two contexts share is one. */
  take(contexts: readonly KeptContext[]): PlainError[] {
    const fresh = new Map<string, PlainError>();
    for (const context of contexts) {
      const told = this.#toldOf(context);
      const phase = contextPhase(context);
      if (phase === 'inSync') told.clear();
      const failure = failureOf(context);
      // Being offline is shown by the item and ends by itself.
      if (phase !== 'attention' || failure === undefined || told.has(failure.code)) continue;
      told.add(failure.code);
      fresh.set(`${failure.code} ${failure.message}`, failure);
    }
    return [...fresh.values()];
  }

  /** The user has heard of it in another way: a build has failed by it. */
  heard(contexts: readonly KeptContext[], code: ErrorCode): void {
    for (const context of contexts) this.#toldOf(context).add(code);
  }

  #toldOf({ key }: KeptContext): Set<ErrorCode> {
    const told = this.#told.get(key) ?? new Set();
    this.#told.set(key, told);
    return told;
  }
}
