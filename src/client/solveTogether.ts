/**
 * Several builds of one snapshot, beside each other: one sync, one generation, one proof. Where the owner of a context
 * says what is built, the first build asks it and the others follow.
 */
import { Deferred } from '../base/deferred.ts';
import { PresyncError } from '../base/errors.ts';
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

/** As `solve`. A build that fails ends the others. */
export async function solveTogether(
  peer: Peer,
  { parts, ...shared }: TogetherOrder,
  listener: SolveListener,
  signal: AbortSignal,
): Promise<readonly Solved[] | undefined> {
  const group = new Group(peer, shared, listener, signal);
  const ended = await Promise.allSettled(parts.map((part, index) => group.run(part, index === 0)));
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
  /** What the first build is of, when the owner has said it. */
  readonly #snapshot = new Deferred<Digest>();
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
      const listener = this.#partListener(isFirst);
      return await solve(this.#peer, { ...order, ...part }, listener, this.#signal);
    } catch (thrown) {
      this.#fail(PresyncError.from(thrown));
      throw thrown;
    }
  }

  /** What the other builds are of. */
  async #following(): Promise<Omit<TogetherOrder, 'parts'>> {
    const { snapshot, proof } = this.#shared;
    const asOwner = proof === 'owner' ? this.#proof.promise : proof;
    return { ...this.#shared, snapshot: snapshot ?? (await this.#snapshot.promise), proof: asOwner };
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
    this.#snapshot.reject(error);
    this.#proof.reject(error);
    this.#failed.abort();
  }
}
