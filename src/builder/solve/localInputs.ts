/**
 * A build whose frontend cannot take its inputs as graphs.
 *
 * The engine's own frontend can. One that a `# syntax=` line names must say so in its image's labels
 * (`moby.buildkit.frontend.caps`), else the engine refuses it with "unsupported frontend capability
 * moby.buildkit.frontend.inputs". Such a frontend gets the local sources `context` and `dockerfile`, as from the docker
 * CLI, by a session of this build alone. That costs a transfer of every new generation.
 */
import { randomBytes } from 'node:crypto';
import { emptySnapshot } from '../../context/snapshot.ts';
import type { ContentReader } from '../contentReader.ts';
import { GrpcError } from '../grpc/grpcError.ts';
import { firstValue } from '../grpc/metadata.ts';
import type { TreeChooser } from '../session/fileSync.ts';
import { fileSync } from '../session/fileSync.ts';
import type { BuildJob, BuildSite } from './build.ts';
import { localBuildOrder } from './buildOrder.ts';
import { ended, sessionMethods } from './buildSession.ts';
import { dockerfileSource, dockerfileTree } from './dockerfileTree.ts';
import type { Exporter } from './exporter.ts';
import type { ExporterResponse } from './solve.ts';

/** Whether a build failed for want of the capability. Docker 20.10 says so in the message only. */
export function refusesInputs(error: unknown): boolean {
  return error instanceof GrpcError && error.message.includes('capability moby.buildkit.frontend.inputs');
}

export async function solveFromLocals(site: BuildSite, job: BuildJob, exporter: Exporter): Promise<ExporterResponse> {
  const { generation, request, onEvent, signal } = job;
  onEvent({
    type: 'warning',
    vertex: '',
    message: 'The frontend of this Dockerfile cannot use the context that is already at the builder.',
    detail:
      'The context is sent again for this build. Without the `# syntax=` line, or with docker/dockerfile, it is not.',
    url: '',
    line: 0,
  });
  const session = await site.link.openSession(
    {
      id: randomBytes(16).toString('hex'),
      // A copy per generation: what BuildKit would know of another one may be older than the baseline of the mtimes.
      sharedKey: `presync-${generation.id}`,
      methods: new Map([...fileSync(localTrees(site.content, job)), ...sessionMethods(job.services, exporter)]),
      logger: site.logger,
    },
    signal,
  );
  const order = localBuildOrder(request, exporter, { id: session.id, gateway: site.gateway });
  return ended(session, site.link.solve(order, { onEvent, signal }));
}

/** What the frontend's two sources are. */
function localTrees(content: ContentReader, { generation, request }: BuildJob): TreeChooser {
  const { tree, record } = generation;
  const dockerfile = dockerfileTree(request.dockerfile);
  return (metadata) => {
    switch (firstValue(metadata, 'dir-name')) {
      case dockerfileSource:
        return dockerfile;
      case 'context':
        return { tree: asksForIgnoreFile(metadata.get('followpaths')) ? emptySnapshot : tree, content, record };
      default:
        return undefined;
    }
  };
}

/** The tree has no ignored files in it, so the rules must not be applied again: there are none. */
function asksForIgnoreFile(followPaths: readonly string[] | undefined): boolean {
  return followPaths?.length === 1 && followPaths[0] === '.dockerignore';
}
