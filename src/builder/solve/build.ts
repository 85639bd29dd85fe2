import { performance } from 'node:perf_hooks';
import { PresyncError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { BuildEvent, BuildResult } from '../../context/buildEvent.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { ContentReader } from '../contentReader.ts';
import type { EngineHttp } from '../engineHttp.ts';
import type { EngineLink } from '../engineLink.ts';
import type { Generation } from '../generation.ts';
import { GrpcError } from '../grpc/grpcError.ts';
import type { Methods } from '../grpc/server.ts';
import type { BuildServices } from '../session/buildServices.ts';
import { buildFailure } from './buildFailure.ts';
import { buildOrder } from './buildOrder.ts';
import { withSession } from './buildSession.ts';
import { BuildTrace } from './buildTrace.ts';
import type { Exporter, ResultStore } from './exporter.ts';
import { refusesInputs, solveFromLocals } from './localInputs.ts';
import type { ExporterResponse } from './solve.ts';

/** Where a build runs. */
export interface BuildSite {
  readonly link: EngineLink;
  readonly http: EngineHttp;
  /** What becomes of results there. */
  readonly store: ResultStore;
  /** Of the standing session. */
  readonly sessionId: string;
  /** How steps reach the engine's host, for a build that asks. */
  readonly gateway: string | undefined;
  /** What the standing session serves of contexts: every generation. */
  readonly contexts: Methods;
  readonly content: ContentReader;
  readonly logger: Logger;
}

export interface BuildJob {
  readonly generation: Generation;
  /** Further contexts, by the names that the Dockerfile has for them. */
  readonly named: ReadonlyMap<string, Generation>;
  readonly request: BuildRequest;
  /** What the build's client answers for; undefined for nothing. */
  readonly services: BuildServices | undefined;
  readonly onEvent: (event: BuildEvent) => void;
  readonly signal: AbortSignal;
}

/** What the solve itself tells of its result. */
export type SolvedBuild = Omit<BuildResult, 'imageBytes'>;

/** One solve of a build from a generation, see Engine.build. */
export async function runSolve(site: BuildSite, job: BuildJob, exporter: Exporter): Promise<SolvedBuild> {
  const { generation, request } = job;
  const trace = new BuildTrace();
  const onEvent = (event: BuildEvent) => {
    trace.add(event);
    job.onEvent(event);
  };
  const before = generation.transfer;
  const started = performance.now();
  try {
    const response = await solveAnyway(site, { ...job, onEvent }, exporter);
    return {
      imageId: exporter.output === undefined ? (response['containerimage.digest'] ?? '') : '',
      metadata: new Map(Object.entries(response)),
      generation: generation.id,
      solveMs: performance.now() - started,
      transfer: generation.record.since(before),
    };
  } catch (error) {
    const failure = generation.record.takeFailure();
    if (failure !== undefined) throw failure;
    const lost = error instanceof PresyncError && error.code === 'ENGINE_LOST';
    throw error instanceof GrpcError && !lost ? buildFailure(error, trace, request.dockerfile) : error;
  }
}

/** With inputs as graphs; a frontend that cannot take those gets them as files. */
async function solveAnyway(site: BuildSite, job: BuildJob, exporter: Exporter): Promise<ExporterResponse> {
  const { generation, request, onEvent, signal } = job;
  try {
    return await withSession(site, job, exporter, (id) => {
      const named = new Map([...job.named].map(([name, { definition }]) => [name, definition]));
      const order = buildOrder(request, generation.definition, exporter, { id, gateway: site.gateway }, named);
      return site.link.solve(order, { onEvent, signal });
    });
  } catch (error) {
    if (!refusesInputs(error) || job.named.size > 0) throw error;
    return solveFromLocals(site, job, exporter);
  }
}
