import { EventEmitter } from 'node:events';
import type { Answer, Request, ToAnswerer } from '../../src/extension/link/messages.ts';
import type { WorkerThread } from '../../src/extension/link/workerThread.ts';

/** A worker's thread that answers, tells and dies as the test says. */
export class FakeWorker extends EventEmitter implements WorkerThread {
  readonly posted: ToAnswerer[] = [];
  terminated = false;
  /** Whether it ends by itself when it is asked to. */
  polite = true;

  postMessage(message: ToAnswerer): void {
    this.posted.push(message);
    if ('goodbye' in message && this.polite) queueMicrotask(() => this.exit());
  }

  terminate(): Promise<void> {
    this.terminated = true;
    this.exit();
    return Promise.resolve();
  }

  get requests(): Request[] {
    return this.posted.filter((message) => 'method' in message);
  }

  /** Answers the last request. */
  answer(result: unknown): void {
    const answer: Answer = { id: this.requests.at(-1)!.id, result };
    this.emit('message', answer);
  }

  tell(event: string, payload: unknown): void {
    this.emit('message', { event, payload });
  }

  /** Dies: by an error, or by just ending. */
  exit(error?: Error): void {
    if (error !== undefined) this.emit('error', error);
    this.emit('exit');
    this.removeAllListeners();
  }
}
