/** A build for the extension host. */
import { basename } from 'node:path';
import type { BuildListener } from '../../client/buildClient.ts';
import { runBuildJob } from '../../client/buildJob.ts';
import type { Environment } from '../../client/environment.ts';
import type { LocalContext } from '../../client/localContext.ts';
import { namedPaths } from '../../client/namedPaths.ts';
import { describePlace, parseOutputs } from '../../client/outputs/outputSpec.ts';
import { readDockerfile } from '../../client/recipeFile.ts';
import { noServiceOrder } from '../../client/services/openServices.ts';
import { parseBuildArgs } from '../../context/buildArg.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import { formatDigest } from '../../context/digest.ts';
import { checkDockerfile } from '../../context/dockerfile.ts';
import { parseTag } from '../../context/tagName.ts';
import type { BuildParams, BuildSummary, ContextSource } from '../link/workerApi.ts';
import type { EventBatch } from './eventBatch.ts';

export interface BuildSite {
  readonly env: Environment;
  /** The context of a source: the one that is kept in sync, or one of its own. */
  context(source: ContextSource): Promise<LocalContext>;
}

/** Builds, see `runBuildJob`; everything that happens before the answer is told before it. */
export async function runBuild(
  site: BuildSite,
  params: BuildParams,
  events: EventBatch,
  signal: AbortSignal,
): Promise<BuildSummary> {
  const asked = performance.now();
  const { env } = site;
  const { source, destination } = params;
  const outputs = parseOutputs({ outputs: params.output ? [params.output] : [], push: false, load: false }, '/');
  const request = { ...(await buildRequest(params, env)), outputs: outputs.map(({ output }) => output) };
  const places = outputs.map(({ place }) => place);
  let readyMs = 0;
  const listener: BuildListener = {
    onEvent: (event) => events.add(event),
    onStarted: () => (readyMs = performance.now() - asked),
  };
  const job = {
    context: await site.context(source),
    request,
    builder: destination.builder,
    daemon: destination.daemon === '' ? undefined : destination.daemon,
    proof: params.proof,
    services: { ...noServiceOrder, places },
  };
  try {
    const { snapshot, result, sent, verified, verifyMs, differing } = await runBuildJob(env, job, listener, signal);
    return {
      imageId: result.imageId,
      snapshot: formatDigest(snapshot),
      imageBytes: result.imageBytes,
      tags: request.tags,
      written: places.flatMap((place) => (place === undefined ? [] : [describePlace(place)])),
      sent,
      builder: result.transfer,
      verified,
      differing: differing.count === 0 ? '' : namedPaths(differing.paths, differing.count),
      readyMs,
      solveMs: result.solveMs,
      verifyMs,
      totalMs: performance.now() - asked,
    };
  } finally {
    events.flush();
  }
}

/** DOCKERFILE_NOT_FOUND, DOCKERFILE_INVALID, DOCKERFILE_EMPTY, BAD_TAG, BAD_BUILD_ARG. */
async function buildRequest(params: BuildParams, env: Environment): Promise<BuildRequest> {
  const { dockerfile: path } = params.source;
  const tags = params.tags.map((tag) => parseTag(tag));
  const buildArgs = parseBuildArgs(params.buildArgs, env.machine.env);
  const dockerfile = { name: basename(path), content: await readDockerfile(path) };
  checkDockerfile(dockerfile);
  return {
    dockerfile,
    tags,
    target: params.target === '' ? undefined : params.target,
    buildArgs,
    noCache: params.noCache,
  };
}
