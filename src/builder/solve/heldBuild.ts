/**
 * A build and what becomes of its result. Side effects wait for leave: what the build is of may still turn out not to be
 * what the user meant.
 *
 * The first solve leaves nothing with a name. Behind it a Docker engine names the image that came of it
 * (POST /images/ID/tag), pushes it, and so on; what an exporter makes is a solve of its own. Every step is in its cache
 * by then, and of several results of a step BuildKit takes the newest, so a later solve need not (and must not) be told
 * to leave the cache alone.
 */
import type { BuildRequest } from '../../context/buildRequest.ts';
import { abortable } from '../../base/abortable.ts';
import { pour } from '../session/fileSend.ts';
import type { BuildJob, BuildSite, SolvedBuild } from './build.ts';
import { runSolve } from './build.ts';
import type { ResultStep } from './exporter.ts';
import { planResults } from './exporter.ts';
import { LaterEvents } from './laterEvents.ts';
import { pushImage } from './pushImage.ts';

/** Whether side effects may happen. */
export interface Leave {
  readonly given: boolean;
  /** Resolves when it is given; may never. */
  readonly whenGiven: Promise<void>;
  /** Nothing is left to do but wait for it. */
  ask(): void;
}

/** Resolves when leave is given and the result is where it shall be. Errors are those of a build, and of its outputs. */
export async function runHeldBuild(site: BuildSite, job: BuildJob, leave: Leave | undefined): Promise<SolvedBuild> {
  const plan = planResults(job.request, site.store);
  const later = new LaterEvents(job.onEvent);
  const first = { ...job, onEvent: later.first };
  if (leave === undefined || leave.given) {
    return deliver(site, { ...job, onEvent: later.later }, await runSolve(site, first, plan.named), plan.rest);
  }
  const built = await runSolve(site, first, plan.first);
  leave.ask();
  await abortable(leave.whenGiven, job.signal);
  return deliver(site, { ...job, onEvent: later.later }, built, plan.steps);
}

async function deliver(
  site: BuildSite,
  job: BuildJob,
  built: SolvedBuild,
  steps: readonly ResultStep[],
): Promise<SolvedBuild> {
  let { imageId, metadata } = built;
  for (const step of steps) {
    const more = await take(site, job, step, imageId);
    imageId = more?.imageId || imageId;
    metadata = new Map([...metadata, ...(more?.metadata ?? [])]);
  }
  return { ...built, imageId, metadata };
}

/** What is told of the result by that step; an image's id where it is another one now. */
async function take(
  site: BuildSite,
  job: BuildJob,
  step: ResultStep,
  imageId: string,
): Promise<SolvedBuild | undefined> {
  const { services, onEvent, signal } = job;
  switch (step.kind) {
    case 'tag':
      await site.http.tag(imageId, step.name, signal);
      return undefined;
    case 'push':
      await pushImage(site.http, step.name, services?.registries, onEvent, signal);
      return undefined;
    case 'save': {
      const names = step.names.length > 0 ? step.names : [imageId];
      const channel = await services!.outputs!.open(step.output, signal);
      await pour(site.http.save(names, signal), channel, signal);
      return undefined;
    }
    case 'solve':
      return runSolve(site, { ...job, request: fromCache(job.request) }, step.exporter);
  }
}

function fromCache(request: BuildRequest): BuildRequest {
  const { settings } = request;
  const same = { ...request, noCache: false };
  return settings === undefined ? same : { ...same, settings: { ...settings, noCacheStages: [] } };
}
