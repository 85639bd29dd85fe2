/**
 * @parcel/watcher 2.6.0, in a process of its own: native, and what VS Code itself watches with. On Linux
 *   - it waits for ever when the system has no watcher to give;
 *   - a subscription to a folder that was deleted cannot be ended, and what it knew of the folder's name is then taken
 *     for what a later folder of that name holds.
 * A process that is replaced by another forgets all that.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import type { Disposable } from '../base/disposable.ts';
import { withTimeout } from '../base/time.ts';
import { workspaceLimits } from './limits.ts';

export type WatchOrder =
  | {
      readonly id: number;
      readonly do: 'subscribe';
      readonly path: string;
      readonly ignorePaths: readonly string[];
      /** Also tells what its list may have lost, out of its order: see changedBeside.ts. */
      readonly looksBeside: boolean;
    }
  | { readonly id: number; readonly do: 'catchUp'; readonly path: string };

export interface WatchFailure {
  readonly message: string;
  /** The system's; '' for none. */
  readonly code: string;
}

export type WatchAnswer =
  | { readonly ready: true }
  /** Absolute paths. Crowded: so many at once that there may have been more. */
  | { readonly changed: readonly string[]; readonly crowded: boolean }
  /** Nothing more is told. */
  | { readonly failed: WatchFailure }
  | { readonly id: number; readonly failure?: WatchFailure };

interface ProcessEvents {
  changed(paths: readonly string[]): void;
  /** So much happened that some of it may not be told. */
  lost(): void;
  /** It does not work any more. */
  failed(error: Error): void;
}

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

export class ParcelProcess implements Disposable {
  readonly #child: ChildProcess;
  readonly #events: ProcessEvents;
  readonly #waiting = new Map<number, Waiter>();
  readonly #ready: Promise<void>;
  #disposed = false;
  #nextId = 1;

  /** @param script the bundled watcher.js */
  constructor(script: string, events: ProcessEvents) {
    this.#events = events;
    this.#child = fork(script, { stdio: 'ignore', execArgv: [], serialization: 'advanced' });
    this.#child.on('message', (answer: WatchAnswer) => this.#receive(answer));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('exit', () => this.#fail(new Error('The process that watches has ended.')));
    this.#ready = this.#answer(0);
    this.#ready.catch(() => {});
  }

  /** Tells of changes at and below the folder from here on. Rejects with the system's code. */
  async subscribe(path: string, ignorePaths: readonly string[]): Promise<void> {
    await this.#ready;
    await this.#ask((id) => ({ id, do: 'subscribe', path, ignorePaths, looksBeside: true }));
  }

  /** The same, in the order of the events: one that is lost does not come. */
  async subscribeInOrder(path: string): Promise<void> {
    await this.#ready;
    await this.#ask((id) => ({ id, do: 'subscribe', path, ignorePaths: [], looksBeside: false }));
  }

  /** After an event of a folder that is subscribed to: resolves when all events before it are told. */
  catchUp(path: string): Promise<void> {
    return this.#ask((id) => ({ id, do: 'catchUp', path }));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#child.kill('SIGKILL');
    this.#rejectAll(new Error('Disposed.'));
  }

  #ask(order: (id: number) => WatchOrder): Promise<void> {
    const id = this.#nextId++;
    const answered = this.#answer(id);
    this.#child.send(order(id), (error) => {
      if (error !== null) this.#fail(error);
    });
    return withTimeout(answered, workspaceLimits.watchAnswer, 'The process that watches');
  }

  #answer(id: number): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #receive(answer: WatchAnswer): void {
    if (this.#disposed) return;
    if ('changed' in answer) {
      this.#events.changed(answer.changed);
      if (answer.crowded) this.#events.lost();
      return;
    }
    if ('failed' in answer) return this.#fail(errorOf(answer.failed));
    const id = 'ready' in answer ? 0 : answer.id;
    const failure = 'ready' in answer ? undefined : answer.failure;
    const waiter = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) waiter?.resolve();
    else waiter?.reject(errorOf(failure));
  }

  #fail(error: Error): void {
    if (this.#disposed) return;
    this.dispose();
    this.#events.failed(error);
  }

  #rejectAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function errorOf({ message, code }: WatchFailure): Error {
  return Object.assign(new Error(message), code === '' ? {} : { code });
}
