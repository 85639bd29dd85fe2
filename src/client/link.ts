/** Keeps a link to the daemon: connects, and when the link is lost connects again, with growing pauses. */
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import { backoffDelay } from '../base/time.ts';
import type { Link } from '../transfer/dial.ts';
import { clientLimits } from './limits.ts';
import type { LinkAction, LinkState } from './linkState.ts';
import { initialLinkState, reduceLink } from './linkState.ts';

export interface StandingLinkOptions {
  reach(signal: AbortSignal): Promise<Link>;
  /** Prepares a fresh link; until it is done the link does not count as connected. */
  greet(link: Link): Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

export class StandingLink implements Disposable {
  readonly #options: StandingLinkOptions;
  readonly #changed = new Emitter<LinkState>();
  readonly #abort = new AbortController();
  #state: LinkState = initialLinkState;
  #link: Link | undefined;
  #failure: PresyncError | undefined;
  #retry: Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(options: StandingLinkOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Why the last attempt failed. */
  get failure(): PresyncError | undefined {
    return this.#failure;
  }

  /** The link while it is connected. */
  get current(): Link | undefined {
    return this.#state.phase === 'connected' ? this.#link : undefined;
  }

  start(): void {
    this.#dispatch({ type: 'start' });
  }

  dispose(): void {
    this.#dispatch({ type: 'stop' });
    this.#abort.abort();
    this.#changed.dispose();
  }

  #dispatch(action: LinkAction): void {
    const before = this.#state;
    this.#state = reduceLink(before, action);
    if (this.#state === before) return;
    this.#enter(this.#state);
    this.#changed.emit(this.#state);
  }

  #enter(state: LinkState): void {
    switch (state.phase) {
      case 'connecting':
        void this.#connect();
        break;
      case 'waiting':
        this.#retry = this.#options.clock.schedule(
          backoffDelay(state.attempt, clientLimits.reconnect, clientLimits.reconnectMax, this.#options.random),
          () => this.#dispatch({ type: 'retry' }),
        );
        break;
      case 'stopped':
        this.#retry?.dispose();
        this.#link?.peer.close();
        break;
      case 'idle':
      case 'connected':
        break;
    }
  }

  async #connect(): Promise<void> {
    let link: Link | undefined;
    try {
      link = await this.#options.reach(this.#abort.signal);
      link.peer.onClose = (why) => this.#lost(why);
      await this.#options.greet(link);
      this.#link = link;
      this.#failure = undefined;
      this.#dispatch({ type: 'connected' });
    } catch (thrown) {
      link?.peer.close();
      this.#failure = PresyncError.from(thrown);
      this.#options.logger.info('the daemon cannot be reached', { error: this.#failure });
      this.#dispatch({ type: 'failed' });
    }
  }

  #lost(why: PresyncError): void {
    this.#failure = why;
    this.#link = undefined;
    this.#dispatch({ type: 'lost' });
  }
}
