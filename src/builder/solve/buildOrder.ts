import { PresyncError } from '../../base/errors.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { pb } from '../generated/buildkit.js';
import { inlineFile } from '../llb/inlineFile.ts';
import type { Exporter } from './exporter.ts';
import type { SolveOrder } from './solve.ts';

/** The network of RUN steps: the engine's default, the host's, or none. */
export type NetworkMode = 'default' | 'host' | 'none';

/** A build description with what only some callers choose. */
export interface EngineBuildRequest extends BuildRequest {
  readonly network?: NetworkMode;
}

/** The solve of the build's inputs that are already there: a context and a Dockerfile as graphs. */
export function buildOrder(
  request: EngineBuildRequest,
  context: pb.Definition.$Properties,
  exporter: Exporter,
  session: string,
): SolveOrder {
  const { name, content } = request.dockerfile;
  return {
    ...localBuildOrder(request, exporter, session),
    frontendInputs: { context, dockerfile: inlineFile(name, content) },
  };
}

/** The same build with inputs that the frontend asks the session for. DOCKERFILE_INVALID. */
export function localBuildOrder(request: EngineBuildRequest, exporter: Exporter, session: string): SolveOrder {
  return {
    session,
    frontend: 'dockerfile.v0',
    frontendAttrs: frontendAttrs(request),
    exporter: exporter.type,
    exporterAttrs: exporter.attrs,
    entitlements: request.network === 'host' ? ['network.host'] : [],
  };
}

function frontendAttrs(request: EngineBuildRequest): Record<string, string> {
  const { dockerfile, target, buildArgs, noCache, network } = request;
  if (dockerfile.name === '' || /[/\0]/.test(dockerfile.name)) {
    throw new PresyncError('DOCKERFILE_INVALID', `"${dockerfile.name}" is not a file name for a Dockerfile.`);
  }
  const attrs: Record<string, string> = { filename: dockerfile.name };
  if (target !== undefined && target !== '') attrs['target'] = target;
  if (noCache) attrs['no-cache'] = ''; // '' means every stage
  if (network !== undefined && network !== 'default') attrs['force-network-mode'] = network;
  for (const [name, value] of buildArgs) attrs[`build-arg:${name}`] = value;
  return attrs;
}
