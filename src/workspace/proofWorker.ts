import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable.ts';
import type { ErrorCode } from '../base/errors.ts';
import { cancelled, errorMessage, PresyncError } from '../base/errors.ts';
import type { Proof } from '../context/proof.ts';
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
  readonly #script: string;
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param script the bundled prover.js */
  constructor(script: string) {
    this.#script = script;
  }

  prove(order: ProofOrder, signal?: AbortSignal): Promise<Proof> {
    const proof = this.#last.then(() => this.#run(order, signal));
    this.#last = proof.catch(() => {});
    return proof;
  }

  dispose(): void {
    void this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #run(order: ProofOrder, signal: AbortSignal | undefined): Promise<Proof> {
    if (signal?.aborted) throw cancelled(signal.reason);
    const thread = (this.#thread ??= this.#start());
    // A scan has nobody who could tell it to stop.
    const stop = () => this.dispose();
    signal?.addEventListener('abort', stop, { once: true });
    thread.ref();
    try {
      const answered = answerOf(thread);
      thread.postMessage(order, [order.tree.buffer as ArrayBuffer]);
      const answer = await answered;
      if ('proof' in answer) return answer.proof;
      const { code, message, hint } = answer.error;
      throw new PresyncError(code, message, { hint });
    } catch (thrown) {
      throw signal?.aborted ? cancelled(signal.reason) : thrown;
    } finally {
      thread.unref();
      signal?.removeEventListener('abort', stop);
    }
  }

  #start(): Worker {
    const thread = new Worker(this.#script);
    // One that has thrown still takes messages until it is gone. Without a listener it would end the process.
    const lost = () => {
      if (this.#thread === thread) this.#thread = undefined;
    };
    thread.on('error', lost).once('exit', lost);
    return thread;
  }
}

/** The next message of the thread; rejects when it ends instead. */
function answerOf(thread: Worker): Promise<ProofAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      thread.removeAllListeners('message').off('error', onError).off('exit', onExit);
      finish();
    };
    const onError = (error: unknown) => settle(() => reject(failed(errorMessage(error), error)));
    const onExit = () => settle(() => reject(failed('it ended')));
    thread.once('message', (answer: ProofAnswer) => settle(() => resolve(answer)));
    thread.once('error', onError).once('exit', onExit);
  });
}

function failed(why: string, cause?: unknown): PresyncError {
  return new PresyncError('INTERNAL', `The thread that proves snapshots failed: ${why}.`, { cause });
}
