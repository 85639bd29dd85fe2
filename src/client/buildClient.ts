/**
 * A build, as its client sees it:
 *   - somebody watches the context: the daemon asks that owner for a barrier; nothing is read or sent here;
 *   - nobody does, or the owner is silent: the folder is read by its stat cache and what differs is pushed first.
 */
import { PresyncError } from '../base/errors.ts';
import type { BuildEvent, BuildResult } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import type { Digest } from '../context/digest.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { Exchange } from '../transfer/exchange.ts';
import type { Peer } from '../transfer/peer.ts';
import { refuseIncomplete } from './blocked.ts';
import { clientLimits } from './limits.ts';
import type { OpenAnswer, OpenRequest } from './openContext.ts';
import { openContext } from './openContext.ts';
import type { SyncProgress } from './progress/progressEvent.ts';
import { Pusher } from './pusher.ts';
import type { Reading } from './reading.ts';
import type { WorkspaceContext } from './workspaceContext.ts';

export interface BuildOrder {
  readonly context: WorkspaceContext;
  readonly open: Omit<OpenRequest, 'role'>;
  readonly request: BuildRequest;
  /** A reading of the folder that this very build has begun already. */
  readonly reading?: Promise<Reading> | undefined;
  /** 'before': the folder is read a second time before the build, and must be the same. */
  readonly proof: 'before' | 'off';
}

export interface BuildListener {
  onEvent(event: BuildEvent | SyncProgress): void;
  /** The solve was sent. */
  onStarted(): void;
}

export interface BuildOutcome {
  readonly snapshot: Digest;
  readonly result: BuildResult;
  /** Content that crossed the link for this build, whoever sent it. */
  readonly sent: Sent;
  /** A scan found the built snapshot equal to the folder. */
  readonly verified: boolean;
  readonly verifyMs: number;
}

/** Builds and resolves when the image is there. Firing the signal cancels the build at the engine. */
export function build(
  peer: Peer,
  order: BuildOrder,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  return new BuildRun(peer, order, listener, signal).run();
}

/** What the workspace side contributed. */
interface Prepared {
  readonly snapshot: Digest | undefined;
  readonly sent: Sent;
  readonly verified: boolean;
  readonly verifyMs: number;
}

class BuildRun {
  readonly #peer: Peer;
  readonly #order: BuildOrder;
  readonly #listener: BuildListener;
  readonly #signal: AbortSignal;
  readonly #pusher: Pusher;
  #early: Promise<Reading> | undefined;

  constructor(peer: Peer, order: BuildOrder, listener: BuildListener, signal: AbortSignal) {
    this.#peer = peer;
    this.#order = order;
    this.#listener = listener;
    this.#signal = signal;
    this.#early = order.reading;
    this.#pusher = new Pusher(order.context.id, order.context, 'guest');
  }

  async run(): Promise<BuildOutcome> {
    const opened = await openContext(this.#peer, { ...this.#order.open, role: 'guest' }, this.#signal);
    if (opened.ownership === 'other' && this.#order.proof !== 'before') {
      try {
        return await this.#solve({ snapshot: undefined, sent: nothingSent, verified: false, verifyMs: 0 });
      } catch (thrown) {
        if (PresyncError.from(thrown).code !== 'OWNER_SILENT') throw thrown;
      }
    }
    return this.#buildOwnReading(opened);
  }

  async #buildOwnReading(opened: OpenAnswer): Promise<BuildOutcome> {
    for (let attempt = 1; ; attempt++) {
      const prepared = await this.#prepare(opened);
      try {
        return await this.#solve(prepared);
      } catch (thrown) {
        // A busy context can outrun us: the daemon keeps only its latest snapshots.
        const { code } = PresyncError.from(thrown);
        if (code !== 'SNAPSHOT_UNKNOWN' || attempt === clientLimits.pushAttempts) throw thrown;
        opened = { ...opened, snapshot: undefined };
      }
    }
  }

  async #prepare(opened: OpenAnswer): Promise<Prepared> {
    const { context, proof } = this.#order;
    let reading = await this.#scan();
    this.#pusher.resume(opened.snapshot, reading.snapshot, context.remembered);
    const pushed = await this.#push(reading);
    reading = pushed.reading;
    if (proof === 'off') return { snapshot: reading.snapshot.digest, sent: pushed.sent, verified: false, verifyMs: 0 };
    return this.#prove(reading, pushed.sent);
  }

  async #scan(): Promise<Reading> {
    this.#tell('scan', 'started');
    const early = this.#early;
    this.#early = undefined;
    const reading = await (early ?? this.#order.context.read({ everything: true, why: 'a build' }, this.#signal));
    const { files, bytes } = reading.snapshot;
    this.#tell('scan', 'done', { files, bytes });
    refuseIncomplete(reading.problems);
    return reading;
  }

  async #push(reading: Reading) {
    this.#tell('push', 'started');
    const pushed = await this.#pusher.bring(this.#peer, reading, () => this.#scan(), {
      signal: this.#signal,
      onProgress: (sent) => this.#tell('push', 'running', sent),
    });
    this.#tell('push', 'done', pushed.sent);
    return pushed;
  }

  /** Reads again until two readings in a row are equal: nothing changed while the first was made. */
  async #prove(reading: Reading, sent: Sent): Promise<Prepared> {
    const started = performance.now();
    this.#tell('verify', 'started');
    let verified = false;
    for (let attempt = 0; attempt < clientLimits.proofAttempts && !verified; attempt++) {
      const again = await this.#order.context.read({ everything: true, why: 'proof' }, this.#signal);
      verified = again.snapshot.digest === reading.snapshot.digest;
      if (verified) break;
      const pushed = await this.#push(again);
      reading = pushed.reading;
      sent = addSent(sent, pushed.sent);
    }
    this.#tell('verify', 'done');
    return { snapshot: reading.snapshot.digest, sent, verified, verifyMs: performance.now() - started };
  }

  async #solve(prepared: Prepared): Promise<BuildOutcome> {
    const { context, request } = this.#order;
    const message = { type: 'build', context: context.id, snapshot: prepared.snapshot, request } as const;
    return this.#peer.converse(message, async (exchange) => {
      const stop = () => void exchange.send({ type: 'cancel' }).catch(() => {});
      this.#signal.addEventListener('abort', stop, { once: true });
      if (this.#signal.aborted) stop();
      try {
        return await this.#follow(exchange, prepared);
      } finally {
        this.#signal.removeEventListener('abort', stop);
      }
    });
  }

  /** The daemon's answer to a cancel ends it too: the engine has let go of the build by then. */
  async #follow(exchange: Exchange, prepared: Prepared): Promise<BuildOutcome> {
    for (;;) {
      const message = await exchange.receive({ timeout: Infinity });
      if (message.type === 'events') {
        for (const event of message.events) {
          if (event.type === 'started') this.#listener.onStarted();
          else this.#listener.onEvent(event);
        }
      } else if (message.type === 'done') {
        const { snapshot, result } = message;
        const { verified, verifyMs } = prepared;
        return { snapshot, result, sent: addSent(prepared.sent, message.sent), verified, verifyMs };
      } else {
        throw new PresyncError('PROTOCOL', `Unexpected "${message.type}" in a build.`);
      }
    }
  }

  #tell(phase: SyncProgress['phase'], state: SyncProgress['state'], counts: Partial<Sent> = {}): void {
    this.#listener.onEvent({ type: 'sync', phase, state, ...counts, timestamp: Date.now() });
  }
}
