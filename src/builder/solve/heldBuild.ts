/**
 * A build whose side effects wait for leave: what it is of may still turn out not to be what the user meant.
 *
 * The solve runs without names at once. A Docker engine then names the image that came of it (POST /images/ID/tag). A
 * buildkitd has no such call and solves once more: every step is in its cache by then, and of several results of a step
 * it takes the newest, so the second solve need not (and must not) be told to leave the cache alone.
 */
import { abortable } from '../abortable.ts';
import type { EngineHttp } from '../engineHttp.ts';
import type { BuildJob, BuildSite, SolvedBuild } from './build.ts';
import { runBuild } from './build.ts';
import { checkTags } from './tags.ts';

/** Whether side effects may happen. */
export interface Leave {
  readonly given: boolean;
  /** Resolves when it is given; may never. */
  readonly whenGiven: Promise<void>;
}

/** Resolves when leave is given and the image bears its names. Errors are those of a build. */
export async function runHeldBuild(
  site: BuildSite,
  http: EngineHttp,
  job: BuildJob,
  leave: Leave,
): Promise<SolvedBuild> {
  const { request, signal } = job;
  const tags = checkTags(request.tags);
  if (leave.given) return runBuild(site, job);
  const built = await runBuild(site, { ...job, request: { ...request, tags: [] } });
  await abortable(leave.whenGiven, signal);
  if (site.kind === 'docker' || tags.length === 0) {
    for (const tag of tags) await http.tag(built.imageId, tag, signal);
    return built;
  }
  const named = await runBuild(site, { ...job, request: { ...request, noCache: false }, onEvent: () => {} });
  return { ...built, imageId: named.imageId };
}
