/** The daemon's life: who is connected, when it may go, how it makes way. */
import type { Disposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import { delay } from '../base/time.ts';
import { servedVersions } from '../protocol/version.ts';
import { greetClient } from '../transfer/negotiation.ts';
import type { Peer } from '../transfer/peer.ts';
import { daemonLimits } from './limits.ts';
import type { SessionServices } from './session.ts';
import { Session } from './session.ts';

export interface DaemonOptions {
  readonly services: SessionServices;
  /** Whether the builder is at work for us. */
  busy(): boolean;
  /** Stops listening. */
  stopListening(): void;
  /** Lets a successor have the store; what running builds read can still be read. */
  handOver(): Promise<void>;
  /** Called when there is nothing left to do. */
  exit(): void;
  readonly idleExit: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Daemon {
  readonly #options: DaemonOptions;
  readonly #sessions = new Map<Peer, Session>();
  #draining: Promise<void> | undefined;
  #drained = false;
  #idle: Disposable | undefined;

  constructor(options: DaemonOptions) {
    this.#options = options;
    this.#watchIdle();
  }

  get connections(): number {
    return this.#sessions.size;
  }

  /** Somebody used the daemon who is no client of ours: it stays as long as for a client. */
  used(): void {
    this.#watchIdle();
  }

  /** A client connected: greet it and serve it. */
  async accept(peer: Peer): Promise<void> {
    const { services, logger } = this.#options;
    if (this.#draining !== undefined) return peer.close(draining());
    if (this.#sessions.size >= daemonLimits.connections) {
      return peer.close(new PresyncError('LIMIT', 'Too many connections.'));
    }
    const session = new Session(peer, services);
    session.onIdle = () => this.#settle(peer, session);
    this.#sessions.set(peer, session);
    this.#watchIdle();
    peer.onClose = (why) => {
      logger.info('client gone', { code: why.code });
      this.#sessions.delete(peer);
      session.dispose();
      this.#watchIdle();
      this.#exitWhenDone();
    };
    try {
      const { program, version } = await greetClient(peer, servedVersions);
      session.serve();
      logger.info('client connected', { program, version });
    } catch (thrown) {
      peer.close(PresyncError.from(thrown));
    }
  }

  /**
   * Makes way: no new clients and requests, pushes end, builds go on to their end, then the process exits.
   * Resolves when nobody listens any more and the store is free.
   */
  drain(): Promise<void> {
    // Begun when it is known to be: whatever it closes asks whether it is draining.
    this.#draining ??= Promise.resolve().then(() => this.#drain());
    return this.#draining;
  }

  async #drain(): Promise<void> {
    const { stopListening, handOver, clock, logger } = this.#options;
    logger.info('draining');
    stopListening();
    for (const session of this.#sessions.values()) session.retire();
    const patience = clock.now() + daemonLimits.drainPushWait;
    while (this.#pushing && clock.now() < patience) await delay(daemonLimits.drainPoll, undefined, clock);
    for (const [peer, session] of this.#sessions) this.#settle(peer, session);
    await handOver();
    this.#drained = true;
    this.#exitWhenDone();
  }

  get #pushing(): boolean {
    return [...this.#sessions.values()].some((session) => session.pushing);
  }

  /** While draining, a session without a running build is closed; its client finds the successor. */
  #settle(peer: Peer, session: Session): void {
    if (this.#draining !== undefined && session.running === 0) peer.close(draining());
  }

  #exitWhenDone(): void {
    if (this.#drained && this.#sessions.size === 0) this.#options.exit();
  }

  #watchIdle(): void {
    const { clock, idleExit, logger } = this.#options;
    this.#idle?.dispose();
    if (this.#sessions.size > 0) return;
    this.#idle = clock.schedule(idleExit, () => {
      if (this.#options.busy()) return this.#watchIdle();
      logger.info('idle: exiting');
      void this.drain();
    });
  }
}

function draining(): PresyncError {
  return new PresyncError('DAEMON_DRAINING', 'The daemon is making way for a newer one.', { hint: 'Try again.' });
}
