/** The contexts that the daemon knows: their heads, who owns them, who listens. */
import type { ByteString } from '../base/bytes.ts';
import { toDisplay } from '../base/bytes.ts';
import type { Disposable } from '../base/disposable.ts';
import { toDisposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import { withTimeout } from '../base/time.ts';
import type { Digest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { Proof } from '../context/proof.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { BarrierReached, ContextState, Ownership } from '../protocol/message.ts';
import { daemonLimits } from './limits.ts';

/** The head of a context on disk. */
export interface HeadStore {
  /** Undefined for none, and for one that cannot be read any more: it is described anew. */
  head(context: Digest): Promise<StoredHead | undefined>;
  /** Durable when it resolves. */
  commit(context: Digest, snapshot: Snapshot, label: string): Promise<void>;
  /** The context is in use now. Never rejects. */
  touch(context: Digest): Promise<void>;
  /** Finds out what content of the snapshot is damaged: it counts as missing from then on. */
  check(snapshot: Snapshot): Promise<void>;
}

export interface StoredHead {
  readonly snapshot: Snapshot;
  /** All of its content is here. */
  readonly isWhole: boolean;
}

/** The client that watches a context and pushes its changes. */
export interface Owner {
  readonly nonce: ByteString;
  /** Which builder it keeps warm. */
  readonly engine: EngineSelector;
  /** Whether the last build of the context is to be run in the background after each change. */
  readonly speculate: boolean;
  /** Makes sure that everything written so far is pushed. OWNER_SILENT when it does not answer in time. */
  barrier(context: Digest, prove: boolean, signal: AbortSignal): Promise<OwnersBarrier>;
}

export interface OwnersBarrier extends Omit<BarrierReached, 'type'> {
  /** The owner's proof of the snapshot, if it was asked for. Rejects with OWNER_SILENT, and as a scan does. */
  readonly proof: Promise<Proof> | undefined;
}

export class Context {
  readonly id: Digest;
  readonly #store: HeadStore;
  readonly #listeners = new Set<(state: ContextState) => void>();
  readonly #recent = new Map<Digest, Snapshot>();
  #head: Snapshot | undefined;
  /**
   * When the head was read, on the clock of its client. That begins anew when the client's machine does, so it counts
   * only among clients that have the context open at the same time, and from when an owner took the context over.
   */
  #asOf = 0;
  #committing: Promise<void> = Promise.resolve();
  #pushing: Promise<void> = Promise.resolve();
  label: ByteString = '' as ByteString;
  owner: Owner | undefined;
  primed: Snapshot | undefined;
  problem: PresyncError | undefined;
  /** What is known of a push that has not come to its end: a base for the next one. Its content may be missing. */
  unfinished: Snapshot | undefined;
  /** Entries of the workspace that its owner could not carry. */
  problemCount = 0;
  #uses = 0;
  /** Called after each commit. */
  onHead: (snapshot: Snapshot) => void = () => {};
  /** Called when its last use has ended. */
  onUnused: () => void = () => {};

  constructor(id: Digest, store: HeadStore, head: StoredHead | undefined) {
    this.id = id;
    this.#store = store;
    if (head?.isWhole === true) this.#setHead(head.snapshot);
    else this.unfinished = head?.snapshot;
  }

  get head(): Snapshot | undefined {
    return this.#head;
  }

  get state(): ContextState {
    const { id: context, primed, problem } = this;
    const owned = this.owner !== undefined;
    return { type: 'state', context, snapshot: this.#head?.digest, primed: primed?.digest, problem, owned };
  }

  /** The latest snapshots. */
  get recent(): Iterable<Snapshot> {
    return this.#recent.values();
  }

  /** The snapshot of that digest, if it is one of the latest. */
  find(digest: Digest): Snapshot | undefined {
    return this.#recent.get(digest);
  }

  /**
   * Runs one push after the other, so that clients that push the same at once share one transfer. A push that stalls
   * holds up the next for a while, not for ever.
   */
  push(clock: Clock, receive: () => Promise<void>): Promise<void> {
    const use = this.use();
    const before = this.#pushing;
    const turn = withTimeout(before, daemonLimits.pushTurn, 'The push before', clock).catch(() => {});
    const own = turn.then(receive);
    this.#pushing = own.catch(() => {}).then(() => use.dispose());
    return own;
  }

  /** One commit after the other. SUPERSEDED when the workspace was read later for the present head. */
  commit(snapshot: Snapshot, asOf: number): Promise<void> {
    const commit = this.#committing.then(async () => {
      const older = asOf < this.#asOf;
      // Several that read the same at about the same time are all right.
      if (older && snapshot.digest === this.#head?.digest) return;
      if (older) {
        throw new PresyncError('SUPERSEDED', 'A newer state of this context was pushed meanwhile.');
      }
      if (snapshot.digest !== this.#head?.digest) {
        await this.#store.commit(this.id, snapshot, toDisplay(this.label));
      }
      this.#asOf = asOf;
      this.#setHead(snapshot);
      this.onHead(snapshot);
      this.notify();
    });
    this.#committing = commit.catch(() => {});
    return commit;
  }

  /**
   * Content of its snapshots turned out to be damaged or gone: none is built until it is pushed anew, which sends no more
   * than what is lacking. Damage seldom comes alone, so the rest is looked at before anybody is told.
   */
  async forget(): Promise<void> {
    const lost = this.#head ?? this.unfinished;
    this.unfinished = lost;
    this.#head = undefined;
    this.#asOf = 0;
    this.#recent.clear();
    if (lost !== undefined) await this.#store.check(lost);
    this.notify();
  }

  /** Makes the client the owner if there is none; tells what it is to the context. */
  join(role: 'owner' | 'guest', nonce: ByteString, candidate: Owner): Ownership {
    if (this.owner === undefined) {
      if (role === 'guest') return 'none';
      this.owner = candidate;
      this.#asOf = 0;
      return 'yours';
    }
    // Without the owner's nonce the client may be another machine or container, with another tree at the same path.
    return nonce !== '' && nonce === this.owner.nonce ? 'other' : 'none';
  }

  leave(owner: Owner): void {
    if (this.owner !== owner) return;
    this.owner = undefined;
    this.notify();
  }

  subscribe(listener: (state: ContextState) => void): Disposable {
    const use = this.use();
    this.#listeners.add(listener);
    return toDisposable(() => {
      this.#listeners.delete(listener);
      void this.#store.touch(this.id);
      use.dispose();
    });
  }

  /** It stays in memory until this is disposed, and every other use. */
  use(): Disposable {
    if (this.#uses++ === 0) this.#asOf = 0;
    return toDisposable(() => {
      if (--this.#uses === 0) this.onUnused();
    });
  }

  /** Whether a client has it open, or something is under way that needs it. */
  get isUsed(): boolean {
    return this.#uses > 0;
  }

  notify(): void {
    for (const listener of [...this.#listeners]) listener(this.state);
  }

  #setHead(snapshot: Snapshot): void {
    this.#head = snapshot;
    this.unfinished = undefined;
    this.#recent.delete(snapshot.digest);
    this.#recent.set(snapshot.digest, snapshot);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= daemonLimits.recentSnapshots) break;
      this.#recent.delete(oldest);
    }
  }
}

/** What the builder has to do for contexts, and remembers of them: see primer.ts. */
export interface ContextWork {
  isBusy(id: Digest): boolean;
  /** Forgets what is in memory of a context for which nothing is done. */
  drop(id: Digest): void;
}

/**
 * Contexts come into memory when somebody opens them. Of those that nobody uses any more the latest stay; a daemon may
 * live for months and see a new context with every clone. What is forgotten is loaded from the store when it is opened again.
 */
export class ContextHub {
  readonly #store: HeadStore;
  readonly #work: ContextWork;
  readonly #contexts = new Map<Digest, Promise<Context>>();
  readonly #loaded = new Map<Digest, Context>();
  /** The contexts that were used and are no more, those first that are not for longest. */
  readonly #unused = new Set<Digest>();

  constructor(store: HeadStore, work: ContextWork) {
    this.#store = store;
    this.#work = work;
  }

  /** Those in memory. */
  get all(): Iterable<Context> {
    return this.#loaded.values();
  }

  /** Every snapshot that may still be named by a push or a build. */
  *snapshots(): Generator<Snapshot> {
    for (const context of this.all) {
      yield* context.recent;
      if (context.unfinished !== undefined) yield context.unfinished;
    }
  }

  /** Whether a client has the context open or is about to, or something is done for it. */
  isUsed(id: Digest): boolean {
    if (this.#work.isBusy(id) || this.#loaded.get(id)?.isUsed === true) return true;
    return this.#contexts.has(id) && !this.#unused.has(id);
  }

  /** Forgets what is in memory of a context that is not used. Nothing is lost on disk, nor in the builder. */
  drop(id: Digest): void {
    this.#contexts.delete(id);
    this.#loaded.delete(id);
    this.#unused.delete(id);
    this.#work.drop(id);
  }

  /** The context, with the head that the store has for it. */
  open(id: Digest): Promise<Context> {
    void this.#store.touch(id);
    this.#unused.delete(id);
    let opening = this.#contexts.get(id);
    if (opening === undefined) {
      opening = this.#load(id);
      this.#contexts.set(id, opening);
      opening.catch(() => this.#contexts.delete(id));
    }
    return opening;
  }

  async #load(id: Digest): Promise<Context> {
    const context = new Context(id, this.#store, await this.#store.head(id));
    context.onUnused = () => this.#rest(id);
    this.#loaded.set(id, context);
    return context;
  }

  #rest(id: Digest): void {
    this.#unused.add(id);
    for (const oldest of this.#unused) {
      if (this.#unused.size <= daemonLimits.unusedContexts) return;
      if (!this.isUsed(oldest)) this.drop(oldest);
    }
  }
}
