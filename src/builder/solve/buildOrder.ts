import type { BuildRequest, RemoteContext } from '../../context/buildRequest.ts';
import type { BuildSettings, CachePlace } from '../../context/buildSettings.ts';
import { usualSettings } from '../../context/buildSettings.ts';
import type { moby, pb } from '../generated/buildkit.js';
import { inlineFile } from '../llb/inlineFile.ts';
import { uploadUrl } from '../session/upload.ts';
import { dockerfileSource } from './dockerfileTree.ts';
import type { Exporter } from './exporter.ts';
import { frontendAttrs, inputName } from './frontendAttrs.ts';
import type { SolveOrder } from './solve.ts';

/** What a solve says of where it runs. */
export interface SolveSession {
  readonly id: string;
  /** See `frontendAttrs`. */
  readonly gateway?: string | undefined;
}

/** The solve of the build's inputs that are already there: contexts and a Dockerfile as graphs. */
export function buildOrder(
  request: BuildRequest,
  context: pb.Definition.$Properties,
  exporter: Exporter,
  session: SolveSession,
  named: ReadonlyMap<string, pb.Definition.$Properties> = new Map(),
): SolveOrder {
  if (request.remote !== undefined) return remoteBuildOrder(request, request.remote, exporter, session, named);
  const { name, content } = request.dockerfile;
  const order = localBuildOrder(request, exporter, session);
  return {
    ...order,
    frontendAttrs: frontendAttrs(request, session.gateway, [...named.keys()]),
    frontendInputs: { ...namedInputs(named), context, dockerfile: inlineFile(name, content) },
  };
}

/**
 * A build whose main context is no graph and no local source. A Dockerfile of its own the frontend asks the session for,
 * since BuildKit 0.8 looks at no inputs then (frontend/dockerfile/builder).
 */
function remoteBuildOrder(
  request: BuildRequest,
  { url, dockerfile }: RemoteContext,
  exporter: Exporter,
  session: SolveSession,
  named: ReadonlyMap<string, pb.Definition.$Properties>,
): SolveOrder {
  const order = localBuildOrder(request, exporter, session);
  return {
    ...order,
    frontendAttrs: {
      ...frontendAttrs(request, session.gateway, [...named.keys()]),
      context: url ?? uploadUrl(session.id),
      ...(dockerfile === undefined ? { dockerfilekey: dockerfileSource } : { filename: dockerfile }),
    },
    frontendInputs: namedInputs(named),
  };
}

function namedInputs(named: ReadonlyMap<string, pb.Definition.$Properties>): Record<string, pb.Definition.$Properties> {
  return Object.fromEntries([...named].map(([input, definition]) => [inputName(input), definition]));
}

/** The same build with inputs that the frontend asks the session for. DOCKERFILE_INVALID. */
export function localBuildOrder(request: BuildRequest, exporter: Exporter, { id, gateway }: SolveSession): SolveOrder {
  const { settings = usualSettings } = request;
  return {
    session: id,
    frontend: 'dockerfile.v0',
    frontendAttrs: frontendAttrs(request, gateway),
    exporter: exporter.type,
    exporterAttrs: exporter.attrs,
    entitlements: entitlements(settings),
    cache: { imports: settings.cacheFrom.map(cacheEntry), exports: exporter.cacheTo?.map(cacheEntry) ?? [] },
  };
}

function entitlements({ network, allow }: BuildSettings): string[] {
  return [...new Set([...(network === 'host' ? ['network.host'] : []), ...allow])];
}

function cacheEntry({ type, attributes }: CachePlace): moby.buildkit.v1.CacheEntry.$Properties {
  return { type, attrs: Object.fromEntries(attributes) };
}
