import { PresyncError } from '../../base/errors.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';
import type { GrpcError } from '../grpc/grpcError.ts';
import type { BuildTrace } from './buildTrace.ts';
export function buildFailure(error: GrpcError, trace: BuildTrace, _dockerfile: Dockerfile): PresyncError {
  return new PresyncError('BUILD_FAILED', error.message + ' ## ' + JSON.stringify(error.status) + JSON.stringify(trace.failed), {});
}
