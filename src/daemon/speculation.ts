/**
 * Speculation: where the owner of a context wants it, the context's last build is run in the background whenever the
 * builder has a new snapshot, so that the user's own build finds every step done, and the image.
 *
 * One such build runs at a time, the newest. It gives way at once: to a newer snapshot, and to a user's build of another
 * one. BuildKit itself knows no priorities. Its image has a name of its own, so that nobody takes it for waste, and
 * replaces the one before. What the user's client has to answer for (secrets, agents), what leaves anything outside of
 * the engine, and what uses no cache is never run.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../base/logger.ts';
import type { Clock } from '../base/time.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import { usualSettings } from '../context/buildSettings.ts';
import { hexDigest } from '../context/digest.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { Build } from '../protocol/message.ts';
import type { PrimedBuild, Primes } from './buildService.ts';
import type { Context } from './contextHub.ts';

/** A build whose image can be given a name that is always the same. */
export interface NameableBuild extends PrimedBuild {
  /** See Engine.moveName. */
  moveName(imageId: string, name: string, signal: AbortSignal): Promise<void>;
}

export interface SpeculationPorts {
  /** See Primes. */
  lease(...order: Parameters<Primes['lease']>): Promise<NameableBuild>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A build without the names of its image. */
interface PlainBuild {
  readonly request: BuildRequest;
  readonly engine: EngineSelector;
}

interface Run extends PlainBuild {
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly by: 'user' | 'speculation';
}

export class Speculation {
  readonly #ports: SpeculationPorts;
  /** Of each context the user's last build, if it can be run without the user. */
  readonly #wanted = new WeakMap<Context, PlainBuild>();
  /** Of each context the build that the engine has done last, or is at. */
  readonly #latest = new WeakMap<Context, Run>();
  #running: { readonly run: Run; readonly abort: AbortController } | undefined;
  #begun = 0;
  #finished = 0;
  #helped = 0;
  #ms = 0;

  constructor(ports: SpeculationPorts) {
    this.#ports = ports;
  }

  /** How often builds were begun and came to their end, how often a user's build found its work done or under way, and what all of it took. */
  get counts() {
    return { begun: this.#begun, finished: this.#finished, helped: this.#helped, ms: Math.round(this.#ms) };
  }

  /** A user's build begins: of this snapshot. */
  onBuild(context: Context, snapshot: Snapshot, { request, offer, inputs = [] }: Build, engine: EngineSelector): void {
    const plain = { request: { ...request, tags: [] }, engine };
    const run: Run = { ...plain, context, snapshot, by: 'user' };
    const latest = this.#latest.get(context);
    if (latest?.by === 'speculation' && isSame(latest, run)) this.#helped++;
    else this.onMoved(context);
    this.#latest.set(context, run);
    const needsNobody = inputs.length === 0 && !offer.secrets && !offer.agents && (request.outputs ?? []).length === 0;
    if (needsNobody && isRepeatable(request)) this.#wanted.set(context, plain);
    else this.#wanted.delete(context);
  }

  /** There is a newer snapshot: what runs for an older one is of no use any more. */
  onMoved(context: Context): void {
    if (this.#running?.run.context === context) this.#running.abort.abort();
  }

  /** The builder of the context's owner has this snapshot. */
  onPrimed(context: Context, snapshot: Snapshot): void {
    const plain = this.#wanted.get(context);
    if (plain === undefined || context.owner?.speculate !== true) return;
    const run: Run = { ...plain, context, snapshot, by: 'speculation' };
    const latest = this.#latest.get(context);
    if (latest !== undefined && isSame(latest, run)) return;
    void this.#begin(run);
  }

  async #begin(run: Run): Promise<void> {
    const { context, snapshot, engine, request } = run;
    const { clock, logger } = this.#ports;
    this.#running?.abort.abort();
    const abort = new AbortController();
    const { signal } = abort;
    const own = (this.#running = { run, abort });
    this.#latest.set(context, run);
    const began = clock.now();
    this.#begun++;
    let primed: NameableBuild | undefined;
    try {
      primed = await this.#ports.lease(context, engine, snapshot, signal);
      const { imageId } = await primed.build(request, () => {}, signal);
      await primed.moveName(imageId, imageName(context), signal);
      this.#finished++;
    } catch (error) {
      if (this.#latest.get(context) === run) this.#latest.delete(context);
      // A step may fail: the user's own build will tell of it.
      if (!signal.aborted) logger.info('a build in the background failed', { error });
    } finally {
      primed?.release();
      this.#ms += clock.now() - began;
      if (this.#running === own) this.#running = undefined;
    }
  }
}

function isSame(one: Run, other: Run): boolean {
  return (
    one.snapshot.digest === other.snapshot.digest &&
    isDeepStrictEqual(one.engine, other.engine) &&
    isDeepStrictEqual(one.request, other.request)
  );
}

/** One image for each context. */
function imageName(context: Context): string {
  return `presync-background:${hexDigest(context.id).slice(0, 16)}`;
}

/** Whether a build leaves nothing anywhere but in the builder, and what it does is of use to the next. */
function isRepeatable({ noCache, settings = usualSettings }: BuildRequest): boolean {
  return !noCache && settings.noCacheStages.length === 0 && settings.cacheTo.length === 0;
}
