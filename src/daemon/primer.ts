/** Keeps BuildKit's copies current: a queue for each context and engine, primed whenever an owner's head moves. */
import type { Disposable } from '../base/disposable.ts';
import { DisposableStore } from '../base/disposable.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import { backoffDelay } from '../base/time.ts';
import type { Engine } from '../builder/engine.ts';
import type { Generation } from '../builder/generation.ts';
import { reportedTree } from '../builder/reportedTree.ts';
import type { Digest } from '../context/digest.ts';
import { hexDigest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { BuilderTransfer } from '../context/buildEvent.ts';
import { nothingTransferred, sumTransfers } from '../context/builderTransfer.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { PrimedInput, Primes } from './buildService.ts';
import type { Context, ContextWork } from './contextHub.ts';
import type { CopyMemory, GenerationOrder } from './copy.ts';
import { Copy } from './copy.ts';
import { copyName } from './copyMemory.ts';
import { CopyQueue } from './copyQueue.ts';
import type { EnginePool } from './enginePool.ts';
import { daemonLimits } from './limits.ts';
import { PrimePace } from './primePace.ts';
import type { NameableBuild } from './speculation.ts';
import { Transfers } from './transfers.ts';

export interface PrimerOptions {
  readonly engines: EnginePool;
  /** What is remembered of a context's copy in an engine. */
  memory(context: Context, engine: Engine): CopyMemory;
  newId(): string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

interface Line {
  readonly context: Context;
  readonly engine: Engine;
  readonly queue: CopyQueue<Generation>;
  readonly pace: PrimePace;
  readonly transfers: Transfers;
  /** Listens for the end of the engine's connection. */
  readonly listening: Disposable;
}

export class Primer implements Primes, ContextWork, Disposable {
  readonly #options: PrimerOptions;
  readonly #lines = new Map<string, Line>();
  readonly #retries = new Map<Context, Disposable>();
  /** How often priming a context has failed since it was primed, or had this owner. */
  readonly #failures = new WeakMap<Context, number>();
  /** Of each context with an owner, the line of the builder that the owner keeps warm. */
  readonly #owners = new Map<Context, Line>();
  /** What crossed for a context in lines that are no more. */
  readonly #transferred = new WeakMap<Context, BuilderTransfer>();

  /** Called when the head of a context that is followed has moved, before it is primed. */
  onMoved: (context: Context) => void = () => {};
  /** Called when the builder that a context's owner keeps warm has this snapshot. */
  onPrimed: (context: Context, snapshot: Snapshot) => void = () => {};

  constructor(options: PrimerOptions) {
    this.#options = options;
  }

  /** Whether a prime or a build is under way. */
  get busy(): boolean {
    return [...this.#lines.values()].some((line) => line.queue.busy);
  }

  /** Primes the context's head for its owner, now and whenever it moves. What was true for another builder no longer is. */
  follow(context: Context): void {
    this.#owners.delete(context);
    this.#failures.delete(context);
    context.primed = undefined;
    context.problem = undefined;
    context.onHead = () => {
      this.onMoved(context);
      this.keepPrimed(context);
    };
    this.keepPrimed(context);
  }

  keepPrimed(context: Context): void {
    this.#retries.get(context)?.dispose();
    this.#retries.delete(context);
    void this.#primeHead(context).catch((thrown: unknown) => this.#failed(context, PresyncError.from(thrown)));
  }

  /**
   * A snapshot is on its way: BuildKit takes it over while it comes, where there is no copy that could be lost. Nobody
   * waits for it; when it fails, the snapshot is primed as any other once it is here.
   */
  anticipate(context: Context, selector: EngineSelector, snapshot: Snapshot): void {
    const use = context.use();
    const begun = this.#options.engines
      .get(selector)
      .then((engine) => this.#line(context, engine).queue.anticipate(snapshot));
    begun
      .catch((error: unknown) => this.#options.logger.info('nothing was primed ahead', { error }))
      .finally(() => use.dispose());
  }

  /** What BuildKit may still ask for. */
  *trees(): Generator<Snapshot> {
    for (const { queue } of this.#lines.values()) yield* queue.trees();
  }

  async lease(
    context: Context,
    selector: EngineSelector,
    snapshot: Snapshot,
    signal: AbortSignal,
    inputs: readonly PrimedInput[] = [],
  ): Promise<NameableBuild> {
    // Who is gone has the context open no more: it may be forgotten already.
    if (signal.aborted) throw cancelled(signal.reason);
    const held = new DisposableStore();
    for (const used of [context, ...inputs.map((input) => input.context)]) held.add(used.use());
    try {
      const engine = await this.#options.engines.get(selector);
      const acquire = async (of: Context, what: Snapshot) => {
        const lease = await this.#line(of, engine).queue.acquire(what, signal);
        held.add({ dispose: () => lease.release() });
        // The builder that its owner waits for may be this one: then nobody has to wait for the next look.
        if (this.#retries.has(of)) this.keepPrimed(of);
        return lease.generation;
      };
      const generation = await acquire(context, snapshot);
      const named = new Map<string, Generation>();
      for (const input of inputs) named.set(input.name, await acquire(input.context, input.snapshot));
      return {
        build: (request, onEvent, end, leave, services) =>
          engine.build(generation, request, onEvent, end, leave, services, named),
        moveName: (...move) => engine.moveName(...move),
        release: () => held.dispose(),
      };
    } catch (thrown) {
      held.dispose();
      throw thrown;
    }
  }

  isBusy(id: Digest): boolean {
    return [...this.#lines.values()].some(({ context, queue }) => context.id === id && queue.busy);
  }

  /** What BuildKit was told is remembered on disk, and taken up where the context is opened again. */
  drop(id: Digest): void {
    this.#drop(({ context }) => context.id === id);
  }

  /** Whether a prime or a build is under way in the engine, or will be when an owner's file is saved. */
  uses(engine: Engine): boolean {
    return [...this.#lines.values()].some((line) => {
      return line.engine === engine && (line.queue.busy || this.#isOwners(line));
    });
  }

  /** Forgets an engine that is not used: it ends, and another one comes when it is asked for again. */
  leave(engine: Engine): void {
    this.#drop((line) => line.engine === engine);
  }

  transferred(context: Context): BuilderTransfer {
    const lines = [...this.#lines.values()].filter((line) => line.context === context);
    const before = this.#transferred.get(context) ?? nothingTransferred;
    return sumTransfers([before, ...lines.map((line) => line.transfers.total)]);
  }

  dispose(): void {
    for (const retry of this.#retries.values()) retry.dispose();
    for (const line of this.#lines.values()) endLine(line);
  }

  #drop(which: (line: Line) => boolean): void {
    for (const [key, line] of this.#lines) {
      if (!which(line)) continue;
      const { context, transfers } = line;
      endLine(line);
      this.#lines.delete(key);
      if (this.#owners.get(context) === line) this.#owners.delete(context);
      this.#transferred.set(
        context,
        sumTransfers([this.#transferred.get(context) ?? nothingTransferred, transfers.total]),
      );
    }
  }

  /** Whether the context's owner keeps this line's builder warm. */
  #isOwners(line: Line): boolean {
    return line.context.owner !== undefined && this.#owners.get(line.context) === line;
  }

  async #primeHead(context: Context): Promise<void> {
    const { owner } = context;
    if (owner === undefined || context.head === undefined) return;
    const engine = await this.#options.engines.get(owner.engine);
    // The owner may have chosen another builder while this one was reached, and the head may have moved.
    if (context.owner !== owner) return;
    const line = this.#line(context, engine);
    this.#owners.set(context, line);
    const { head } = context;
    line.pace.ask(() => line.queue.prime(head));
  }

  #line(context: Context, engine: Engine): Line {
    const key = `${hexDigest(context.id)} ${engine.info.label}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = this.#newLine(context, engine);
      this.#lines.set(key, line);
    }
    return line;
  }

  #newLine(context: Context, engine: Engine): Line {
    const { newId, clock, logger } = this.#options;
    const transfers = new Transfers();
    const pace = new PrimePace(clock);
    const contextName = copyName(hexDigest(context.id));
    const priming = {
      sessionId: engine.sessionId,
      createGeneration: (order: GenerationOrder) => {
        const generation = engine.createGeneration({ ...order, contextName });
        transfers.watch(generation);
        return Promise.resolve(generation);
      },
      prime: (generation: Generation) => pace.timed(engine.prime(generation)),
      reportedTree,
    };
    const queue = new CopyQueue<Generation>(
      (kind) => new Copy(priming, kind === 'lasting' ? this.#options.memory(context, engine) : undefined, newId),
      clock,
      logger,
    );
    const listening = engine.onDidClose(() => this.#lost(line));
    const line = { context, engine, queue, pace, transfers, listening };
    queue.onPrimed = (snapshot, failure) => {
      if (failure?.code === 'STORE_CORRUPT' && context.find(snapshot.digest) !== undefined) this.#forget(context);
      // What becomes of another builder's copy, for a build or from before the owner's change, is not its owner's news.
      if (context.owner !== undefined && this.#owners.get(context) !== line) return;
      if (failure !== undefined) return this.#failed(context, failure);
      this.#failures.delete(context);
      context.primed = snapshot;
      context.problem = undefined;
      context.notify();
      if (context.owner !== undefined) this.onPrimed(context, snapshot);
    };
    return line;
  }

  /** A build does not start at once any more: the engine is looked for until it is back. */
  #lost(line: Line): void {
    if (!this.#isOwners(line)) return;
    line.context.primed = undefined;
    line.context.notify();
    this.keepPrimed(line.context);
  }

  #forget(context: Context): void {
    context.forget().catch((thrown: unknown) => {
      this.#options.logger.warn('a snapshot that lacks content could not be checked', {
        error: PresyncError.from(thrown),
      });
    });
  }

  /**
   * Says so, and tries again while somebody watches the context: ever later, since after a failure BuildKit has to take
   * the whole context again, maybe onto a disk that is full.
   */
  #failed(context: Context, error: PresyncError): void {
    this.#options.logger.warn('the builder could not be primed', { code: error.code, error });
    context.primed = undefined;
    context.problem = error;
    context.notify();
    if (context.owner === undefined) return;
    const { clock, random } = this.#options;
    const failures = this.#failures.get(context) ?? 0;
    this.#failures.set(context, failures + 1);
    const pause = backoffDelay(failures, daemonLimits.primeRetry, daemonLimits.primeRetryMax, random);
    this.#retries.get(context)?.dispose();
    this.#retries.set(
      context,
      clock.schedule(pause, () => this.keepPrimed(context)),
    );
  }
}

function endLine({ pace, queue, listening }: Line): void {
  listening.dispose();
  pace.dispose();
  queue.dispose();
}
