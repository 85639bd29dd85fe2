import type { Digest } from '../context/digest.ts';
import { daemonLimits } from './limits.ts';

/**
 * Chunks that have just arrived, until somebody takes them: BuildKit follows on the heels of a push, and need not wait
 * for the disk. When there are too many the oldest goes, and is read from the store.
 */
export class RecentChunks {
  readonly #chunks = new Map<Digest, Uint8Array>();
  #bytes = 0;

  /** Keeps a copy, since what arrives is part of a larger message. The content must have been checked. */
  add(digest: Digest, content: Uint8Array): void {
    if (content.length > daemonLimits.recentBytes || this.#chunks.has(digest)) return;
    this.#chunks.set(digest, content.slice());
    this.#bytes += content.length;
    for (const oldest of this.#chunks.keys()) {
      if (this.#bytes <= daemonLimits.recentBytes) return;
      this.take(oldest);
    }
  }

  /** The content of that digest, once. */
  take(digest: Digest): Uint8Array | undefined {
    const content = this.#chunks.get(digest);
    if (content === undefined) return undefined;
    this.#chunks.delete(digest);
    this.#bytes -= content.length;
    return content;
  }

  clear(): void {
    this.#chunks.clear();
    this.#bytes = 0;
  }
}
