import { randomBytes } from 'node:crypto';
import type { BuildRequest } from '../../context/buildRequest.ts';
import { firstValue } from '../grpc/metadata.ts';
import { builderSharedKey } from '../session/engineSession.ts';
import type { EngineSession } from '../session/engineSession.ts';
import type { Methods } from '../grpc/server.ts';
import type { BuildServices } from '../session/buildServices.ts';
import { serviceMethods } from '../session/buildServices.ts';
import { fileSend } from '../session/fileSend.ts';
import { fileSync } from '../session/fileSync.ts';
import type { BuildJob, BuildSite } from './build.ts';
import { dockerfileSource, dockerfileTree } from './dockerfileTree.ts';
import type { Exporter } from './exporter.ts';

/**
 * Runs a solve with the session that answers for it.
 *
 * That is the standing one, unless the build's client offers services, or the build has a Dockerfile of its own for a
 * context elsewhere: a request on a session says nothing of the build behind it, so such a build has a session of its
 * own. The context's generation stays with the standing session, which
 * its graph names; Docker 20.10 asks the solve's session nevertheless, so generations are served on both.
 */
export async function withSession<T>(
  site: BuildSite,
  { request, services, signal }: BuildJob,
  exporter: Exporter,
  run: (sessionId: string) => Promise<T>,
): Promise<T> {
  const dockerfile = ownDockerfile(request);
  if (services === undefined && dockerfile.size === 0) return run(site.sessionId);
  const session = await site.link.openSession(
    {
      id: randomBytes(16).toString('hex'),
      sharedKey: builderSharedKey,
      methods: new Map([...site.contexts, ...dockerfile, ...sessionMethods(services, exporter)]),
      logger: site.logger,
    },
    signal,
  );
  return ended(session, run(session.id));
}

/** For a build whose context is elsewhere, and its Dockerfile not in it. */
function ownDockerfile({ remote, dockerfile }: BuildRequest): Methods {
  if (remote === undefined || remote.dockerfile !== undefined) return new Map();
  const tree = dockerfileTree(dockerfile);
  return fileSync((metadata) => (firstValue(metadata, 'dir-name') === dockerfileSource ? tree : undefined));
}

/** What a session of a build answers for beside its context. */
export function sessionMethods(services: BuildServices | undefined, { output }: Exporter): Methods {
  if (services === undefined) return new Map();
  const { outputs } = services;
  const sent = outputs === undefined || output === undefined ? [] : fileSend(outputs, output);
  return new Map([...serviceMethods(services), ...sent]);
}

/** Disposes the session when the solve is over. */
export async function ended<T>(session: EngineSession, solve: Promise<T>): Promise<T> {
  try {
    return await solve;
  } finally {
    session.dispose();
  }
}
