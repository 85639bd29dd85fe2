/** A build as the CLI and the extension ask for it: reaching the daemon is part of it. */
import { DisposableStore } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import type { BuildListener, BuildOrder, BuildOutcome } from './buildClient.ts';
import { build } from './buildClient.ts';
import type { Environment } from './environment.ts';
import { clientLimits } from './limits.ts';
import type { NamedSource } from './namedSources.ts';
import { withNeededFiles } from './needed/neededGuard.ts';
import type { Destination } from './openContext.ts';
import { openRequest } from './openContext.ts';
import type { Reading } from './reading.ts';
import type { ServiceOrder } from './services/openServices.ts';
import { noServiceOrder, openServices } from './services/openServices.ts';
import type { BuildPart } from './solveTogether.ts';
import type { NamedContext } from './workspaceContext.ts';

export interface BuildJob extends Destination, JobPart {
  readonly context: NamedContext;
  readonly proof: BuildOrder['proof'];
}

/** Builds that share a context. */
export interface BuildJobs extends Destination, Pick<BuildJob, 'context' | 'proof'> {
  /** One at least. */
  readonly parts: readonly JobPart[];
  /** Further contexts of all of them, by name. */
  readonly named?: ReadonlyMap<string, NamedContext>;
}

/** What of a build is its own. */
export interface JobPart {
  readonly request: BuildRequest;
  /** Undefined: nothing but the user's logins at registries. */
  readonly services?: ServiceOrder;
}

/** A remark that is about no step of the build. */
const ownWarning = { type: 'warning', vertex: '', detail: '', url: '', line: 0 } as const;

/** One build, see runBuildJobs. */
export async function runBuildJob(
  env: Environment,
  job: BuildJob,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const [outcome] = await runBuildJobs(env, { ...job, parts: [job] }, listener, signal);
  return outcome!;
}

/**
 * Builds, see `build`. A daemon that makes way before the build has begun is no failure: the next one builds. The
 * context's cache is saved as well as it can.
 */
export async function runBuildJobs(
  env: Environment,
  jobs: BuildJobs,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome[]> {
  const { context, proof } = jobs;
  const warn = (message: string) => listener.onEvent({ ...ownWarning, message });
  const opened = new DisposableStore();
  try {
    const parts: BuildPart[] = [];
    for (const { request, services = noServiceOrder } of jobs.parts) {
      parts.push({ request, services: opened.add(await openServices(env, services, warn)) });
    }
    const open = await openRequest(env, context, jobs);
    const sources: NamedSource[] = [];
    for (const [name, source] of jobs.named ?? []) {
      sources.push({ name, context: source, open: await openRequest(env, source, jobs) });
    }
    const order = { context, open, parts, sources, proof };
    const run = (told: BuildListener, end: AbortSignal) => buildAtLast(env, jobs, order, told, end);
    const recipes = parts.map(({ request }) => request);
    return await withNeededFiles(context, recipes, listener, signal, run);
  } finally {
    opened.dispose();
  }
}

async function buildAtLast(
  env: Environment,
  jobs: BuildJobs,
  order: BuildOrder,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome[]> {
  for (let attempt = 1; ; attempt++) {
    let remarks: Promise<void> | undefined;
    const onStarted = () => {
      listener.onStarted();
      // Only now: nothing is to keep a build from its start.
      remarks ??= tellIgnoredSources(jobs, listener);
    };
    try {
      return await buildOnce(env, jobs.daemon, order, { ...listener, onStarted }, signal);
    } catch (thrown) {
      const { code } = PresyncError.from(thrown);
      const movedOn = code === 'DAEMON_DRAINING' || code === 'LINK_LOST';
      if (!movedOn || remarks !== undefined || attempt === clientLimits.buildAttempts) throw thrown;
    } finally {
      await remarks;
    }
  }
}

/** Warns of what is copied in vain. Most builds exclude nothing that they name, so the parser is loaded on demand. */
async function tellIgnoredSources({ context, parts }: BuildJobs, listener: BuildListener): Promise<void> {
  if (context.rules.empty) return;
  const { copyWarnings } = await import('../context/copyWarnings.ts');
  // Targets of one Dockerfile have the same.
  const dockerfiles = new Set(parts.map(({ request }) => request.dockerfile));
  for (const { content } of dockerfiles) {
    for (const warning of copyWarnings(content, context.rules)) listener.onEvent(warning);
  }
}

async function buildOnce(
  env: Environment,
  daemon: string | undefined,
  order: BuildOrder,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome[]> {
  // Where there is no daemon yet nobody watches the context either: it is read while the daemon starts.
  let early: Promise<Reading> | undefined;
  const { peer } = await env.reach(
    daemon,
    signal,
    () => {
      early = order.context.read({ everything: true, why: 'a build' }, signal);
      early.catch(() => {});
    },
    order.parts.flatMap(({ services }) => services.variables),
  );
  const contexts = [order.context, ...(order.sources ?? []).map((source) => source.context)];
  const save = async () => {
    for (const context of contexts) {
      await context
        .save()
        .catch((error: unknown) => env.logger.warn('the cache of a context was not saved', { error }));
    }
  };
  let saved: Promise<void> | undefined;
  const onStarted = () => {
    // While the builder is at work there is time for it.
    saved ??= save();
    listener.onStarted();
  };
  try {
    return await build(peer, { ...order, reading: early }, { ...listener, onStarted }, signal);
  } finally {
    peer.close();
    await saved;
    await save();
  }
}
