/** `presync build`. */
import type { ByteString } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { BuildListener, BuildOrder, BuildOutcome } from '../client/buildClient.ts';
import { build } from '../client/buildClient.ts';
import { LocalContext } from '../client/localContext.ts';
import { clientLimits } from '../client/limits.ts';
import type { Reading } from '../client/reading.ts';
import { StdinContext } from '../client/stdinContext.ts';
import type { WorkspaceContext } from '../client/workspaceContext.ts';
import { parseBuildArg } from '../context/buildArg.ts';
import type { BuildRequest, Dockerfile } from '../context/buildRequest.ts';
import { checkDockerfile } from '../context/dockerfile.ts';
import { engineEnvironment } from '../context/engineSelector.ts';
import { parseTag } from '../context/tagName.ts';
import type { Environment } from './environment.ts';
import type { BuildOptions } from './options.ts';
import type { ProgressRenderer } from './progress/progressRenderer.ts';
import { dockerfileOf, readRecipe } from './recipe.ts';

/** What the command prints about a build that ended well. */
export interface BuildReport {
  readonly outcome: BuildOutcome;
  readonly tags: readonly string[];
  readonly timings: { readonly readyMs: number; readonly totalMs: number };
}

export interface BuildAttempt {
  readonly dockerfile: Dockerfile;
  run(progress: ProgressRenderer, signal: AbortSignal): Promise<BuildReport>;
}

/** Reads and checks all that the user gave; `parsedAt` is when the command line had been read, as performance.now(). */
export async function prepareBuild(options: BuildOptions, env: Environment, parsedAt: number): Promise<BuildAttempt> {
  const tags = options.tags.map((tag) => parseTag(tag));
  const buildArgs = new Map(
    options.buildArgs.map((text) => parseBuildArg(text, process.env)).filter((pair) => pair !== undefined),
  );
  const dockerfilePath = dockerfileOf(options.path, options.file);
  const context = await openContext(options, dockerfilePath, env);
  const dockerfile = await readRecipe(dockerfilePath);
  checkDockerfile(dockerfile);
  const request = { dockerfile, tags, target: options.target, buildArgs, noCache: options.noCache };
  return {
    dockerfile,
    async run(progress, signal) {
      let readyMs = 0;
      const listener: BuildListener = {
        onEvent: (event) => progress.update(event),
        onStarted: () => (readyMs = performance.now() - parsedAt),
      };
      const outcome = await buildWith(env, options, context, request, listener, signal);
      return { outcome, tags, timings: { readyMs, totalMs: performance.now() } };
    },
  };
}

type NamedContext = WorkspaceContext & { readonly label: ByteString };

async function openContext(
  options: BuildOptions,
  dockerfile: string | undefined,
  env: Environment,
): Promise<NamedContext> {
  const installation = await env.installation();
  if (options.path === '-') return new StdinContext(installation);
  return LocalContext.open({ folder: options.path, dockerfile, installation, cacheDirectory: env.cacheDirectory });
}

/** A daemon that makes way in between is no failure: the next one builds. */
async function buildWith(
  env: Environment,
  options: BuildOptions,
  context: NamedContext,
  request: BuildRequest,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const order: BuildOrder = {
    context,
    open: {
      context: context.id,
      label: context.label,
      nonce: await env.nonce(),
      engine: { spec: options.builder ?? '', env: engineEnvironment(env.machine.env) },
    },
    request,
    proof: options.proof === 'before' ? 'before' : 'off',
  };
  for (let attempt = 1; ; attempt++) {
    let started = false;
    const attentive = { ...listener, onStarted: () => ((started = true), listener.onStarted()) };
    try {
      return await buildOnce(env, options, order, attentive, signal);
    } catch (thrown) {
      const { code } = PresyncError.from(thrown);
      const movedOn = code === 'DAEMON_DRAINING' || code === 'LINK_LOST';
      if (!movedOn || started || attempt === clientLimits.buildAttempts) throw thrown;
    }
  }
}

async function buildOnce(
  env: Environment,
  options: BuildOptions,
  order: BuildOrder,
  listener: BuildListener,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  // Where there is no daemon yet nobody watches the context either: it is read while the daemon starts.
  let early: Promise<Reading> | undefined;
  const { peer } = await env.reach(options.daemon, signal, () => {
    early = order.context.read({ everything: true, why: 'a build' }, signal);
    early.catch(() => {});
  });
  try {
    return await build(peer, { ...order, reading: early }, listener, signal);
  } finally {
    peer.close();
    await order.context.save();
  }
}
