import type { Digest } from '../context/digest.ts';
import type { DigestMemory } from '../transfer/sender.ts';

/** A DigestMemory that forgets the oldest beyond a bound. */
export class BoundedDigestMemory implements DigestMemory {
  readonly #digests = new Set<Digest>();
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  has(digest: Digest): boolean {
    return this.#digests.has(digest);
  }

  add(digest: Digest): void {
    this.#digests.add(digest);
    if (this.#digests.size <= this.#bound) return;
    for (const oldest of this.#digests) {
      this.#digests.delete(oldest);
      return;
    }
  }
}
