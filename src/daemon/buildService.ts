/** A build from its request to its answer: find the snapshot, have it primed, solve, tell. */
import { cancelled, PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import type { BuildEvent, BuilderTransfer, BuildResult } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { Sent } from '../context/sent.ts';
import { nothingSent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { Build } from '../protocol/message.ts';
import type { Exchange } from '../transfer/exchange.ts';
import type { Context } from './contextHub.ts';
import { EventStream } from './eventStream.ts';
import { transferSince } from './transfers.ts';

/** A snapshot that is primed, ready to be built from. */
export interface PrimedBuild {
  build(request: BuildRequest, onEvent: (event: BuildEvent) => void, signal: AbortSignal): Promise<BuildResult>;
  release(): void;
}

/** Has snapshots primed: see primer.ts. */
export interface Primes {
  lease(context: Context, engine: EngineSelector, snapshot: Snapshot, signal: AbortSignal): Promise<PrimedBuild>;
  /** What has crossed BuildKit's sessions for the context since the daemon started. */
  transferred(context: Context): BuilderTransfer;
}

/** Where a build comes from. */
export interface BuildOrigin {
  readonly engine: EngineSelector;
  /** What had crossed when the client's command began. */
  readonly before: BuilderTransfer;
}

export class BuildService {
  readonly #primes: Primes;
  readonly #clock: Clock;
  #running = 0;

  constructor(primes: Primes, clock: Clock) {
    this.#primes = primes;
    this.#clock = clock;
  }

  get running(): number {
    return this.#running;
  }

  /** Runs the build and sends its events and its end. Cancelled by the client's Cancel or the loss of its link. */
  async run(exchange: Exchange, order: Build, context: Context, origin: BuildOrigin): Promise<void> {
    const events = new EventStream(exchange, this.#clock);
    const abort = new AbortController();
    void untilCancelled(exchange).then((why) => abort.abort(why));
    this.#running++;
    let primed: PrimedBuild | undefined;
    try {
      const { snapshot, sent } = await findSnapshot(order, context, abort.signal);
      primed = await this.#primes.lease(context, origin.engine, snapshot, abort.signal);
      events.add({ type: 'started', snapshot: snapshot.digest });
      const built = await primed.build(order.request, (event) => events.add(event), abort.signal);
      const result = { ...built, transfer: transferSince(this.#primes.transferred(context), origin.before) };
      await events.flush();
      await exchange.send({ type: 'done', snapshot: snapshot.digest, result, sent });
    } catch (thrown) {
      await events.flush();
      throw thrown;
    } finally {
      primed?.release();
      this.#running--;
    }
  }
}

interface Found {
  readonly snapshot: Snapshot;
  /** What the owner pushed for it. */
  readonly sent: Sent;
}

async function findSnapshot(order: Build, context: Context, signal: AbortSignal): Promise<Found> {
  if (order.snapshot !== undefined) return { snapshot: known(context, order.snapshot), sent: nothingSent };
  const { owner } = context;
  if (owner === undefined) throw new PresyncError('OWNER_SILENT', 'Nobody watches this context any more.');
  const reached = await owner.barrier(context.id, signal);
  return { snapshot: known(context, reached.snapshot), sent: reached.sent };
}

function known(context: Context, digest: Snapshot['digest']): Snapshot {
  const snapshot = context.find(digest);
  if (snapshot !== undefined) return snapshot;
  throw new PresyncError('SNAPSHOT_UNKNOWN', 'The daemon does not have the snapshot that should be built.', {
    hint: 'It is synchronised again by the next build.',
  });
}

/** Resolves, with the reason, when the client cancels or is gone; after the build's end it does no harm. */
async function untilCancelled(exchange: Exchange): Promise<PresyncError> {
  try {
    await exchange.expect('cancel', { timeout: Infinity });
    return cancelled();
  } catch (thrown) {
    return PresyncError.from(thrown);
  }
}
