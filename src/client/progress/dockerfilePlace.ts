import type { ErrorCode, PresyncError } from '../../base/errors.ts';

/** Lines of a Dockerfile, from 1. */
export interface DockerfilePlace {
  readonly line: number;
  readonly endLine: number;
}

/** The errors whose `data.line` is one of the Dockerfile; that of IGNORE_PATTERN is one of the ignore file. */
const codes: readonly ErrorCode[] = ['BUILD_FAILED', 'DOCKERFILE_INVALID', 'DOCKERFILE_EMPTY'];

/** Where in the Dockerfile an error happened; undefined when that is unknown. */
export function dockerfilePlace({ code, data }: Pick<PresyncError, 'code' | 'data'>): DockerfilePlace | undefined {
  const { line, endLine } = data;
  if (!codes.includes(code) || typeof line !== 'number' || line < 1) return undefined;
  return { line, endLine: typeof endLine === 'number' && endLine > line ? endLine : line };
}
