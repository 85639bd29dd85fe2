/** `presync build`: what its command line means. */
import { PresyncError } from '../base/errors.ts';
import { EmptyContext } from '../client/emptyContext.ts';
import type { Environment } from '../client/environment.ts';
import { openLocalContext } from '../client/openLocalContext.ts';
import { withAnnotations } from '../client/outputs/annotations.ts';
import type { OutputSpec } from '../client/outputs/outputSpec.ts';
import { describePlace, parseOutputs } from '../client/outputs/outputSpec.ts';
import type { NamedContext } from '../client/workspaceContext.ts';
import { parseBuildArgs } from '../context/buildArg.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import { parseTag, splitTag } from '../context/tagName.ts';
import { openMain } from './mainContext.ts';
import type { BuildOptions } from './options.ts';
import type { BuildGroup, PlannedBuild } from './plannedBuild.ts';
import { localContexts } from './settings/buildContexts.ts';
import { parseSettings } from './settings/buildSettings.ts';

export interface PreparedBuild {
  readonly group: BuildGroup;
  /** As far as it is known here. */
  readonly dockerfile: Dockerfile | undefined;
}

/** Reads and checks all that the user gave. Several targets are several builds. `inline` is the Dockerfile's text. */
export async function prepareBuild(options: BuildOptions, env: Environment, inline?: string): Promise<PreparedBuild> {
  const tags = options.tags.map((tag) => parseTag(tag));
  const buildArgs = parseBuildArgs(options.buildArgs, process.env);
  const { context, dockerfile, remote, archive } = await openMain(options, env, inline);
  const settings = parseSettings(options.settings);
  const named = await openNamed(options, env);
  const specs = withAnnotations(parseOutputs(options, process.cwd()), options.annotations);
  refuseOneForAll(specs, options);
  const { noCache } = options;
  const outputs = specs.map(({ output }) => output);
  const given = { ...(settings === undefined ? {} : { settings }), ...(remote === undefined ? {} : { remote }) };
  const common = { dockerfile, buildArgs, noCache, outputs, ...given };
  const services = {
    secrets: options.secrets,
    agents: options.agents,
    cwd: process.cwd(),
    places: specs.map(({ place }) => place),
    archive,
  };
  const written = specs.flatMap(({ place }) => (place === undefined ? [] : [describePlace(place)]));
  const targets = options.targets.length > 0 ? [...new Set(options.targets)] : [undefined];
  const builds = targets.map((target): PlannedBuild => {
    const names = targets.length > 1 ? tags.map((tag) => stageTag(tag, target ?? '')) : tags;
    const request = { ...common, target, tags: names };
    return { name: target ?? '', tags: names, written, request, services };
  });
  // Where there is no folder there is nothing to compare with.
  const proof = context instanceof EmptyContext && named.size === 0 ? 'off' : options.proof;
  return {
    group: { context, named, proof, builds },
    dockerfile: dockerfile.content.length > 0 ? dockerfile : undefined,
  };
}

/** Each with its own .dockerignore. What of it a build uses no Dockerfile tells, so it is all synchronised. */
async function openNamed({ settings }: BuildOptions, env: Environment): Promise<ReadonlyMap<string, NamedContext>> {
  const named = new Map<string, NamedContext>();
  for (const [name, folder] of localContexts(settings.buildContext ?? [])) {
    const context = await openLocalContext(env, folder, undefined);
    await context.widen('it is a context that a Dockerfile knows by name');
    named.set(name, context);
  }
  return named;
}

/** Images of several targets cannot have one name: `app` is `app:STAGE`, and `app:1` is `app:1-STAGE`. */
function stageTag(tag: string, stage: string): string {
  const { name, tag: version } = splitTag(tag);
  const suffix = stage.replace(/[^A-Za-z0-9_.-]/g, '-');
  return parseTag(version === 'latest' ? `${name}:${suffix}` : `${name}:${version}-${suffix}`);
}

/** What there is only one of cannot be had by two. */
function refuseOneForAll(specs: readonly OutputSpec[], { json, targets, iidfile }: BuildOptions): void {
  const isSent = specs.some(({ place }) => place !== undefined);
  if (new Set(targets).size > 1 && (isSent || iidfile !== undefined)) {
    throw new PresyncError('USAGE', 'The results of several targets cannot go to one place.', {
      hint: 'Build one target at a time with --output or --iidfile.',
    });
  }
  if (!json || !specs.some(({ place }) => place?.kind === 'stdout')) return;
  throw new PresyncError('USAGE', '--json and a result on standard output cannot be had together.', {
    hint: 'Name a file with dest=FILE.',
  });
}
