import { randomBytes } from 'node:crypto';
import { builderSharedKey } from '../session/engineSession.ts';
import type { EngineSession } from '../session/engineSession.ts';
import type { Methods } from '../grpc/server.ts';
import type { BuildServices } from '../session/buildServices.ts';
import { serviceMethods } from '../session/buildServices.ts';
import { fileSend } from '../session/fileSend.ts';
import type { BuildJob, BuildSite } from './build.ts';
import type { Exporter } from './exporter.ts';

/**
 * Runs a solve with the session that answers for it.
 *
 * That is the standing one, unless the build's client offers services: a request on a session says nothing of the build
 * behind it, so such a build has a session of its own. The context's generation stays with the standing session, which
 * its graph names; Docker 20.10 asks the solve's session nevertheless, so generations are served on both.
 */
export async function withSession<T>(
  site: BuildSite,
  { services, signal }: BuildJob,
  exporter: Exporter,
  run: (sessionId: string) => Promise<T>,
): Promise<T> {
  if (services === undefined) return run(site.sessionId);
  const session = await site.link.openSession(
    {
      id: randomBytes(16).toString('hex'),
      sharedKey: builderSharedKey,
      methods: new Map([...site.contexts, ...sessionMethods(services, exporter)]),
      logger: site.logger,
    },
    signal,
  );
  return ended(session, run(session.id));
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
