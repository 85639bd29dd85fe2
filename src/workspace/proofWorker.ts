import type { Disposable } from '../base/disposable.ts';
import type { ErrorCode } from '../base/errors.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Proof } from '../context/proof.ts';
import { AnsweringThread } from './answeringThread.ts';
import type { ProofOrder, Prover } from './proofScan.ts';

/** What the thread answers to an order. */
export type ProofAnswer =
  | { readonly proof: Proof }
  | { readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string } };

/**
 * Proves snapshots in a thread of its own, one after the other, so that a scan of everything holds up neither a socket
 * nor a window. The thread starts with the first proof, and keeps no process alive.
 */
export class ProofWorker implements Prover, Disposable {
  readonly #thread: AnsweringThread<ProofOrder, ProofAnswer>;
  #last: Promise<unknown> = Promise.resolve();

  /** @param script the bundled prover.js */
  constructor(script: string) {
    this.#thread = new AnsweringThread(script, 'proves snapshots');
  }

  prove(order: ProofOrder, signal?: AbortSignal): Promise<Proof> {
    const proof = this.#last.then(() => this.#run(order, signal));
    this.#last = proof.catch(() => {});
    return proof;
  }

  dispose(): void {
    this.#thread.dispose();
  }

  async #run(order: ProofOrder, signal: AbortSignal | undefined): Promise<Proof> {
    if (signal?.aborted) throw cancelled(signal.reason);
    // A scan has nobody who could tell it to stop.
    const stop = () => this.dispose();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#thread.ask(order, [order.tree.buffer as ArrayBuffer]);
      if ('proof' in answer) return answer.proof;
      const { code, message, hint } = answer.error;
      throw new PresyncError(code, message, { hint });
    } catch (thrown) {
      throw signal?.aborted ? cancelled(signal.reason) : thrown;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}
