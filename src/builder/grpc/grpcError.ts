import type { ErrorCode } from '../../base/errors.ts';
import { PresyncError } from '../../base/errors.ts';
import type { GrpcStatus } from './status.ts';
import { grpcCodes } from './status.ts';

/** A call that the engine ended with an error. Whoever called may know a better code for it. */
export class GrpcError extends PresyncError {
  readonly status: GrpcStatus;

  constructor(method: string, status: GrpcStatus) {
    super(errorCodeOf(status), status.message || `${method} failed with gRPC status ${status.code}.`);
    this.status = status;
  }
}

/** The engine went away in the middle of something. */
export function engineLost(cause?: unknown): PresyncError {
  return new PresyncError('ENGINE_LOST', 'The connection to the Docker engine was lost.', {
    hint: 'Check that the engine is still running, then try again.',
    cause,
  });
}

function errorCodeOf(status: GrpcStatus): ErrorCode {
  switch (status.code) {
    case grpcCodes.cancelled:
      return 'CANCELLED';
    case grpcCodes.deadlineExceeded:
      return 'TIMEOUT';
    case grpcCodes.unimplemented:
      return 'BUILDER_UNSUPPORTED';
    case grpcCodes.unavailable:
      return 'ENGINE_LOST';
    default:
      return 'INTERNAL';
  }
}
