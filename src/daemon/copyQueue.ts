/**
 * One context in one engine: decides when BuildKit is given which snapshot.
 *
 * BuildKit keeps a disk copy of a context per shared key. A *prime* brings the copy to a snapshot and makes a new
 * *generation*; a build of that generation then transfers nothing. Three facts rule the order (measured on real
 * engines):
 *   - priming B drops what A was built from, so builds of A must be over before B is primed;
 *   - a running build holds the copy, and a prime beside it would make a second, full one;
 *   - a prime that is aborted loses the copy, so it is never aborted.
 * Hence one queue per copy, in which primes and builds alternate. Of the snapshots that merely wait to be primed the
 * newest wins; a build gets exactly the snapshot that it asked for. When a build holds the copy for too long, the next
 * snapshot goes to a second copy, which costs a transfer of everything. So it is kept for the next such build, and let go
 * of when none has come for long; of the two it is the one that a restart would lose.
 */
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { Copy } from './copy.ts';
import { daemonLimits } from './limits.ts';

/** A snapshot that is primed and stays so until it is released. */
export interface Lease<G> {
  readonly generation: G;
  release(): void;
}

/** Makes a copy: the one that outlives the daemon, or one beside it that is forgotten. */
type MakeCopy<G extends Disposable> = (kind: 'lasting' | 'passing') => Copy<G>;

interface Waiter<G> {
  readonly snapshot: Snapshot;
  grant(lease: Lease<G>): void;
  refuse(why: PresyncError): void;
}

export class CopyQueue<G extends Disposable> {
  readonly #makeCopy: MakeCopy<G>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #copies: Copy<G>[];
  #waiters: Waiter<G>[] = [];
  /** The newest snapshot that should be primed though nobody waits for it. */
  #wanted: Snapshot | undefined;
  #primed: Snapshot | undefined;
  /** Looks whether the copies are held for too long by now; while somebody waits for one. */
  #patience: Disposable | undefined;
  /** Looks whether the second copy is still needed. */
  #look: Disposable | undefined;
  /** The second copy was primed or built from since the last look. */
  #secondUsed = false;
  #disposed = false;

  /** Called when a snapshot is primed, or was already when it was asked for, or could not be. */
  onPrimed: (snapshot: Snapshot, failure: PresyncError | undefined) => void = () => {};

  constructor(makeCopy: MakeCopy<G>, clock: Clock, logger: Logger) {
    this.#makeCopy = makeCopy;
    this.#clock = clock;
    this.#logger = logger;
    this.#copies = [makeCopy('lasting')];
  }

  /** The snapshot that was primed last. */
  get primed(): Snapshot | undefined {
    return this.#primed;
  }

  /** What the copies hold. */
  *trees(): Generator<Snapshot> {
    for (const copy of this.#copies) if (copy.tree !== undefined) yield copy.tree;
  }

  get busy(): boolean {
    return this.#waiters.length > 0 || this.#copies.some((copy) => copy.priming || copy.leases > 0);
  }

  /** Asks that the snapshot be primed when the copy is free; replaces an earlier wish. */
  prime(snapshot: Snapshot): void {
    this.#wanted = snapshot;
    this.#pump();
  }

  /** Primes a snapshot whose content is still on its way, if the copy has no past that a failure could cost. */
  async anticipate(snapshot: Snapshot): Promise<void> {
    const copy = this.#copies[0]!;
    if ((await copy.hasPast()) || this.#disposed) return;
    const idle = this.#copies.every(({ priming, leases }) => !priming && leases === 0);
    if (idle && this.#waiters.length === 0) await this.#primeInto(copy, snapshot);
  }

  /** Waits until the snapshot is primed and keeps it so. CANCELLED when the signal fires or the queue ends first. */
  acquire(snapshot: Snapshot, signal: AbortSignal): Promise<Lease<G>> {
    return new Promise((resolve, reject) => {
      if (signal.aborted || this.#disposed) return reject(cancelled(signal.reason));
      const onAbort = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(cancelled(signal.reason));
      };
      const waiter: Waiter<G> = {
        snapshot,
        grant: (lease) => {
          signal.removeEventListener('abort', onAbort);
          resolve(lease);
        },
        refuse: (why) => {
          signal.removeEventListener('abort', onAbort);
          reject(why);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(waiter);
      this.#pump();
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const waiter of this.#waiters) waiter.refuse(cancelled());
    this.#waiters = [];
    this.#patience?.dispose();
    this.#look?.dispose();
    for (const copy of this.#copies) copy.dispose();
  }

  #pump(): void {
    if (this.#disposed) return;
    this.#patience?.dispose();
    this.#grant();
    const next = this.#waiters[0]?.snapshot ?? this.#wanted;
    if (next === undefined) return;
    if (this.#copies.some((copy) => copy.priming)) return;
    if (this.#waiters.length === 0 && this.#copies.some((copy) => copy.holds(next))) {
      this.#wanted = undefined;
      this.onPrimed(next, undefined);
      return;
    }
    const copy = this.#freeCopy();
    if (copy !== undefined) void this.#primeInto(copy, next);
  }

  /** Gives every waiting build whose snapshot is primed its lease. */
  #grant(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      const copy = this.#copies.find((candidate) => candidate.holds(waiter.snapshot));
      if (copy === undefined) return true;
      waiter.grant(this.#lease(copy));
      return false;
    });
  }

  #lease(copy: Copy<G>): Lease<G> {
    copy.lease(this.#clock.now());
    this.#use(copy);
    let released = false;
    return {
      generation: copy.generation,
      release: () => {
        if (released) return;
        released = true;
        copy.release();
        this.#pump();
      },
    };
  }

  /** A copy that nobody holds; a new one when all were held for too long and there may be one more. */
  #freeCopy(): Copy<G> | undefined {
    const free = this.#copies.find((copy) => copy.leases === 0);
    if (free !== undefined) return free;
    if (this.#copies.length >= daemonLimits.copiesPerContext) return undefined;
    const heldSince = Math.max(...this.#copies.map((copy) => copy.heldSince));
    const wait = heldSince + daemonLimits.copyHeldTooLong - this.#clock.now();
    if (wait > 0) {
      // A timer may fire a little early: then it is set once more.
      this.#patience = this.#clock.schedule(wait, () => this.#pump());
      return undefined;
    }
    this.#logger.info('a build holds the copy for long: a second one is made');
    const second = this.#makeCopy('passing');
    this.#copies.push(second);
    this.#lookLater();
    return second;
  }

  #use(copy: Copy<G>): void {
    if (copy !== this.#copies[0]) this.#secondUsed = true;
  }

  #lookLater(): void {
    this.#secondUsed = false;
    this.#look = this.#clock.schedule(daemonLimits.secondCopyUnused, () => this.#letGoOfSecond());
  }

  /** The next build must not wait for it: the lasting copy has to hold what was primed last. */
  #letGoOfSecond(): void {
    const [lasting, second] = this.#copies as [Copy<G>, Copy<G>];
    const inUse = this.#secondUsed || second.priming || second.leases > 0;
    if (inUse || this.#primed === undefined || !lasting.holds(this.#primed)) return this.#lookLater();
    this.#logger.info('no build held the copy for long lately: the second one is let go of');
    this.#copies.pop();
    second.dispose();
  }

  async #primeInto(copy: Copy<G>, snapshot: Snapshot): Promise<void> {
    if (this.#wanted?.digest === snapshot.digest) this.#wanted = undefined;
    this.#use(copy);
    try {
      await copy.prime(snapshot);
      this.#primed = snapshot;
      this.onPrimed(snapshot, undefined);
    } catch (thrown) {
      const failure = PresyncError.from(thrown);
      const failed = this.#waiters.filter((waiter) => waiter.snapshot.digest === snapshot.digest);
      this.#waiters = this.#waiters.filter((waiter) => waiter.snapshot.digest !== snapshot.digest);
      for (const waiter of failed) waiter.refuse(failure);
      this.onPrimed(snapshot, failure);
    }
    this.#pump();
  }
}
