import type { Digest } from '../context/digest.ts';
import type { Proof } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Peer } from '../transfer/peer.ts';
import { refuseIncomplete } from './blocked.ts';
import { clientLimits } from './limits.ts';
import type { SyncProgress } from './progress/progressEvent.ts';
import type { Held } from './openContext.ts';
import { Pusher } from './pusher.ts';
import type { Reading } from './reading.ts';
import { momentNs } from './reading.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

/** A snapshot that the daemon has. */
export interface Synced {
  readonly snapshot: Digest;
  /** Undefined while nothing is proven. */
  readonly proof: Proof | undefined;
  /** Proves it. */
  prove(): Promise<Proof>;
}

export type TellSync = (phase: SyncProgress['phase'], state: SyncProgress['state'], counts?: Partial<Sent>) => void;

/** Reads the folder and pushes what differs, for a build that no owner helps. */
export class OwnSync {
  readonly #peer: Peer;
  readonly #context: WorkspaceContext;
  readonly #tell: TellSync;
  readonly #signal: AbortSignal;
  readonly #pusher: Pusher;
  #held: Held = { snapshot: undefined, unfinished: undefined };
  #early: Promise<Reading> | undefined;
  #sent: Sent = nothingSent;

  /** @param early a reading that has begun already */
  constructor(
    peer: Peer,
    context: WorkspaceContext,
    early: Promise<Reading> | undefined,
    tell: TellSync,
    signal: AbortSignal,
  ) {
    this.#peer = peer;
    this.#context = context;
    this.#early = early;
    this.#tell = tell;
    this.#signal = signal;
    this.#pusher = new Pusher(context.id, context, 'guest');
  }

  /** All that was sent. */
  get sent(): Sent {
    return this.#sent;
  }

  /** This is what the daemon has. */
  resume({ snapshot, unfinished }: Held): void {
    this.#held = { snapshot, unfinished };
  }

  /** Reads everything and pushes. A reading that found the folder at rest is its own proof. */
  async sync(): Promise<Synced> {
    const since = momentNs();
    const first = await this.#read();
    this.#pusher.resume(this.#held, first.snapshot, this.#context.remembered);
    const reading = await this.#push(first);
    const { digest } = reading.snapshot;
    this.#held = { snapshot: digest, unfinished: undefined };
    return {
      snapshot: digest,
      proof: reading.atRest ? { verdict: 'equal', paths: [], count: 0, ms: reading.ms } : undefined,
      prove: () => reading.prove(since, this.#signal),
    };
  }

  /** The same until a snapshot is proven, but not for ever. */
  async syncProven(): Promise<Synced> {
    for (let attempt = 1; ; attempt++) {
      const synced = await this.sync();
      if (synced.proof !== undefined) return synced;
      this.#tell('verify', 'started');
      const proof = await synced.prove();
      this.#tell('verify', 'done');
      if (proof.verdict === 'equal' || attempt === clientLimits.proofAttempts) return { ...synced, proof };
    }
  }

  async #read(): Promise<Reading> {
    this.#tell('scan', 'started');
    const early = this.#early;
    this.#early = undefined;
    const read = () => early ?? this.#context.read({ everything: true, why: 'a build' }, this.#signal);
    const reading = await this.#pusher.read(this.#peer, read);
    const { files, bytes } = reading.snapshot;
    this.#tell('scan', 'done', { files, bytes });
    refuseIncomplete(reading.problems);
    return reading;
  }

  async #push(first: Reading): Promise<Reading> {
    this.#tell('push', 'started');
    const { reading, sent } = await this.#pusher.bring(this.#peer, first, () => this.#read(), {
      signal: this.#signal,
      onProgress: (soFar) => this.#tell('push', 'running', soFar),
    });
    this.#tell('push', 'done', sent);
    this.#sent = addSent(this.#sent, sent);
    return reading;
  }
}
