import type { Disposable } from '../base/disposable.ts';
import type { Clock } from '../base/time.ts';
import { timeouts } from '../protocol/limits.ts';

export interface KeepAliveOptions {
  readonly clock: Clock;
  /** Milliseconds since 1970: goes on while the machine sleeps. */
  wallClock(): number;
  /** Asks the other end for a sign of life. */
  ping(): void;
  /** Nothing was heard for too long. Called once. */
  onDead(): void;
}

/**
 * Finds a link that died without a word: a pulled cable, a router that forgot it, a machine that slept. Whatever is heard
 * counts as life. After a sleep the link is asked at once, and given little time: most do not survive one.
 */
export class KeepAlive implements Disposable {
  readonly #options: KeepAliveOptions;
  #timer: Disposable | undefined;
  #heardAt: number;
  #tickedAt: number;
  /** When the other end has to have said something; undefined while it owes nothing. */
  #deadline: number | undefined;

  constructor(options: KeepAliveOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#tickedAt = options.wallClock();
    this.#schedule();
  }

  /** Something arrived. */
  heard(): void {
    this.#heardAt = this.#options.clock.now();
    this.#deadline = undefined;
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #schedule(): void {
    this.#timer = this.#options.clock.schedule(timeouts.aliveTick, () => this.#tick());
  }

  #tick(): void {
    const { clock, wallClock, onDead } = this.#options;
    const now = clock.now();
    if (this.#deadline !== undefined && now >= this.#deadline) return onDead();
    const slept = wallClock() - this.#tickedAt > timeouts.aliveTick + timeouts.aliveAfterSleep;
    this.#tickedAt = wallClock();
    if (slept) this.#ask(now + timeouts.aliveAfterSleep);
    else if (this.#deadline === undefined && now - this.#heardAt >= timeouts.pingInterval) {
      this.#ask(now + timeouts.pongWait);
    }
    this.#schedule();
  }

  #ask(deadline: number): void {
    this.#deadline = deadline;
    this.#options.ping();
  }
}
