/**
 * A build, as its client sees it:
 *   - somebody watches the context: the daemon asks that owner for a barrier; nothing is read or sent here;
 *   - nobody does, or the owner is silent: the folder is read by its stat cache and what differs is pushed first.
 *
 * Either way the build begins at once and is proven beside, by a scan of whoever has the tree in memory. A reading that
 * found the folder at rest is its own proof. When something was missed it is built again.
 */
import { PresyncError } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import type { BuildEvent, BuildResult } from '../context/buildEvent.ts';
import type { Digest } from '../context/digest.ts';
import type { Proof } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { NamedInput } from '../transfer/buildMessages.ts';
import type { Peer } from '../transfer/peer.ts';
import { clientLimits } from './limits.ts';
import type { OpenRequest } from './openContext.ts';
import { openContext } from './openContext.ts';
import type { NamedSource } from './namedSources.ts';
import { NamedSources } from './namedSources.ts';
import { namedPaths } from './namedPaths.ts';
import type { Synced } from './ownSync.ts';
import { OwnSync } from './ownSync.ts';
import type { SyncProgress } from './progress/progressEvent.ts';
import type { Reading } from './reading.ts';
import type { SolveOrder, Solved } from './solve.ts';
import type { BuildPart } from './solveTogether.ts';
import { solveTogether } from './solveTogether.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

/** When the snapshot is compared with the folder: before the build begins, beside it, or not at all. */
export type ProofTime = 'before' | 'concurrent' | 'off';

export interface BuildOrder {
  readonly context: WorkspaceContext;
  readonly open: Omit<OpenRequest, 'role'>;
  /** Builds of one snapshot, beside each other; one at least. */
  readonly parts: readonly BuildPart[];
  /** Further contexts of all of them; undefined for none. */
  readonly sources?: readonly NamedSource[];
  /** A reading of the folder that this very build has begun already. */
  readonly reading?: Promise<Reading> | undefined;
  readonly proof: ProofTime;
}

export interface BuildListener {
  onEvent(event: BuildEvent | SyncProgress): void;
  /** The solve is being sent. */
  onStarted(): void;
  /** See `SolveListener`. */
  readonly mayName?: (() => Promise<boolean>) | undefined;
}

export interface BuildOutcome {
  readonly snapshot: Digest;
  readonly result: BuildResult;
  /** Content that crossed the link for all parts, whoever sent it. */
  readonly sent: Sent;
  /** A scan found the built snapshot equal to the folder. */
  readonly verified: boolean;
  /** What that scan took; 0 without one. */
  readonly verifyMs: number;
  /** Where the folder was found to be another: the first paths and how many there are. */
  readonly differing: Pick<Proof, 'paths' | 'count'>;
}

/** Builds all parts and resolves, with an outcome for each, when their images are there. Firing the signal cancels the build at the engine. */
export function build(
  peer: Peer,
  order: BuildOrder,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome[]> {
  return new BuildRun(peer, order, listener, signal).run();
}

type AllSolved = readonly Solved[];

class BuildRun {
  readonly #peer: Peer;
  readonly #order: BuildOrder;
  readonly #listener: BuildListener;
  readonly #signal: AbortSignal;
  /** The latest. */
  #proof: Proof | undefined;

  constructor(peer: Peer, order: BuildOrder, listener: BuildListener, signal: AbortSignal) {
    this.#peer = peer;
    this.#order = order;
    this.#listener = listener;
    this.#signal = signal;
  }

  async run(): Promise<BuildOutcome[]> {
    const { context, open, proof, reading, sources = [] } = this.#order;
    const opened = await openContext(this.#peer, { ...open, role: 'guest' }, this.#signal);
    // An owner proves its own context alone.
    if (opened.ownership === 'other' && proof !== 'before' && sources.length === 0) {
      try {
        return this.#outcomes(await this.#untilProven((held) => this.#solve(undefined, held ? 'owner' : undefined)));
      } catch (thrown) {
        if (PresyncError.from(thrown).code !== 'OWNER_SILENT') throw thrown;
      }
    }
    const own = new OwnSync(this.#peer, context, reading, (...told) => this.#tell(...told), this.#signal);
    own.resume(opened);
    const named = await NamedSources.open(this.#peer, sources, this.#signal);
    const solved = await this.#untilProven((held) => this.#buildOwn(own, named, held));
    return this.#outcomes(solved, addSent(own.sent, named.sent));
  }

  /** Builds again when a proof says that something was missed; in the end without a proof. */
  async #untilProven(attempt: (held: boolean) => Promise<AllSolved | undefined>): Promise<AllSolved> {
    let held = this.#order.proof === 'concurrent';
    for (let count = 1; ; count++) {
      const solved = await attempt(held);
      if (solved !== undefined) return solved;
      held = count < clientLimits.proofAttempts;
    }
  }

  async #buildOwn(own: OwnSync, named: NamedSources, held: boolean): Promise<AllSolved | undefined> {
    for (let attempt = 1; ; attempt++) {
      const proven = this.#order.proof === 'before';
      const synced = await named.syncWith(proven ? own.syncProven() : own.sync(), proven);
      if (this.#order.proof !== 'off') this.#proof = synced.proof ?? this.#proof;
      try {
        const proof = held && synced.proof === undefined ? this.#prove(synced) : undefined;
        return await this.#solve(synced.snapshot, proof, synced.inputs);
      } catch (thrown) {
        // A busy context can outrun us: the daemon keeps only its latest snapshots.
        const { code } = PresyncError.from(thrown);
        if (code !== 'SNAPSHOT_UNKNOWN' || attempt === clientLimits.pushAttempts) throw thrown;
        own.resume({ snapshot: undefined, unfinished: undefined });
        named.resend();
      }
    }
  }

  async #prove(synced: Synced): Promise<Proof> {
    await delay(clientLimits.proofHeadStart, this.#signal);
    return synced.prove();
  }

  #solve(
    snapshot: Digest | undefined,
    proof: SolveOrder['proof'],
    inputs: readonly NamedInput[] = [],
  ): Promise<AllSolved | undefined> {
    const { context, parts } = this.#order;
    if (proof !== undefined) this.#tell('verify', 'started');
    const listener = {
      mayName: this.#listener.mayName,
      onEvent: (event: BuildEvent) => this.#listener.onEvent(event),
      onStarted: () => this.#listener.onStarted(),
      onProof: (found: Proof) => {
        this.#proof = found;
        this.#tell('verify', 'done', found.verdict === 'missed' ? { message: buildingAgain(found) } : {});
      },
    };
    return solveTogether(this.#peer, { context: context.id, snapshot, inputs, parts, proof }, listener, this.#signal);
  }

  #outcomes(all: AllSolved, own: Sent = nothingSent): BuildOutcome[] {
    const { verdict, paths = [], count = 0, ms: verifyMs = 0 } = this.#proof ?? {};
    const verified = verdict === 'equal';
    const differing = { paths, count };
    const sent = all.map((one) => one.sent).reduce(addSent, own);
    return all.map(({ snapshot, result }) => ({ snapshot, result, sent, verified, verifyMs, differing }));
  }

  #tell(phase: SyncProgress['phase'], state: SyncProgress['state'], more: Partial<SyncProgress> = {}): void {
    this.#listener.onEvent({ ...more, type: 'sync', phase, state, timestamp: Date.now() });
  }
}

function buildingAgain({ paths, count }: Proof): string {
  return `${namedPaths(paths, count)} had changed unnoticed: building again`;
}
