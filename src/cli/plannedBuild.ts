/** Builds that are read and checked, and how they are run: those of one context share its sync. */
import type { BuildListener, BuildOutcome, ProofTime } from '../client/buildClient.ts';
import type { JobPart } from '../client/buildJob.ts';
import { runBuildJobs } from '../client/buildJob.ts';
import { EmptyContext } from '../client/emptyContext.ts';
import type { Environment } from '../client/environment.ts';
import type { SyncProgress } from '../client/progress/progressEvent.ts';
import { SharedSteps } from '../client/progress/sharedSteps.ts';
import type { NamedContext } from '../client/workspaceContext.ts';
import type { Destination } from '../client/openContext.ts';
import type { ProgressRenderer } from './progress/progressRenderer.ts';
import type { ResultFiles } from './resultFiles.ts';
import { clearResultFiles, writeResultFiles } from './resultFiles.ts';

export interface PlannedBuild extends JobPart {
  /** What it is called among several. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Where results are put on this machine. */
  readonly written: readonly string[];
}

/** Builds of one context. */
export interface BuildGroup {
  readonly context: NamedContext;
  /** Further contexts of all of them. */
  readonly named: ReadonlyMap<string, NamedContext>;
  readonly proof: ProofTime;
  readonly builds: readonly PlannedBuild[];
}

/** A build that ended well. */
export interface BuiltTarget extends Pick<PlannedBuild, 'name' | 'tags' | 'written'> {
  readonly outcome: BuildOutcome;
}

/** What a command prints about builds that ended well. */
export interface BuildReport {
  /** One at least. */
  readonly builds: readonly BuiltTarget[];
  readonly timings: { readonly readyMs: number; readonly totalMs: number };
}

export interface RunOrder extends Destination, ResultFiles {
  readonly groups: readonly BuildGroup[];
  /** When the command line had been read, as performance.now(). */
  readonly parsedAt: number;
}

/** Runs all of it beside each other. What fails ends the rest. */
export async function runPlanned(
  env: Environment,
  order: RunOrder,
  progress: ProgressRenderer,
  signal: AbortSignal,
): Promise<BuildReport> {
  const { groups, builder, daemon } = order;
  await clearResultFiles(order);
  let readyMs = 0;
  const onStarted = () => (readyMs ||= performance.now() - order.parsedAt);
  const failed = new AbortController();
  const end = AbortSignal.any([signal, failed.signal]);
  const steps = new SharedSteps((event) => progress.update(event));
  const runGroup = async ({ context, named, proof, builds }: BuildGroup) => {
    const tell = steps.listener();
    // Nothing is worth telling of the sync of what has no files.
    const tellSync = context instanceof EmptyContext ? () => {} : (event: SyncProgress) => progress.update(event);
    const onEvent: BuildListener['onEvent'] = (event) => (event.type === 'sync' ? tellSync(event) : tell(event));
    const jobs = { context, named, proof, parts: builds, builder, daemon };
    const outcomes = await runBuildJobs(env, jobs, { onEvent, onStarted }, end).catch((thrown: unknown) => {
      failed.abort(thrown);
      throw failed.signal.reason;
    });
    return builds.map(({ name, tags, written }, index) => ({ name, tags, written, outcome: outcomes[index]! }));
  };
  const ended = await Promise.allSettled(groups.map(runGroup));
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  const builds = ended.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const report = { builds, timings: { readyMs, totalMs: performance.now() } };
  await writeResultFiles(order, report);
  return report;
}
