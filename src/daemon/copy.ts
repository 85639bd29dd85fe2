/**
 * What one disk copy of BuildKit holds, as far as we caused it.
 *
 * BuildKit tells files apart by size and mtime, so what it was *told* decides what it asks for next: the reported tree
 * (see builder/reportedTree) is the baseline of the next prime and is kept across restarts. The record of it is cleared
 * before a prime and saved behind it: where there is none, a crash may have left the copy in doubt, and a new shared key
 * starts a copy without a past. So does a prime that failed.
 */
import type { Disposable } from '../base/disposable.ts';
import type { BuilderTransfer } from '../context/buildEvent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { daemonStep } from './crashSteps.ts';

export interface GenerationOrder {
  readonly id: string;
  /** The name under which BuildKit keeps the disk copy. */
  readonly sharedKey: string;
  /** With the mtimes that BuildKit is told. */
  readonly tree: Snapshot;
}

/** What a copy needs of its engine. */
export interface PrimingEngine<G> {
  /** BuildKit's cache knows a generation by its session too: one of another session must be primed again. */
  readonly sessionId: string;
  createGeneration(order: GenerationOrder): Promise<G>;
  prime(generation: G): Promise<BuilderTransfer>;
  reportedTree(previous: Snapshot | undefined, current: Snapshot): Snapshot;
}

/** What BuildKit was told by the last prime, which succeeded. */
export interface CopyRecord extends GenerationOrder {
  readonly sessionId: string;
}

/** Where a copy's record survives a restart of the daemon. */
export interface CopyMemory {
  load(): Promise<CopyRecord | undefined>;
  /** Never rejects: where it fails there is no record. */
  save(record: CopyRecord): Promise<void>;
  /** There is no record any more, durably, when this resolves. */
  clear(): Promise<void>;
}

interface Current<G> {
  readonly order: GenerationOrder;
  readonly generation: G;
}

export class Copy<G extends Disposable> {
  readonly #engine: PrimingEngine<G>;
  readonly #memory: CopyMemory | undefined;
  readonly #newId: () => string;
  #sharedKey: string;
  #current: Current<G> | undefined;
  /** What BuildKit was told last. */
  #reported: Snapshot | undefined;
  #restored: Promise<void> | undefined;
  #saved: Promise<void> | undefined;
  #leases = 0;
  /** When the first of the present leases was taken. */
  heldSince = 0;
  priming = false;

  constructor(engine: PrimingEngine<G>, memory: CopyMemory | undefined, newId: () => string) {
    this.#engine = engine;
    this.#memory = memory;
    this.#newId = newId;
    this.#sharedKey = newId();
  }

  get leases(): number {
    return this.#leases;
  }

  /** The generation that is primed. Only while `holds` says so. */
  get generation(): G {
    return this.#current!.generation;
  }

  /** Of the present generation, primed or being primed. */
  get tree(): Snapshot | undefined {
    return this.#current?.order.tree;
  }

  holds(snapshot: Snapshot): boolean {
    return !this.priming && this.#current?.order.tree.digest === snapshot.digest;
  }

  lease(now: number): void {
    if (this.#leases++ === 0) this.heldSince = now;
  }

  release(): void {
    this.#leases--;
  }

  /** Whether BuildKit has been told anything under the shared key, by this daemon or an earlier one. */
  async hasPast(): Promise<boolean> {
    await this.#restore();
    return this.priming || this.#current !== undefined || this.#reported !== undefined;
  }

  /** Brings the copy to the snapshot. Only while nobody holds it. A failure leaves a copy without a past. */
  async prime(snapshot: Snapshot): Promise<void> {
    this.priming = true;
    try {
      await this.#restore();
      if (this.#current?.order.tree.digest !== snapshot.digest) await this.#advance(snapshot);
    } catch (thrown) {
      this.#forget();
      throw thrown;
    } finally {
      this.priming = false;
    }
  }

  dispose(): void {
    this.#current?.generation.dispose();
    this.#current = undefined;
  }

  async #advance(snapshot: Snapshot): Promise<void> {
    const order = {
      id: this.#newId(),
      sharedKey: this.#sharedKey,
      tree: this.#engine.reportedTree(this.#reported, snapshot),
    };
    const generation = await this.#engine.createGeneration(order);
    const previous = this.#current;
    this.#current = { order, generation };
    try {
      await this.#prime(this.#current);
    } finally {
      previous?.generation.dispose();
    }
  }

  async #prime({ order, generation }: Current<G>): Promise<void> {
    await this.#saved;
    // Without a past there is no record.
    if (this.#reported !== undefined) await this.#memory?.clear();
    daemonStep('prime-begin');
    await this.#engine.prime(generation);
    daemonStep('prime-end');
    // Whoever waits to build does not wait for the disk.
    this.#saved = this.#memory?.save({ ...order, sessionId: this.#engine.sessionId });
    this.#reported = order.tree;
  }

  /**
   * Takes up what an earlier daemon told BuildKit. Where the session is the same, its generation is taken up too:
   * BuildKit verifies it at the next build, by asking for it or not.
   */
  #restore(): Promise<void> {
    this.#restored ??= this.#takeUp();
    return this.#restored;
  }

  async #takeUp(): Promise<void> {
    const record = await this.#memory?.load();
    if (record === undefined) return;
    const { sessionId, ...order } = record;
    this.#sharedKey = order.sharedKey;
    this.#reported = order.tree;
    if (sessionId !== this.#engine.sessionId) return;
    this.#current = { order, generation: await this.#engine.createGeneration(order) };
  }

  #forget(): void {
    this.dispose();
    this.#reported = undefined;
    this.#sharedKey = this.#newId();
  }
}
