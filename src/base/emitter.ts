import type { Disposable } from './disposable.ts';
import { toDisposable } from './disposable.ts';

/** Subscribes a listener until the returned disposable is disposed. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * The owner's side of an event. Listeners run synchronously, in order of subscription; one that is added meanwhile hears
 * of the next value, one that is disposed meanwhile of none.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper per subscription, so that one function subscribed twice is called twice.
    const entry = (value: T) => listener(value);
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  emit(value: T): void {
    for (const listener of [...this.#listeners]) {
      // An earlier listener may have ended this subscription.
      if (this.#listeners.has(listener)) listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
