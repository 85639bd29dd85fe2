/** Brings the daemon to what the workspace holds, over one link after another. */
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { SentAhead } from '../transfer/ahead.ts';
import { AheadSender } from '../transfer/ahead.ts';
import type { ContentSource } from '../transfer/manifest.ts';
import type { Peer } from '../transfer/peer.ts';
import { push } from '../transfer/sender.ts';
import { BoundedDigestMemory } from './digestMemory.ts';
import { clientLimits } from './limits.ts';
import type { Held } from './openContext.ts';
import type { Reading } from './reading.ts';

export interface PushSteps {
  readonly signal?: AbortSignal | undefined;
  onProgress?(sent: Sent): void;
}

const nothingHeld: Held = { snapshot: undefined, unfinished: undefined };

export class Pusher {
  readonly #context: Digest;
  readonly #source: ContentSource;
  readonly #known: BoundedDigestMemory | undefined;
  #acknowledged: Snapshot | undefined;
  #acknowledgedProblems = 0;
  /** What the next push is told as changes of; undefined for nothing that both sides know. */
  #base: Snapshot | undefined;
  /** Described to the daemon, though its content may not have come through. */
  #announced: Snapshot | undefined;
  /** The daemon has something of the context, whether we know what or not. */
  #begun = false;
  #isReading = false;
  #ahead: AheadSender | undefined;
  /** By the last reading, of what the next push needs. */
  #sentAhead: SentAhead | undefined;
  /** As the daemon said last. */
  #held: Held = nothingHeld;

  constructor(context: Digest, source: ContentSource, role: 'owner' | 'guest') {
    this.#context = context;
    this.#source = source;
    this.#known = role === 'owner' ? new BoundedDigestMemory(clientLimits.knownDigests) : undefined;
  }

  /** What the daemon has, as far as we know. */
  get acknowledged(): Snapshot | undefined {
    return this.#acknowledged;
  }

  /**
   * The daemon said what it has. `candidates` are snapshots that this side can describe; if it has none of them, the next
   * push finds out what both have, and sends only what the daemon lacks.
   */
  resume({ snapshot, unfinished }: Held, ...candidates: (Snapshot | undefined)[]): void {
    const known = [this.#announced, this.#acknowledged, ...candidates];
    const find = (digest: Digest | undefined) => known.find((one) => one !== undefined && one.digest === digest);
    this.#acknowledged = find(snapshot);
    this.#base = find(unfinished) ?? this.#acknowledged;
    this.#begun = snapshot !== undefined || unfinished !== undefined;
    this.#held = { snapshot, unfinished };
  }

  /**
   * Pushes until the daemon has acknowledged what `read` returned. When a file changes while its content is sent, or
   * somebody has pushed what they read later, the workspace is read again. CONTEXT_BUSY when it never comes to rest.
   */
  async bring(peer: Peer, reading: Reading, read: () => Promise<Reading>, steps: PushSteps): Promise<Pushed> {
    let sent = nothingSent;
    for (let attempt = 1; ; attempt++) {
      try {
        sent = addSent(sent, await this.#push(peer, reading, steps));
        return { reading, sent };
      } catch (thrown) {
        const { code } = PresyncError.from(thrown);
        this.#base = code === 'CONTEXT_BUSY' ? (this.#announced ?? this.#base) : this.#acknowledged;
        if (attempt === clientLimits.pushAttempts) throw thrown;
        if (code === 'CONTEXT_BUSY' || code === 'SUPERSEDED') reading = await read();
        else if (code === 'BASE_UNKNOWN') this.#forget();
        else throw thrown;
      }
    }
  }

  /**
   * Reads the folder. While it does, and once there is a `follow`, what it reads is sent to a daemon that takes it: the
   * next push finds it there.
   */
  async read(peer: Peer | undefined, read: () => Promise<Reading>): Promise<Reading> {
    this.#isReading = true;
    if (peer !== undefined) this.follow(peer);
    try {
      const reading = await read();
      await this.#endAhead();
      return reading;
    } finally {
      this.#isReading = false;
      this.#ahead?.break();
      this.#ahead = undefined;
    }
  }

  /** There is a link now: a reading that is under way is followed. */
  follow(peer: Peer): void {
    const { fresh } = this.#source;
    if (!this.#isReading || !peer.takesAhead || fresh === undefined) return;
    this.#ahead?.break();
    this.#ahead = new AheadSender(peer, fresh);
  }

  async #endAhead(): Promise<void> {
    const sent = await this.#ahead?.end();
    this.#ahead = undefined;
    if (sent !== undefined) this.#sentAhead = sent;
  }

  async #push(peer: Peer, { snapshot, problems, asOf }: Reading, steps: PushSteps): Promise<Sent> {
    // It may have been read only after the daemon said what it has.
    if (this.#base === undefined) this.resume(this.#held, snapshot);
    const same = snapshot.digest === this.#acknowledged?.digest && problems.length === this.#acknowledgedProblems;
    if (same) return nothingSent;
    const base = this.#base;
    const order = {
      context: this.#context,
      base,
      compare: base === undefined && this.#begun,
      target: snapshot,
      asOf,
      problems: problems.length,
    };
    const ahead = this.#sentAhead;
    this.#sentAhead = undefined;
    this.#announced = undefined;
    const onAnnounced = () => (this.#announced = snapshot);
    const sent = await push(peer, order, this.#source, { ...steps, known: this.#known, ahead, onAnnounced });
    this.#acknowledged = this.#base = snapshot;
    this.#acknowledgedProblems = problems.length;
    this.#begun = true;
    return sent;
  }

  /** The daemon no longer has what we took it to have; but it may have something. */
  #forget(): void {
    this.#acknowledged = this.#base = this.#announced = undefined;
    this.#held = nothingHeld;
    this.#begun = true;
  }
}

export interface Pushed {
  /** What was acknowledged. */
  readonly reading: Reading;
  readonly sent: Sent;
}
