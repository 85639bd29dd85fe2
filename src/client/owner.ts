/**
 * The owner of a context: watches the folder and keeps the daemon at what it holds.
 *
 *   hints (watcher, saves)  ──▶  rescan what they name  ──▶  push the difference  ──▶  acknowledged
 *   a barrier (a build)     ──▶  wait for the watcher's events, then the same, then say which snapshot holds them
 *
 * One pass runs at a time; hints that arrive meanwhile belong to the next. Without a link the folder is watched on,
 * and what changed is pushed when the link is back.
 */
import type { Disposable } from '../base/disposable.ts';
import { DisposableStore } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import type { Event } from '../base/emitter.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import { delay } from '../base/time.ts';
import type { Digest } from '../context/digest.ts';
import type { Proof } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Link } from '../transfer/dial.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { refuseIncomplete } from './blocked.ts';
import { Hints } from './hints.ts';
import { clientLimits } from './limits.ts';
import { StandingLink } from './link.ts';
import type { OwnerState } from './ownerState.ts';
import type { OpenRequest } from './openContext.ts';
import { openContext } from './openContext.ts';
import { Pusher } from './pusher.ts';
import type { Reading } from './reading.ts';
import { momentNs } from './reading.ts';
import type { ChangeHint, Watching, WorkspaceContext } from './workspaceContext.ts';

export interface OwnerOptions {
  readonly context: WorkspaceContext;
  readonly watching: Watching;
  readonly request: Omit<OpenRequest, 'role'>;
  reach(signal: AbortSignal): Promise<Link>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

export class ContextOwner implements Disposable {
  readonly #options: OwnerOptions;
  readonly #link: StandingLink;
  readonly #pusher: Pusher;
  readonly #hints: Hints;
  readonly #resources = new DisposableStore();
  readonly #abort = new AbortController();
  readonly #changed = new Emitter<OwnerState>();
  #reading: Reading | undefined;
  #pass: Promise<void> | undefined;
  /** Of all who ask while a pass runs: it has not begun, so it takes in whatever they hinted at. */
  #nextPass: Promise<void> | undefined;
  #attached = false;
  /** What the daemon holds, as it said last. */
  #head: Digest | undefined;
  #primed: Digest | undefined;
  #sent: Sent = nothingSent;
  /** By the push that runs. */
  #sending: Sent = nothingSent;
  #failure: PresyncError | undefined;
  #engineProblem: PresyncError | undefined;
  #retry: Disposable | undefined;

  readonly onDidChange: Event<OwnerState> = this.#changed.event;

  constructor(options: OwnerOptions) {
    this.#options = options;
    const { context, watching, clock } = options;
    this.#pusher = new Pusher(context.id, context, 'owner');
    this.#hints = this.#resources.add(new Hints(clock, () => void this.sync().catch(() => {})));
    this.#link = this.#resources.add(new StandingLink({ ...options, greet: (link) => this.#greet(link) }));
    this.#resources.add(watching.onDidChange((hint) => this.#hints.add(hint)));
    this.#resources.add(
      this.#link.onDidChange(({ phase }) => {
        if (phase === 'connected') this.#hints.now();
        this.#notify();
      }),
    );
  }

  /** Begins: reads the folder and connects. What goes wrong shows in the state and is tried again. */
  start(): void {
    this.#hints.add({ everything: true, why: 'start' });
    this.#hints.now();
    this.#link.start();
    // Before the watcher is ready changes raise nothing: one more reading when it is.
    void this.#options.watching.ready.then(
      () => this.#hints.add({ everything: true, why: 'the watcher is ready' }),
      () => {},
    );
  }

  get state(): OwnerState {
    // Where another one keeps the context in sync, the daemon says how far that is.
    const acknowledged = this.#attached ? this.#head : this.#pusher.acknowledged?.digest;
    const inSync = acknowledged !== undefined && acknowledged === this.#reading?.snapshot.digest && !this.#hints.any;
    return {
      link: this.#link.state.phase,
      attached: this.#attached,
      busy: this.#pass !== undefined,
      snapshot: this.#reading?.snapshot,
      problems: this.#reading?.problems ?? [],
      inSync,
      primed: this.#primed !== undefined && this.#primed === acknowledged,
      sent: addSent(this.#sent, this.#sending),
      failure: this.#failure ?? this.#link.failure ?? this.#engineProblem ?? (inSync ? this.#unwatched() : undefined),
    };
  }

  /** Nothing fails by it, but a change shows late until a build looks for itself. */
  #unwatched(): PresyncError | undefined {
    const { degraded } = this.#options.watching;
    if (degraded === undefined || this.#attached) return undefined;
    return new PresyncError('CONTEXT_UNWATCHED', `Changes are found late: ${degraded}.`, {
      hint: 'The folder is read every 30 seconds and before each build. docs/watching.md says what helps.',
    });
  }

  /** Something was saved: it is pushed at once, without the wait that gathers a watcher's events. */
  saved(hint: ChangeHint): void {
    this.#hints.add(hint);
    this.#hints.now();
  }

  /** Reads everything again and pushes, as `sync` does. */
  refresh(): Promise<void> {
    this.#hints.putBack({ everything: true, why: 'asked for' });
    return this.sync();
  }

  /** Takes in every hint so far and pushes; resolves when it is acknowledged (or read, while there is no link). */
  sync(): Promise<void> {
    return (this.#nextPass ??= this.#passAfter(this.#pass));
  }

  async #passAfter(running: Promise<void> | undefined): Promise<void> {
    await running?.catch(() => {});
    this.#nextPass = undefined;
    const pass = this.#runPass();
    this.#pass = pass;
    this.#notify();
    try {
      await pass;
      this.#failure = undefined;
    } catch (thrown) {
      this.#fail(thrown);
      throw thrown;
    } finally {
      this.#pass = undefined;
      this.#notify();
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#retry?.dispose();
    this.#resources.dispose();
    this.#changed.dispose();
  }

  /** Says what went wrong, and tries again later, unless it failed because it is to end. */
  #fail(thrown: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#failure = PresyncError.from(thrown);
    this.#options.logger.warn('sync failed', { error: this.#failure });
    this.#retry?.dispose();
    this.#retry = this.#options.clock.schedule(clientLimits.syncRetry, () => this.#hints.now());
  }

  async #runPass(): Promise<void> {
    await this.#read();
    const link = this.#link.current;
    if (link !== undefined && !this.#attached) await this.#push(link);
  }

  async #read(): Promise<Reading> {
    const hint = this.#hints.take();
    if (hint === undefined && this.#reading !== undefined) return this.#reading;
    const { context } = this.#options;
    try {
      const read = () => context.read(hint ?? { everything: true, why: 'first' }, this.#abort.signal);
      this.#reading = await this.#pusher.read(this.#attached ? undefined : this.#link.current?.peer, read);
    } catch (thrown) {
      // Nothing was taken in: what was hinted at is still to be read.
      if (hint !== undefined) this.#hints.putBack(hint);
      throw thrown;
    }
    return this.#reading;
  }

  async #push(link: Link): Promise<void> {
    try {
      const { reading, sent } = await this.#pusher.bring(link.peer, this.#reading!, () => this.#read(), {
        signal: this.#abort.signal,
        onProgress: (sending) => {
          this.#sending = sending;
          this.#notify();
        },
      });
      this.#reading = reading;
      this.#sent = addSent(this.#sent, sent);
    } finally {
      this.#sending = nothingSent;
    }
  }

  /** A fresh link: claim the context, answer barriers, and bring the daemon up to date. */
  async #greet(link: Link): Promise<void> {
    link.peer.onRequest = (exchange, request) => {
      void this.#barrier(exchange, request.type === 'barrier' && request.prove);
    };
    await this.#claim(link);
    void this.#follow(link);
  }

  async #claim(link: Link): Promise<void> {
    const { context, request } = this.#options;
    const opened = await openContext(link.peer, { ...request, role: 'owner' }, this.#abort.signal);
    this.#attached = opened.ownership === 'other';
    this.#head = opened.snapshot;
    this.#pusher.resume(opened, this.#reading?.snapshot, context.remembered);
    if (!this.#attached) this.#pusher.follow(link.peer);
  }

  /** What the daemon says of the context, until the link is gone. When that cannot be acted on, it is ended. */
  async #follow(link: Link): Promise<void> {
    try {
      for (;;) {
        const state = await link.peer.notices.expect('state', { signal: this.#abort.signal, timeout: Infinity });
        if (state.context !== this.#options.context.id) continue;
        this.#head = state.snapshot;
        this.#primed = state.primed;
        this.#engineProblem = state.problem;
        const { acknowledged } = this.#pusher;
        if (state.snapshot === undefined && acknowledged !== undefined) {
          // Content of what we pushed was lost: the description still holds.
          this.#pusher.resume({ snapshot: undefined, unfinished: acknowledged.digest });
          this.#hints.now();
        }
        if (this.#attached && !state.owned) {
          await this.#claim(link);
          this.#hints.now();
        }
        this.#notify();
      }
    } catch (thrown) {
      this.#primed = undefined;
      // A link whose notices nobody takes is of no use: the next one claims the context anew.
      if (!this.#abort.signal.aborted) link.peer.close(PresyncError.from(thrown));
    }
  }

  /** The daemon asks for a build's sake: everything written so far must be in the snapshot that we name. */
  async #barrier(exchange: Exchange, prove: boolean): Promise<void> {
    const before = this.#sent;
    const since = momentNs();
    try {
      // The echo tells that we are alive, however long the rest takes.
      await exchange.send({ type: 'barrier', context: this.#options.context.id, prove });
      await this.#options.watching.barrier(exchange.signal);
      await this.sync();
      const reading = this.#acknowledged();
      refuseIncomplete(reading.problems);
      const sent = { files: this.#sent.files - before.files, bytes: this.#sent.bytes - before.bytes };
      await exchange.send({ type: 'reached', snapshot: reading.snapshot.digest, sent });
      if (prove) await exchange.send({ type: 'proof', proof: await this.#prove(reading, since, exchange.signal) });
    } catch (thrown) {
      await exchange.send({ type: 'error', error: PresyncError.from(thrown) }).catch(() => {});
    } finally {
      exchange.close();
    }
  }

  async #prove(reading: Reading, since: bigint, signal: AbortSignal): Promise<Proof> {
    await delay(clientLimits.proofHeadStart, signal, this.#options.clock);
    const proof = await reading.prove(since, signal);
    if (proof.verdict === 'equal') return proof;
    // Whatever the watcher knows of it, the next reading takes it in.
    const { paths, count } = proof;
    this.#hints.add(count > paths.length ? { everything: true, why: 'a proof found changes' } : { paths });
    if (proof.verdict === 'missed') this.#options.logger.warn('changes were missed', { count });
    return proof;
  }

  /** The reading that the daemon has. */
  #acknowledged(): Reading {
    const reading = this.#reading;
    if (reading !== undefined && reading.snapshot.digest === this.#pusher.acknowledged?.digest) return reading;
    throw new PresyncError('OWNER_SILENT', 'The program that watches this context has not synchronised it yet.');
  }

  #notify(): void {
    this.#changed.emit(this.state);
  }
}
