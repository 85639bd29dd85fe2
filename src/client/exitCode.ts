import type { ErrorCode, PresyncError } from '../base/errors.ts';

const exitCodes: Partial<Record<ErrorCode, number>> = { USAGE: 2, BUILD_FAILED: 3, CANCELLED: 130 };

/** How whatever runs a build ends: 0 is for success; 1 an error; 2 bad usage; 3 a build that failed; 130 interrupted. */
export function exitCode(error: PresyncError): number {
  return exitCodes[error.code] ?? 1;
}
