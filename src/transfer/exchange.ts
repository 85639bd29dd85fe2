import { cancelled, PresyncError } from '../base/errors.ts';
import { withTimeout } from '../base/time.ts';
import { timeouts } from '../protocol/limits.ts';
import type { Message, MessageType } from '../protocol/message.ts';
import type { Effort } from '../protocol/packing.ts';

/** What an exchange needs of the peer that it belongs to. */
export interface ExchangeHost {
  /** Resolves when the link can take more, with the bytes of the frame. */
  send(id: number, message: Message, effort: Effort | undefined): Promise<number>;
  /** Bytes were taken out of (negative) or put into an exchange's backlog. */
  backlogChanged(bytes: number): void;
  closed(id: number): void;
}

interface Received {
  readonly message: Message;
  readonly bytes: number;
}

/**
 * One request and everything that belongs to it, in both directions, apart from all other exchanges of the link.
 * Messages wait here until they are taken; the peer stops reading the socket while too many wait.
 */
export class Exchange {
  readonly #host: ExchangeHost;
  readonly #ended = new AbortController();
  #backlog: Received[] = [];
  #wake: (() => void) | undefined;
  #failure: PresyncError | undefined;

  constructor(
    readonly id: number,
    host: ExchangeHost,
  ) {
    this.#host = host;
  }

  /** Aborted when the link is lost or the exchange is closed; the reason is a PresyncError. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /**
   * Resolves when the link can take more, with the bytes that it took for this. Throws LINK_LOST when it is gone.
   * With an effort the message is packed on another thread first, so what is sent meanwhile overtakes it.
   */
  async send(message: Message, effort?: Effort): Promise<number> {
    this.#throwIfOver();
    const bytes = await this.#host.send(this.id, message, effort);
    this.#throwIfOver();
    return bytes;
  }

  /** The same for what only leads to more: where the link is lost, what it has brought can still be taken. */
  async sendUnlessLost(message: Message): Promise<void> {
    try {
      await this.send(message);
    } catch (thrown) {
      if (!this.signal.aborted) throw thrown;
    }
  }

  /** The next message. An error message is thrown; so is the loss of the link, TIMEOUT and CANCELLED. */
  async receive(options: { signal?: AbortSignal | undefined; timeout?: number } = {}): Promise<Message> {
    const { signal, timeout = timeouts.answer } = options;
    if (this.#backlog.length === 0) {
      this.#throwIfOver();
      const arrival = this.#arrival(signal);
      await (timeout === Infinity ? arrival : withTimeout(arrival, timeout, 'An answer'));
    }
    const next = this.#backlog.shift()!;
    this.#host.backlogChanged(-next.bytes);
    if (next.message.type === 'error') throw next.message.error;
    return next.message;
  }

  /** The next message, which must be of the given type: PROTOCOL otherwise. */
  async expect<T extends MessageType>(
    type: T,
    options?: { signal?: AbortSignal | undefined; timeout?: number },
  ): Promise<Extract<Message, { type: T }>> {
    const message = await this.receive(options);
    if (message.type !== type) throw unexpected(message);
    return message as Extract<Message, { type: T }>;
  }

  /** Nothing more is sent or taken. */
  close(): void {
    this.#drop(new PresyncError('CANCELLED', 'The exchange is over.'));
    this.#host.closed(this.id);
  }

  /** For the peer: a message of this exchange arrived. */
  deliver(message: Message, bytes: number): void {
    if (this.#failure !== undefined) return;
    this.#backlog.push({ message, bytes });
    this.#host.backlogChanged(bytes);
    this.#wake?.();
  }

  /** For the peer: the link is gone. Messages that had arrived can still be taken. */
  fail(why: PresyncError): void {
    this.#failure ??= why;
    this.#ended.abort(why);
    this.#wake?.();
  }

  #throwIfOver(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #drop(why: PresyncError): void {
    for (const { bytes } of this.#backlog) this.#host.backlogChanged(-bytes);
    this.#backlog = [];
    this.fail(why);
  }

  #arrival(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled(signal.reason));
      const onAbort = () => settle(() => reject(cancelled(signal?.reason)));
      const settle = (finish: () => void) => {
        this.#wake = undefined;
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#wake = () => settle(() => (this.#backlog.length > 0 ? resolve() : reject(this.#failure!)));
    });
  }
}

/** PROTOCOL: a message that has no place here. */
export function unexpected(message: Message): PresyncError {
  return new PresyncError('PROTOCOL', `A "${message.type}" message came where none was expected.`);
}
