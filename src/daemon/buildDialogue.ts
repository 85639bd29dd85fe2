/**
 * What a build and its client have to say to each other while it runs: the build asks for what only the client has; the
 * client may cancel, and say that what was held back may follow. Nothing that is answered is kept.
 */
import { Deferred } from '../base/deferred.ts';
import { cancelled, errorMessage, PresyncError } from '../base/errors.ts';
import { withTimeout } from '../base/time.ts';
import { abortable } from '../base/abortable.ts';
import type { BuildServices, ByteChannel } from '../builder/session/buildServices.ts';
import type { Leave } from '../builder/solve/heldBuild.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Message, Offer, Question, Reply } from '../protocol/message.ts';
import { Streams } from '../transfer/byteStream.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { unexpected } from '../transfer/exchange.ts';

export class BuildDialogue implements Leave {
  readonly whenGiven: Promise<void>;
  readonly ask: () => void;
  readonly #exchange: Exchange;
  readonly #over = new AbortController();
  readonly #streams: Streams;
  readonly #asked = new Map<number, Deferred<Reply>>();
  #lastNumber = 0;
  #failure: PresyncError | undefined;
  #release: () => void = () => {};
  #given = false;

  /** @param onAsk the build waits for its release */
  constructor(exchange: Exchange, onAsk: () => void) {
    this.#exchange = exchange;
    this.ask = onAsk;
    this.#streams = new Streams(exchange);
    this.whenGiven = new Promise((resolve) => (this.#release = resolve));
    void this.#listen();
  }

  /** Fires, with the reason, when the client cancels or is gone; after the build's end it does no harm. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether the client has released the build. */
  get given(): boolean {
    return this.#given;
  }

  /** Ends the build. */
  abort(why: PresyncError): void {
    this.#over.abort(why);
    for (const replied of this.#asked.values()) replied.reject(cancelled(why));
    this.#streams.close(why);
  }

  /** What the client answers for; undefined when that is nothing. */
  services(offer: Offer): BuildServices | undefined {
    if (!Object.values(offer).includes(true)) return undefined;
    return {
      secrets: offer.secrets ? { secret: (id, signal) => this.#secret(id, signal) } : undefined,
      registries: offer.registries ? { account: (host, signal) => this.#account(host, signal) } : undefined,
      agents: offer.agents
        ? {
            hasAgent: async (id, signal) => (await this.#ask({ kind: 'agent', id }, signal)).kind !== 'absent',
            connect: (id, signal) => this.#connect(id, signal),
          }
        : undefined,
      outputs: offer.outputs ? { open: (index, signal) => this.#output(index, signal) } : undefined,
      archive: offer.archive ? { open: (signal) => this.#archive(signal) } : undefined,
    };
  }

  /** Why a build failed: where that was for want of an answer, the client's own error, which knows more. */
  explain(thrown: unknown): unknown {
    const failure = this.#failure;
    return failure !== undefined && errorMessage(thrown).includes(failure.message) ? failure : thrown;
  }

  async #secret(id: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const reply = await this.#ask({ kind: 'secret', id }, signal);
    if (reply.kind === 'absent') return undefined;
    if (reply.kind === 'data') return reply.data;
    throw misplaced(reply);
  }

  async #account(host: string, signal: AbortSignal) {
    const reply = await this.#ask({ kind: 'registry', host }, signal);
    if (reply.kind === 'absent') return undefined;
    if (reply.kind === 'account') return reply.account;
    throw misplaced(reply);
  }

  #connect(id: string, signal: AbortSignal): Promise<ByteChannel | undefined> {
    return this.#stream((stream) => ({ kind: 'connect', id, stream }), signal);
  }

  async #output(index: number, signal: AbortSignal): Promise<ByteChannel> {
    const channel = await this.#stream((stream) => ({ kind: 'output', index, stream }), signal);
    if (channel !== undefined) return channel;
    throw new PresyncError('PROTOCOL', 'The client does not know where a result of its build goes.');
  }

  async #archive(signal: AbortSignal): Promise<ByteChannel> {
    const channel = await this.#stream((stream) => ({ kind: 'archive', stream }), signal);
    if (channel !== undefined) return channel;
    throw new PresyncError('PROTOCOL', 'The client has no archive for its build.');
  }

  /** Asks for something that a new stream leads to. Undefined when there is none. */
  async #stream(question: (stream: number) => Question, signal: AbortSignal): Promise<ByteChannel | undefined> {
    const stream = this.#streams.open(++this.#lastNumber);
    try {
      const reply = await this.#ask(question(stream.id), signal);
      if (reply.kind === 'done') return stream;
      await stream.fail(cancelled());
      if (reply.kind === 'absent') return undefined;
      throw misplaced(reply);
    } catch (thrown) {
      await stream.fail(PresyncError.from(thrown));
      throw thrown;
    }
  }

  async #ask(question: Question, signal: AbortSignal): Promise<Exclude<Reply, { kind: 'error' }>> {
    if (this.#asked.size >= limits.openAsks) throw new PresyncError('LIMIT', 'The build asks too much at once.');
    for (const { aborted, reason } of [signal, this.signal]) if (aborted) throw cancelled(reason);
    const call = ++this.#lastNumber;
    const replied = new Deferred<Reply>();
    this.#asked.set(call, replied);
    try {
      this.#exchange.send({ type: 'ask', call, question }).catch(replied.reject);
      const reply = await withTimeout(abortable(replied.promise, signal), timeouts.ask, 'The answer of the client');
      if (reply.kind === 'error') throw (this.#failure = reply.error);
      return reply;
    } finally {
      this.#asked.delete(call);
      // After a timeout too nothing stays with the step's signal.
      replied.reject(cancelled());
    }
  }

  async #listen(): Promise<void> {
    try {
      for (;;) this.#take(await this.#exchange.receive({ timeout: Infinity }));
    } catch (thrown) {
      this.abort(PresyncError.from(thrown));
    }
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'cancel':
        throw cancelled();
      case 'release':
        this.#given = true;
        return this.#release();
      case 'answer':
        // A question that nobody waits for any more is answered in vain.
        return this.#asked.get(message.call)?.resolve(message.reply);
      case 'streamEnd':
        this.#failure = message.error ?? this.#failure;
        return this.#streams.deliver(message);
      case 'streamData':
      case 'streamCredit':
        return this.#streams.deliver(message);
      default:
        throw unexpected(message);
    }
  }
}

function misplaced(reply: Reply): PresyncError {
  return new PresyncError('PROTOCOL', `The client answered "${reply.kind}" to another question.`);
}
