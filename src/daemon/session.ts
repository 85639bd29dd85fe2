/** One client's connection: what it has opened, and its requests. */
import type { Disposable } from '../base/disposable.ts';
import { toDisposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import type { BuilderTransfer } from '../context/buildEvent.ts';
import { hexDigest } from '../context/digest.ts';
import type { Digest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { timeouts } from '../protocol/limits.ts';
import type { Build, Message, OpenContext, Push } from '../protocol/message.ts';
import { receiveAhead } from '../transfer/ahead.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { unexpected } from '../transfer/exchange.ts';
import type { Peer } from '../transfer/peer.ts';
import { receivePush } from '../transfer/receiver.ts';
import type { Arrivals } from './arrivals.ts';
import type { BuildService } from './buildService.ts';
import type { Context, ContextHub, Owner, OwnersBarrier } from './contextHub.ts';
import { daemonLimits } from './limits.ts';
import { pushSink } from './pushSink.ts';

export interface SessionServices {
  readonly hub: ContextHub;
  readonly arrivals: Arrivals;
  readonly builds: BuildService;
  /** See `Primes.transferred`. */
  transferred(context: Context): BuilderTransfer;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when a snapshot is on its way to a context: its builder may begin to take it. */
  onAnnounced(context: Context, engine: EngineSelector, snapshot: Snapshot): void;
  /** Called when a client opens a context: it will need the builder soon. */
  onOpened(engine: EngineSelector): void;
  /** Called when a client becomes the owner of a context. */
  onOwner(context: Context): void;
}

interface Opened {
  readonly context: Context;
  readonly engine: EngineSelector;
  readonly membership: Disposable;
  /** What had crossed BuildKit's sessions when a guest opened the context; until its first build. */
  before: BuilderTransfer | undefined;
}

export class Session implements Disposable {
  readonly #peer: Peer;
  readonly #services: SessionServices;
  readonly #opened = new Map<Digest, Opened>();
  #running = 0;
  #pushes = 0;
  #retired = false;

  /** Called when the last running request has ended. */
  onIdle: () => void = () => {};

  constructor(peer: Peer, services: SessionServices) {
    this.#peer = peer;
    this.#services = services;
  }

  /** Takes requests from here on: the client was greeted. */
  serve(): void {
    this.#peer.onRequest = (exchange, request) => void this.#handle(exchange, request);
  }

  /** Takes no more requests; those that run go on. */
  retire(): void {
    this.#retired = true;
  }

  get pushing(): boolean {
    return this.#pushes > 0;
  }

  /** Requests that are being answered. */
  get running(): number {
    return this.#running;
  }

  /** Lets go of what the client owned. Builds end with the link through their exchange. */
  dispose(): void {
    for (const { membership } of this.#opened.values()) membership.dispose();
    this.#opened.clear();
  }

  async #handle(exchange: Exchange, request: Message): Promise<void> {
    this.#running++;
    try {
      if (this.#retired) throw new PresyncError('DAEMON_DRAINING', 'The daemon is making way for a newer one.');
      await this.#dispatch(exchange, request);
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      this.#services.logger.info('request failed', { request: request.type, code: error.code, error });
      await exchange.send({ type: 'error', error }).catch(() => {});
    } finally {
      this.#running--;
      exchange.close();
      if (this.#running === 0) this.onIdle();
    }
  }

  #dispatch(exchange: Exchange, request: Message): Promise<void> {
    switch (request.type) {
      case 'open':
        return this.#open(exchange, request);
      case 'ahead':
        return this.#ahead(exchange, request);
      case 'push':
        return this.#push(exchange, request);
      case 'build':
        return this.#build(exchange, request);
      default:
        return Promise.reject(unexpected(request));
    }
  }

  async #open(exchange: Exchange, request: OpenContext): Promise<void> {
    if (!this.#opened.has(request.context) && this.#opened.size >= daemonLimits.openContexts) {
      throw new PresyncError('LIMIT', `${this.#opened.size} contexts are open on one connection.`);
    }
    this.#services.onOpened(request.engine);
    const context = await this.#services.hub.open(request.context);
    this.#opened.get(request.context)?.membership.dispose();
    context.label = request.label;
    const owner: Owner = {
      nonce: request.nonce,
      engine: request.engine,
      speculate: request.speculate,
      barrier: (id, prove, signal) => this.#barrier(id, prove, signal),
    };
    const ownership = context.join(request.role, request.nonce, owner);
    const subscription = context.subscribe((state) => void this.#peer.notices.send(state).catch(() => {}));
    const membership = toDisposable(() => {
      subscription.dispose();
      context.leave(owner);
    });
    const before = request.role === 'guest' ? this.#services.transferred(context) : undefined;
    this.#opened.set(request.context, { context, engine: request.engine, membership, before });
    // Who is gone meanwhile owns nothing.
    if (exchange.signal.aborted) this.dispose();
    this.#services.logger.info('context opened', { context: hexDigest(context.id), role: request.role, ownership });
    const [snapshot, unfinished] = [context.head?.digest, context.unfinished?.digest];
    await exchange.send({ type: 'opened', snapshot, ownership, unfinished });
    if (ownership === 'yours') this.#services.onOwner(context);
    context.notify();
  }

  async #push(exchange: Exchange, request: Push): Promise<void> {
    const { context, engine } = this.#use(request.context);
    const { arrivals, clock, onAnnounced } = this.#services;
    const sink = pushSink(context, arrivals, (snapshot) => onAnnounced(context, engine, snapshot));
    this.#pushes++;
    try {
      const receive = () => receivePush(exchange, request, sink, exchange.signal);
      await context.push(clock, () => arrivals.during(receive, exchange.signal));
      context.problemCount = request.problems;
    } finally {
      this.#pushes--;
    }
  }

  async #ahead(exchange: Exchange, request: Message): Promise<void> {
    const { arrivals } = this.#services;
    await arrivals.during(() => receiveAhead(exchange, request, arrivals, exchange.signal), exchange.signal);
  }

  async #build(exchange: Exchange, request: Build): Promise<void> {
    const opened = this.#use(request.context);
    const { builds, transferred } = this.#services;
    // A guest's command began when it opened the context: what its push had primed ahead is its build's.
    const before = opened.before ?? transferred(opened.context);
    opened.before = undefined;
    const inputs = (request.inputs ?? []).map(({ context }) => this.#use(context).context);
    await builds.run(exchange, request, opened.context, { engine: opened.engine, before, inputs });
  }

  #use(id: Digest): Opened {
    const opened = this.#opened.get(id);
    if (opened === undefined) throw new PresyncError('PROTOCOL', 'The context was not opened on this connection.');
    return opened;
  }

  /** The owner echoes the barrier at once and answers when it is reached: silence is told from work. */
  #barrier(context: Digest, prove: boolean, signal: AbortSignal): Promise<OwnersBarrier> {
    return new Promise((resolve, reject) => {
      const barrier = this.#peer.converse({ type: 'barrier', context, prove }, async (exchange) => {
        await exchange.expect('barrier', { signal, timeout: timeouts.barrier }).catch(silent);
        const { snapshot, sent } = await exchange.expect('reached', { signal, timeout: timeouts.pushIdle });
        const proof = prove ? this.#proof(exchange, signal) : undefined;
        resolve({ snapshot, sent, proof });
        await proof;
      });
      // Once it is reached, whoever has the proof hears of it.
      barrier.catch(reject);
    });
  }

  async #proof(exchange: Exchange, signal: AbortSignal): Promise<Proof> {
    const { proof } = await exchange.expect('proof', { signal, timeout: timeouts.proof }).catch(silent);
    return proof;
  }
}

/** An owner that does not answer, unless it says what is wrong with the context. */
function silent(thrown: unknown): never {
  const { code } = PresyncError.from(thrown);
  if (code === 'CANCELLED' || code === 'IGNORE_PATTERN' || code.startsWith('CONTEXT_')) throw thrown;
  throw new PresyncError('OWNER_SILENT', 'The program that watches this context does not answer.', { cause: thrown });
}
