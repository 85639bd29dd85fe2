/**
 * Content that a push is still bringing can be read already: the reader waits for it.
 *
 * So BuildKit can take over a context while the client sends it, and straight out of memory. What a push does not bring
 * after all is missing for its readers as soon as no push is under way.
 */
import type { Disposable } from '../base/disposable.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { formatDigest } from '../context/digest.ts';
import type { FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Clock } from '../base/time.ts';
import { daemonLimits } from './limits.ts';
import type { ChunkSink } from './pushSink.ts';
import { RecentChunks } from './recentChunks.ts';

interface Waiter {
  arrived(): void;
  missing(): void;
}

export class Arrivals implements ChunkSink {
  readonly #store: ChunkSink;
  readonly #clock: Clock;
  readonly #recent = new RecentChunks();
  readonly #waiting = new Map<Digest, Set<Waiter>>();
  /** Pushes whose link is lost, while they store what it had brought. */
  readonly #leftovers = new Set<Promise<void>>();
  #pushes = 0;
  #forgetting: Disposable | undefined;

  constructor(store: ChunkSink, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  has(chunk: Digest): boolean {
    return this.#store.has(chunk);
  }

  read(chunk: Digest): Promise<Uint8Array> {
    return this.#store.read(chunk);
  }

  async put(chunk: Digest, content: Uint8Array): Promise<void> {
    await this.#store.put(chunk, content);
    this.#recent.add(chunk, content);
    const waiters = this.#waiting.get(chunk);
    if (waiters === undefined) return;
    for (const waiter of [...waiters]) waiter.arrived();
  }

  /**
   * Runs a push, or what comes ahead of one: while one runs, readers wait for what is not here. What links had brought that
   * are lost by then is stored before it begins, so that it does not ask for that again.
   * @param link aborted when the link of this one is lost
   */
  async during<T>(push: () => Promise<T>, link?: AbortSignal): Promise<T> {
    if (this.#leftovers.size > 0) await Promise.all(this.#leftovers);
    this.#pushes++;
    this.#forgetting?.dispose();
    const pushing = push();
    const over = pushing.then(nothing, nothing);
    const lost = () => this.#leftovers.add(over);
    link?.addEventListener('abort', lost, { once: true });
    try {
      return await pushing;
    } finally {
      link?.removeEventListener('abort', lost);
      this.#leftovers.delete(over);
      this.#pushes--;
      if (this.#pushes === 0) this.#ended();
    }
  }

  /** The content of a file, chunk by chunk. STORE_CORRUPT when it is neither here nor on its way. */
  async *readFile(file: FileEntry, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (const { digest } of chunksOf(file)) {
      if (!this.#store.has(digest)) await this.#arrival(digest, signal);
      yield this.#recent.take(digest) ?? (await this.#store.read(digest));
    }
  }

  #arrival(digest: Digest, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled(signal.reason));
      if (this.#pushes === 0) return reject(neverCame(digest));
      const waiters = this.#waiting.get(digest) ?? new Set();
      this.#waiting.set(digest, waiters);
      const settle = (finish: () => void) => {
        signal.removeEventListener('abort', onAbort);
        waiters.delete(waiter);
        if (waiters.size === 0) this.#waiting.delete(digest);
        finish();
      };
      const onAbort = () => settle(() => reject(cancelled(signal.reason)));
      const waiter: Waiter = {
        arrived: () => settle(resolve),
        missing: () => settle(() => reject(neverCame(digest))),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiters.add(waiter);
    });
  }

  #ended(): void {
    this.#forgetting = this.#clock.schedule(daemonLimits.recentKept, () => this.#recent.clear());
    for (const waiters of [...this.#waiting.values()]) for (const waiter of [...waiters]) waiter.missing();
  }
}

function nothing(): void {}

function neverCame(digest: Digest): PresyncError {
  return new PresyncError('STORE_CORRUPT', `The content ${formatDigest(digest)} did not arrive.`, {
    hint: 'Build again: it is sent again by itself.',
  });
}
