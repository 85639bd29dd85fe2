import type { TransferListItem } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { Deferred } from '../base/deferred.ts';
import type { Disposable } from '../base/disposable.ts';
import { errorMessage, PresyncError } from '../base/errors.ts';
import { Fifo } from '../base/fifo.ts';

/**
 * A thread that answers each message with one, in order. It starts with the first, and again after it was lost; it keeps
 * the process alive only while an answer is awaited.
 */
export class AnsweringThread<Order, Answer> implements Disposable {
  readonly #script: string;
  readonly #task: string;
  #thread: Worker | undefined;
  #awaited = new Fifo<Deferred<Answer>>();

  /**
   * @param script its bundle
   * @param task what it does, for the error: "proves snapshots"
   */
  constructor(script: string, task: string) {
    this.#script = script;
    this.#task = task;
  }

  /** The answer. INTERNAL when the thread ends instead. */
  ask(order: Order, transfer: readonly TransferListItem[] = []): Promise<Answer> {
    const thread = (this.#thread ??= this.#start());
    // First of all: it throws what cannot be posted, which is not answered.
    thread.postMessage(order, transfer);
    thread.ref();
    const answer = new Deferred<Answer>();
    this.#awaited.push(answer);
    return answer.promise;
  }

  /** Ends the thread, whatever it does; who awaits an answer is told. */
  dispose(): void {
    void this.#thread?.terminate();
    this.#lost('it was ended');
  }

  #start(): Worker {
    const thread = new Worker(this.#script);
    // One that has thrown still takes messages until it is gone. Without a listener it would end the process.
    const lost = (why: string, cause?: unknown) => this.#thread === thread && this.#lost(why, cause);
    thread.on('error', (error: unknown) => lost(errorMessage(error), error)).once('exit', () => lost('it ended'));
    thread.on('message', (answer: Answer) => {
      if (this.#thread !== thread) return;
      this.#awaited.shift()?.resolve(answer);
      if (this.#awaited.size === 0) thread.unref();
    });
    return thread;
  }

  #lost(why: string, cause?: unknown): void {
    this.#thread = undefined;
    const awaited = this.#awaited;
    this.#awaited = new Fifo();
    const failure = new PresyncError('INTERNAL', `The thread that ${this.#task} failed: ${why}.`, { cause });
    for (let answer; (answer = awaited.shift()) !== undefined;) answer.reject(failure);
  }
}
