/**
 * Several builds of one snapshot, beside each other: one sync, one generation, one proof. Where the owner of a context
 * says what is built, the first build asks it and the others follow.
 */
import { Deferred } from '../base/deferred.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { Proof } from '../context/proof.ts';
import type { Peer } from '../transfer/peer.ts';
import { SharedSteps } from './progress/sharedSteps.ts';
import type { SolveListener, SolveOrder, Solved } from './solve.ts';
import { solve } from './solve.ts';

export type BuildPart = Pick<SolveOrder, 'request' | 'services'>;

export interface TogetherOrder extends Pick<SolveOrder, 'context' | 'snapshot' | 'inputs' | 'proof'> {
  /** One at least. */
  readonly parts: readonly BuildPart[];
}

/** As `solve`, for all of them. A build that fails ends the others. */
export async function solveTogether(
  peer: Peer,
  { parts, ...shared }: TogetherOrder,
  listener: SolveListener,
  signal: AbortSignal,
): Promise<readonly Solved[] | undefined> {
  const group = new Group(peer, shared, listener, signal);
  const stop = () => group.stopWaiting(cancelled(signal.reason));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = await Promise.allSettled(parts.map((part, index) => group.run(part, index === 0)));
  signal.removeEventListener('abort', stop);
  if (group.failure !== undefined) throw group.failure;
  const solved = ended.map((end) => (end.status === 'fulfilled' ? end.value : undefined));
  return solved.every((one) => one !== undefined) ? solved : undefined;
}

class Group {
  readonly #peer: Peer;
  readonly #shared: Omit<TogetherOrder, 'parts'>;
  readonly #listener: SolveListener;
  readonly #steps: SharedSteps;
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  /** What the first build is of, when the owner has said it; undefined when it ended before it was of anything. */
  readonly #snapshot = new Deferred<Digest | undefined>();
  readonly #proof = new Deferred<Proof>();
  #started = false;
  /** Of the build that failed first. */
  failure: PresyncError | undefined;

  constructor(peer: Peer, shared: Omit<TogetherOrder, 'parts'>, listener: SolveListener, signal: AbortSignal) {
    this.#peer = peer;
    this.#shared = shared;
    this.#listener = listener;
    this.#steps = new SharedSteps((event) => listener.onEvent(event));
    this.#signal = AbortSignal.any([signal, this.#failed.signal]);
  }

  async run(part: BuildPart, isFirst: boolean): Promise<Solved | undefined> {
    try {
      const order = isFirst ? this.#shared : await this.#following();
      if (order === undefined) return undefined;
      const listener = this.#partListener(isFirst);
      const solved = await solve(this.#peer, { ...order, ...part }, listener, this.#signal);
      if (isFirst) this.#snapshot.resolve(solved?.snapshot);
      return solved;
    } catch (thrown) {
      this.#fail(PresyncError.from(thrown));
      throw thrown;
    }
  }

  /** Builds that follow the first wait no longer for what it has not told yet. */
  stopWaiting(error: PresyncError): void {
    this.#snapshot.reject(error);
    this.#proof.reject(error);
  }

  /** What the other builds are of; undefined when the owner's proof refuted that before the first one had begun. */
  async #following(): Promise<Omit<TogetherOrder, 'parts'> | undefined> {
    const { snapshot = await this.#snapshot.promise, proof } = this.#shared;
    return snapshot && { ...this.#shared, snapshot, proof: proof === 'owner' ? this.#proof.promise : proof };
  }

  #partListener(isFirst: boolean): SolveListener {
    const { mayName } = this.#listener;
    return {
      mayName,
      onEvent: this.#steps.listener(),
      onStarted: (snapshot) => {
        this.#snapshot.resolve(snapshot);
        if (!this.#started) this.#listener.onStarted(snapshot);
        this.#started = true;
      },
      onProof: (proof) => {
        if (!isFirst) return;
        this.#proof.resolve(proof);
        this.#listener.onProof(proof);
      },
    };
  }

  #fail(error: PresyncError): void {
    this.failure ??= error;
    this.stopWaiting(error);
    this.#failed.abort();
  }
}
