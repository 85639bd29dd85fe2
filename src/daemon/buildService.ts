/** A build from its request to its answer: find the snapshot, have it primed, solve, tell. */
import { PresyncError } from '../base/errors.ts';
import type { Clock } from '../base/time.ts';
import type { BuildServices } from '../builder/session/buildServices.ts';
import type { Leave } from '../builder/solve/heldBuild.ts';
import type { BuildEvent, BuilderTransfer, BuildResult } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import { transferSince } from '../context/builderTransfer.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { Proof } from '../context/proof.ts';
import type { Sent } from '../context/sent.ts';
import { nothingSent } from '../context/sent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { Build } from '../protocol/message.ts';
import type { Exchange } from '../transfer/exchange.ts';
import { BuildDialogue } from './buildDialogue.ts';
import type { Context } from './contextHub.ts';
import { daemonStep } from './crashSteps.ts';
import { EventStream } from './eventStream.ts';

/** A snapshot that is primed, ready to be built from. */
export interface PrimedBuild {
  /** With `leave`, nothing is named before it is given. */
  build(
    request: BuildRequest,
    onEvent: (event: BuildEvent) => void,
    signal: AbortSignal,
    leave?: Leave,
    services?: BuildServices,
  ): Promise<BuildResult>;
  release(): void;
}

/** Has snapshots primed: see primer.ts. */
export interface Primes {
  lease(
    context: Context,
    engine: EngineSelector,
    snapshot: Snapshot,
    signal: AbortSignal,
    inputs?: readonly PrimedInput[],
  ): Promise<PrimedBuild>;
  /** What has crossed BuildKit's sessions for the context since the daemon started. */
  transferred(context: Context): BuilderTransfer;
}

/** A further context of a build. */
export interface PrimedInput {
  readonly name: string;
  readonly context: Context;
  readonly snapshot: Snapshot;
}

/** Where a build comes from. */
export interface BuildOrigin {
  readonly engine: EngineSelector;
  /** What had crossed when the client's command began. */
  readonly before: BuilderTransfer;
  /** The contexts of the order's further inputs, in their order. */
  readonly inputs: readonly Context[];
}

export class BuildService {
  readonly #primes: Primes;
  readonly #clock: Clock;
  #running = 0;

  /** Called when it is known which snapshot a client's build is of. */
  onBuild: (context: Context, snapshot: Snapshot, order: Build, engine: EngineSelector) => void = () => {};

  constructor(primes: Primes, clock: Clock) {
    this.#primes = primes;
    this.#clock = clock;
  }

  get running(): number {
    return this.#running;
  }

  /** Runs the build and sends its events and its end. Cancelled by the client's Cancel or the loss of its link. */
  async run(exchange: Exchange, order: Build, context: Context, origin: BuildOrigin): Promise<void> {
    const dialogue = new BuildDialogue(exchange, () => events.add({ type: 'waiting' }));
    const stop = (why: PresyncError) => dialogue.abort((stopped = why));
    const events = new EventStream(exchange, this.#clock, stop);
    const { signal } = dialogue;
    this.#running++;
    let proven: Promise<unknown> | undefined;
    /** Why this side ended the build. */
    let stopped: PresyncError | undefined;
    try {
      const { snapshot, sent, proof } = await findSnapshot(order, context, signal);
      proven = proof?.then(
        (found) => exchange.send({ type: 'proof', proof: found }).catch(() => {}),
        (thrown: unknown) => stop(PresyncError.from(thrown)),
      );
      const inputs = (order.inputs ?? []).map(({ name, snapshot: digest }, index): PrimedInput => {
        const input = origin.inputs[index]!;
        return { name, context: input, snapshot: known(input, order, digest) };
      });
      this.onBuild(context, snapshot, order, origin.engine);
      const result = await this.#solve({ order, context, snapshot, inputs, origin }, dialogue, events);
      await events.flush();
      await exchange.send({ type: 'done', snapshot: snapshot.digest, result, sent });
    } catch (thrown) {
      await events.flush();
      // A build may fail for what its snapshot lacks.
      if (!signal.aborted) await proven;
      throw stopped ?? (await withoutContent(dialogue.explain(thrown), order, context));
    } finally {
      this.#running--;
    }
  }

  /** What the builder holds for it is free again as soon as it is done, however long its client takes to hear of it. */
  async #solve(build: Solve, dialogue: BuildDialogue, events: EventStream): Promise<BuildResult> {
    const { order, context, snapshot, inputs, origin } = build;
    const primed = await this.#primes.lease(context, origin.engine, snapshot, dialogue.signal, inputs);
    try {
      events.add({ type: 'started', snapshot: snapshot.digest });
      const leave = order.hold ? dialogue : undefined;
      const services = dialogue.services(order.offer);
      daemonStep('build-begin');
      const built = await primed.build(order.request, (event) => events.add(event), dialogue.signal, leave, services);
      daemonStep('build-end');
      return { ...built, transfer: transferSince(this.#primes.transferred(context), origin.before) };
    } finally {
      primed.release();
    }
  }
}

/** A build of which everything is known. */
interface Solve {
  readonly order: Build;
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly inputs: readonly PrimedInput[];
  readonly origin: BuildOrigin;
}

interface Found {
  readonly snapshot: Snapshot;
  /** What the owner pushed for it. */
  readonly sent: Sent;
  /** By the owner, of a build that is held for it. */
  readonly proof?: Promise<Proof> | undefined;
}

async function findSnapshot(order: Build, context: Context, signal: AbortSignal): Promise<Found> {
  if (order.snapshot !== undefined) return { snapshot: known(context, order, order.snapshot), sent: nothingSent };
  const { owner } = context;
  if (owner === undefined) throw new PresyncError('OWNER_SILENT', 'Nobody watches this context any more.');
  const prove = order.hold && order.unproven !== true;
  const { snapshot, sent, proof } = await owner.barrier(context.id, prove, signal);
  proof?.catch(() => {}); // nobody hears of it when the snapshot is not known
  return { snapshot: known(context, order, snapshot), sent, proof };
}

function known(context: Context, order: Build, digest: Snapshot['digest']): Snapshot {
  const snapshot = context.find(digest);
  if (snapshot === undefined) throw unknownSnapshot(order);
  return snapshot;
}

/** Content that is damaged or gone is no fault of the build: it is sent again, and the build begun again. */
async function withoutContent(thrown: unknown, order: Build, context: Context): Promise<unknown> {
  if (PresyncError.from(thrown).code !== 'STORE_CORRUPT') return thrown;
  await context.forget();
  return unknownSnapshot(order, thrown);
}

/** Whoever asks for a build pushes the snapshot again; of an owner's, it reads the workspace itself. */
function unknownSnapshot(order: Build, cause?: unknown): PresyncError {
  const code = order.snapshot === undefined ? 'OWNER_SILENT' : 'SNAPSHOT_UNKNOWN';
  return new PresyncError(code, 'The daemon does not have the snapshot that should be built.', {
    hint: 'It is synchronised again by the next build.',
    cause,
  });
}
