import { PresyncError } from '../base/errors.ts';
import type { EngineEndpoint } from './endpoint/engineEndpoint.ts';
import { dial } from './endpoint/dial.ts';
import type { EngineHttp } from './engineHttp.ts';
import { HttpStatusError } from './engineHttp.ts';
import { moby } from './generated/buildkit.js';
import { GrpcConnection } from './grpc/client.ts';
import { GrpcError } from './grpc/grpcError.ts';
import { grpcCodes } from './grpc/status.ts';
import { builderLimits } from './limits.ts';

export interface EngineInfo {
  readonly kind: 'docker' | 'buildkitd';
  /** '26.1.5'; '' when a buildkitd does not say. */
  readonly version: string;
  /** Of the Docker Engine API: '1.45'; '' for a buildkitd. */
  readonly apiVersion: string;
  /** Names the engine for people. */
  readonly label: string;
}

/** Docker 20.10: the first with a BuildKit that is good enough. */
const oldestApi = '1.41';

/**
 * What answers at the endpoint. A Docker engine answers HTTP/1.1; whatever does not is tried as a buildkitd.
 * ENGINE_TOO_OLD, BUILDER_UNSUPPORTED, and what `dial` throws.
 */
export async function describeEngine(
  endpoint: EngineEndpoint,
  http: EngineHttp,
  signal?: AbortSignal,
): Promise<EngineInfo> {
  const ping = await http.ping(signal).catch((error: unknown) => {
    if (error instanceof PresyncError && error.code === 'PROTOCOL') return undefined;
    throw error;
  });
  if (ping === undefined) return describeBuildkitd(endpoint, signal);
  const { apiVersion, osType } = ping;
  const version = await http.version(signal);
  if (osType === 'windows') {
    throw new PresyncError('ENGINE_TOO_OLD', `The Docker engine at ${endpoint.label} runs Windows containers.`, {
      hint: 'Switch it to Linux containers: Windows engines have no BuildKit.',
    });
  }
  if (olderThan(apiVersion, oldestApi)) {
    throw new PresyncError('ENGINE_TOO_OLD', `Docker ${version} at ${endpoint.label} is too old.`, {
      hint: 'Upgrade it to Docker 20.10 or newer.',
    });
  }
  return { kind: 'docker', version, apiVersion, label: endpoint.label };
}

/** A connection on which the engine answers gRPC calls. */
export async function openControl(
  endpoint: EngineEndpoint,
  kind: EngineInfo['kind'],
  http: EngineHttp,
  signal?: AbortSignal,
): Promise<GrpcConnection> {
  if (kind === 'buildkitd') return new GrpcConnection(await dial(endpoint, { signal, alpn: 'h2' }));
  try {
    return new GrpcConnection(await http.upgrade('/grpc', {}, signal));
  } catch (error) {
    if (!(error instanceof HttpStatusError) || error.status !== 404) throw error;
    throw new PresyncError('BUILDER_UNSUPPORTED', `What answers at ${endpoint.label} has no BuildKit.`, {
      hint: 'Use a Docker engine of version 20.10 or newer.',
      cause: error,
    });
  }
}

async function describeBuildkitd(endpoint: EngineEndpoint, signal: AbortSignal | undefined): Promise<EngineInfo> {
  const control = new GrpcConnection(await dial(endpoint, { signal, alpn: 'h2' }));
  const options = { signal, timeoutMs: builderLimits.requestMs };
  try {
    const answer = await control.unary('/moby.buildkit.v1.Control/Info', new Uint8Array(), options);
    const { buildkitVersion } = moby.buildkit.v1.InfoResponse.decode(answer);
    return { kind: 'buildkitd', version: buildkitVersion?.version ?? '', apiVersion: '', label: endpoint.label };
  } catch (error) {
    if (error instanceof GrpcError && error.status.code === grpcCodes.unimplemented) {
      return { kind: 'buildkitd', version: '', apiVersion: '', label: endpoint.label };
    }
    if (error instanceof PresyncError && error.code === 'CANCELLED') throw error;
    throw new PresyncError('ENGINE_UNREACHABLE', `What answers at ${endpoint.label} is no Docker engine.`, {
      hint: 'Name the socket of a Docker engine or of a buildkitd.',
      cause: error,
    });
  } finally {
    control.dispose();
  }
}

/** Whether a version of the Engine API is older than another one: '1.9' is older than '1.41'. */
export function olderThan(version: string, other: string): boolean {
  return compareVersions(version, other) < 0;
}

/** By number, part by part. */
function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
