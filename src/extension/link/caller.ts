import { cancelled, PresyncError } from '../../base/errors.ts';
import type { Methods, ToAnswerer, ToCaller } from './messages.ts';
import { fromPlainError } from './plainError.ts';

/** Hears what the other side tells without being asked. */
export type EventSink<E> = <K extends keyof E & string>(event: K, payload: E[K]) => void;

interface Pending {
  resolve(result: unknown): void;
  reject(error: PresyncError): void;
}

/**
 * The asking side of a port. Whoever has the port gives `receive` its messages, and says when it is closed.
 *
 * A request ends with its answer, when its signal fires, or when the port closes. An answer that comes later is dropped.
 */
export class Caller<M extends Methods<M>, E> {
  readonly #post: (message: ToAnswerer) => void;
  readonly #onEvent: EventSink<E>;
  readonly #pending = new Map<number, Pending>();
  #closed: PresyncError | undefined;
  #lastId = 0;

  constructor(post: (message: ToAnswerer) => void, onEvent: EventSink<E>) {
    this.#post = post;
    this.#onEvent = onEvent;
  }

  /**
   * Asks, and resolves with the answer. Firing the signal rejects with CANCELLED at once and cancels on the other side.
   * Rejects with the other side's error, with the reason of `close`, or with INTERNAL for what cannot be cloned.
   */
  request<K extends keyof M & string>(
    method: K,
    params: M[K]['params'],
    signal?: AbortSignal,
  ): Promise<M[K]['result']> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (signal?.aborted) return Promise.reject(cancelled(signal.reason));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#pending.delete(id);
        reject(cancelled(signal?.reason));
        this.#post({ cancel: id });
      };
      const settled = () => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#pending.set(id, {
        resolve: (result) => (settled(), resolve(result)),
        reject: (error) => (settled(), reject(error)),
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        this.#post({ id, method, params });
      } catch (thrown) {
        this.#pending.get(id)?.reject(PresyncError.from(thrown));
      }
    });
  }

  receive(message: ToCaller): void {
    if ('event' in message) {
      this.#onEvent(message.event as keyof E & string, message.payload as E[keyof E & string]);
      return;
    }
    const pending = this.#pending.get(message.id);
    if ('error' in message) pending?.reject(fromPlainError(message.error));
    else pending?.resolve(message.result);
  }

  /** The port is closed: everything that waits, and whatever is asked later, is rejected with `why`. */
  close(why: PresyncError): void {
    this.#closed ??= why;
    for (const pending of [...this.#pending.values()]) pending.reject(why);
  }
}
