/** Something that holds a resource. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** A disposable from a function, which runs at most once. */
export function toDisposable(release: () => void): Disposable {
  let released = false;
  return {
    dispose() {
      if (released) return;
      released = true;
      release();
    },
  };
}

/**
 * Disposes its members in reverse order of registration.
 * What is added after disposal is disposed at once, so a late registration cannot leak. A member that throws does not
 * keep the others from being disposed; the first error is thrown afterwards.
 */
export class DisposableStore implements Disposable {
  readonly #members: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(member: T): T {
    if (this.#disposed) member.dispose();
    else this.#members.push(member);
    return member;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const member of this.#members.splice(0).reverse()) {
      try {
        member.dispose();
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
