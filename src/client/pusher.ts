/** Brings the daemon to what the workspace holds, over one link after another. */
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { ContentSource } from '../transfer/manifest.ts';
import type { Peer } from '../transfer/peer.ts';
import { push } from '../transfer/sender.ts';
import { BoundedDigestMemory } from './digestMemory.ts';
import { clientLimits } from './limits.ts';
import type { Reading } from './reading.ts';

export interface PushSteps {
  readonly signal?: AbortSignal | undefined;
  onProgress?(sent: Sent): void;
}

export class Pusher {
  readonly #context: Digest;
  readonly #source: ContentSource;
  readonly #known: BoundedDigestMemory | undefined;
  #acknowledged: Snapshot | undefined;
  #acknowledgedProblems = 0;

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
   * The daemon said what its head is. `candidates` are snapshots that this side can describe; if none is the head, the
   * next push describes everything, and sends only what the daemon lacks.
   */
  resume(head: Digest | undefined, ...candidates: (Snapshot | undefined)[]): void {
    const known = [this.#acknowledged, ...candidates];
    this.#acknowledged = known.find((snapshot) => snapshot !== undefined && snapshot.digest === head);
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
        if (attempt === clientLimits.pushAttempts) throw thrown;
        if (code === 'CONTEXT_BUSY' || code === 'SUPERSEDED') reading = await read();
        else if (code === 'BASE_UNKNOWN') this.#acknowledged = undefined;
        else throw thrown;
      }
    }
  }

  async #push(peer: Peer, { snapshot, problems, asOf }: Reading, steps: PushSteps): Promise<Sent> {
    const same = snapshot.digest === this.#acknowledged?.digest && problems.length === this.#acknowledgedProblems;
    if (same) return nothingSent;
    const order = {
      context: this.#context,
      base: this.#acknowledged,
      target: snapshot,
      asOf,
      problems: problems.length,
    };
    const sent = await push(peer, order, this.#source, { ...steps, known: this.#known });
    this.#acknowledged = snapshot;
    this.#acknowledgedProblems = problems.length;
    return sent;
  }
}

export interface Pushed {
  /** What was acknowledged. */
  readonly reading: Reading;
  readonly sent: Sent;
}
