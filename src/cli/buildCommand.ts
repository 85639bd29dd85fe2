/** `presync build`. */
import { PresyncError } from '../base/errors.ts';
import type { BuildListener, BuildOutcome } from '../client/buildClient.ts';
import type { BuildJob } from '../client/buildJob.ts';
import { runBuildJob } from '../client/buildJob.ts';
import type { Environment } from '../client/environment.ts';
import { openLocalContext } from '../client/openLocalContext.ts';
import { withAnnotations } from '../client/outputs/annotations.ts';
import type { OutputSpec } from '../client/outputs/outputSpec.ts';
import { describePlace, parseOutputs } from '../client/outputs/outputSpec.ts';
import { StdinContext } from '../client/stdinContext.ts';
import type { NamedContext } from '../client/workspaceContext.ts';
import { parseBuildArgs } from '../context/buildArg.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import { checkDockerfile } from '../context/dockerfile.ts';
import { parseTag } from '../context/tagName.ts';
import type { BuildOptions } from './options.ts';
import type { ProgressRenderer } from './progress/progressRenderer.ts';
import { dockerfileOf, readRecipe } from './recipe.ts';
import { clearResultFiles, writeResultFiles } from './resultFiles.ts';
import { parseSettings } from './settings/buildSettings.ts';

/** What the command prints about a build that ended well. */
export interface BuildReport {
  readonly outcome: BuildOutcome;
  readonly tags: readonly string[];
  /** Where results were put on this machine. */
  readonly written: readonly string[];
  readonly timings: { readonly readyMs: number; readonly totalMs: number };
}

export interface BuildAttempt {
  readonly dockerfile: Dockerfile;
  run(progress: ProgressRenderer, signal: AbortSignal): Promise<BuildReport>;
}

/** Reads and checks all that the user gave; `parsedAt` is when the command line had been read, as performance.now(). */
export async function prepareBuild(options: BuildOptions, env: Environment, parsedAt: number): Promise<BuildAttempt> {
  const tags = options.tags.map((tag) => parseTag(tag));
  const buildArgs = parseBuildArgs(options.buildArgs, process.env);
  const dockerfilePath = dockerfileOf(options.path, options.file);
  const context = await openContext(options, dockerfilePath, env);
  const dockerfile = await readRecipe(dockerfilePath);
  checkDockerfile(dockerfile);
  const settings = parseSettings(options.settings);
  const specs = withAnnotations(parseOutputs(options, process.cwd()), options.annotations);
  refuseTwoOnStdout(specs, options);
  const outputs = specs.map(({ output }) => output);
  const written = specs.flatMap(({ place }) => (place === undefined ? [] : [describePlace(place)]));
  const { target, noCache } = options;
  const recipe = { dockerfile, tags, target, buildArgs, noCache, outputs };
  const request = settings === undefined ? recipe : { ...recipe, settings };
  await clearResultFiles(options);
  return {
    dockerfile,
    async run(progress, signal) {
      let readyMs = 0;
      const listener: BuildListener = {
        onEvent: (event) => progress.update(event),
        onStarted: () => (readyMs = performance.now() - parsedAt),
      };
      const job: BuildJob = {
        context,
        request,
        builder: options.builder ?? '',
        daemon: options.daemon,
        // Where there is no folder there is nothing to compare with.
        proof: options.path === '-' ? 'off' : options.proof,
        services: {
          secrets: options.secrets,
          agents: options.agents,
          cwd: process.cwd(),
          places: specs.map(({ place }) => place),
        },
      };
      const outcome = await runBuildJob(env, job, listener, signal);
      const report = { outcome, tags, written, timings: { readyMs, totalMs: performance.now() } };
      await writeResultFiles(options, report);
      return report;
    },
  };
}

async function openContext(
  options: BuildOptions,
  dockerfile: string | undefined,
  env: Environment,
): Promise<NamedContext> {
  if (options.path === '-') return new StdinContext(await env.installation());
  const context = await openLocalContext(env, options.path, dockerfile);
  if (options.context === 'all') await context.widen('--context all was asked for');
  return context;
}

/** The result as JSON and the result itself cannot both be on standard output. */
function refuseTwoOnStdout(specs: readonly OutputSpec[], { json }: BuildOptions): void {
  if (!json || !specs.some(({ place }) => place?.kind === 'stdout')) return;
  throw new PresyncError('USAGE', '--json and a result on standard output cannot be had together.', {
    hint: 'Name a file with dest=FILE.',
  });
}
