import { PresyncError } from '../../base/errors.ts';
import type { Answer, Methods, Request, ToAnswerer, ToCaller } from './messages.ts';
import { toPlainError } from './plainError.ts';

/** What answers each method. The signal fires when the asking side no longer wants the answer. */
export type Handlers<M extends Methods<M>> = {
  readonly [K in keyof M]: (params: M[K]['params'], signal: AbortSignal) => Promise<M[K]['result']>;
};

type AnyHandler = (params: unknown, signal: AbortSignal) => Promise<unknown>;

export interface AnswererOptions<M extends Methods<M>> {
  readonly handlers: Handlers<M>;
  /** A request failed. The asking side gets the error without its cause. */
  onFailure?(method: string, error: PresyncError): void;
  /** The other side asks nothing more. */
  onGoodbye?(): void;
}

/** The answering side of a port, which also tells events. Whoever has the port gives `receive` its messages. */
export class Answerer<M extends Methods<M>, E> {
  readonly #post: (message: ToCaller) => void;
  readonly #options: AnswererOptions<M>;
  readonly #running = new Map<number, AbortController>();

  constructor(post: (message: ToCaller) => void, options: AnswererOptions<M>) {
    this.#post = post;
    this.#options = options;
  }

  tell<K extends keyof E & string>(event: K, payload: E[K]): void {
    this.#post({ event, payload });
  }

  receive(message: ToAnswerer): void {
    if ('goodbye' in message) this.#options.onGoodbye?.();
    else if ('cancel' in message) this.#running.get(message.cancel)?.abort();
    else void this.#answer(message);
  }

  /** The port is closed: nobody waits for what is still running. */
  close(): void {
    for (const abort of this.#running.values()) abort.abort();
  }

  async #answer(request: Request): Promise<void> {
    const { id } = request;
    const abort = new AbortController();
    this.#running.set(id, abort);
    const answer = await this.#run(request, abort.signal);
    this.#running.delete(id);
    try {
      this.#post(answer);
    } catch (thrown) {
      // What cannot be cloned is a mistake of ours: the one who waits must hear of it all the same.
      this.#post({ id, error: toPlainError(thrown) });
    }
  }

  async #run({ id, method, params }: Request, signal: AbortSignal): Promise<Answer> {
    try {
      const handlers: Partial<Record<string, AnyHandler>> = this.#options.handlers;
      const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
      if (handler === undefined) throw new PresyncError('INTERNAL', `Nothing answers "${method}".`);
      return { id, result: await handler(params, signal) };
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      this.#options.onFailure?.(method, error);
      return { id, error: toPlainError(error) };
    }
  }
}
