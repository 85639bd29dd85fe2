/**
 * One build at the daemon.
 *
 * A build that is to be proven is held: nothing is named before the proof is there. It is released when the snapshot is
 * proven, and also when all that differs has changed since, for that belongs to the next snapshot. It is cancelled when
 * the snapshot turns out to lack something.
 */
import { PresyncError } from '../base/errors.ts';
import type { BuildEvent, BuildResult } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import type { Digest } from '../context/digest.ts';
import type { Proof } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { addSent, nothingSent } from '../context/sent.ts';
import type { NamedInput } from '../transfer/buildMessages.ts';
import type { Exchange } from '../transfer/exchange.ts';
import type { Peer } from '../transfer/peer.ts';
import type { ClientServices } from './services/clientServices.ts';
import { offerOf, ServiceHost } from './services/serviceHost.ts';

export interface SolveOrder {
  readonly context: Digest;
  /** Undefined: what the owner has after a barrier. */
  readonly snapshot: Digest | undefined;
  readonly request: BuildRequest;
  /** Further contexts; undefined for none. */
  readonly inputs?: readonly NamedInput[];
  /** What this side answers for while the build runs. */
  readonly services: ClientServices;
  /** Where the proof comes from; undefined for a build that waits for none. */
  readonly proof: Promise<Proof> | 'owner' | undefined;
}

export interface SolveListener {
  onEvent(event: BuildEvent): void;
  /** The builder has this snapshot, and the solve is being sent. */
  onStarted(snapshot: Digest): void;
  onProof(proof: Proof): void;
  /**
   * Asked when everything is built and told, and nothing is named yet. Undefined where that needs no leave. Whoever
   * refuses cancels the build.
   */
  readonly mayName?: (() => Promise<boolean>) | undefined;
}

export interface Solved {
  readonly snapshot: Digest;
  readonly result: BuildResult;
  /** By the owner, to reach the barrier; and what was sent as it is. */
  readonly sent: Sent;
}

/** Undefined when the proof refuted the snapshot: build again. Firing the signal cancels the build at the engine. */
export function solve(
  peer: Peer,
  order: SolveOrder,
  listener: SolveListener,
  signal: AbortSignal,
): Promise<Solved | undefined> {
  const { proof, services, ...build } = order;
  const offer = offerOf(services);
  if (proof instanceof Promise) proof.catch(() => {}); // the link may be lost before anybody looks at it
  const unproven = proof === undefined;
  const hold = !unproven || listener.mayName !== undefined;
  return peer.converse({ type: 'build', ...build, offer, hold, unproven }, async (exchange) => {
    const host = new ServiceHost(exchange, services);
    const stop = () => void exchange.send({ type: 'cancel' }).catch(() => {});
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      const run = new Solve(exchange, host, listener, proof !== undefined);
      const solved = await run.follow(proof === 'owner' ? undefined : proof);
      return solved && { ...solved, sent: addSent(solved.sent, sentAsIs(services)) };
    } finally {
      host.close();
      signal.removeEventListener('abort', stop);
    }
  });
}

function sentAsIs({ archive }: ClientServices): Sent {
  return archive === undefined ? nothingSent : { files: 1, bytes: archive.sent };
}

class Solve {
  readonly #exchange: Exchange;
  readonly #host: ServiceHost;
  readonly #listener: SolveListener;
  #proof: Proof | undefined;
  /** What the release waits for. */
  readonly #awaited = new Set<'proof' | 'leave'>();

  constructor(exchange: Exchange, host: ServiceHost, listener: SolveListener, proven: boolean) {
    this.#exchange = exchange;
    this.#host = host;
    this.#listener = listener;
    if (proven) this.#awaited.add('proof');
    if (listener.mayName !== undefined) this.#awaited.add('leave');
  }

  async follow(proof: Promise<Proof> | undefined): Promise<Solved | undefined> {
    const proven = proof?.then((found) => this.#judge(found));
    // Without a proof there is no leave either.
    proven?.catch(() => this.#send('cancel'));
    try {
      return await this.#receive();
    } catch (thrown) {
      // The daemon's answer to a cancel ends it too: the engine has let go of the build by then. And a build may fail
      // for what its snapshot lacks, before the proof is there.
      if (PresyncError.from(thrown).code !== 'LINK_LOST') await proven;
      if (this.#refuted) return undefined;
      throw thrown;
    }
  }

  async #receive(): Promise<Solved> {
    for (;;) {
      const message = await this.#exchange.receive({ timeout: Infinity });
      switch (message.type) {
        case 'events':
          if (!this.#refuted) for (const event of message.events) this.#tell(event);
          break;
        case 'proof':
          this.#judge(message.proof);
          break;
        case 'ask':
        case 'streamData':
        case 'streamEnd':
        case 'streamCredit':
          this.#host.take(message);
          break;
        case 'done':
          return message;
        default:
          throw new PresyncError('PROTOCOL', `Unexpected "${message.type}" in a build.`);
      }
    }
  }

  get #refuted(): boolean {
    return this.#proof?.verdict === 'missed';
  }

  #tell(
    event: BuildEvent | { readonly type: 'started'; readonly snapshot: Digest } | { readonly type: 'waiting' },
  ): void {
    if (event.type === 'started') this.#listener.onStarted(event.snapshot);
    else if (event.type === 'waiting') void this.#askForLeave();
    else this.#listener.onEvent(event);
  }

  #judge(proof: Proof): void {
    this.#proof = proof;
    this.#listener.onProof(proof);
    if (this.#refuted) this.#send('cancel');
    else this.#arrived('proof');
  }

  async #askForLeave(): Promise<void> {
    if ((await this.#listener.mayName?.()) === true) this.#arrived('leave');
  }

  #arrived(what: 'proof' | 'leave'): void {
    if (this.#awaited.delete(what) && this.#awaited.size === 0) this.#send('release');
  }

  #send(type: 'cancel' | 'release'): void {
    this.#exchange.send({ type }).catch(() => {});
  }
}
