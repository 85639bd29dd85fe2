import { PresyncError } from '../../base/errors.ts';
import { shortened } from '../../base/shortened.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';
import type { GrpcError } from '../grpc/grpcError.ts';
import type { StatusDetail } from '../grpc/status.ts';
import { builderLimits } from '../limits.ts';
import type { BuildTrace } from './buildTrace.ts';
import type { LineRange } from './dockerfileLines.ts';
import { findStep } from './dockerfileLines.ts';
import { hintForMissing } from './failureHints.ts';

/** Who only passes an error on says so in front of it. None of this tells the user anything. */
const wrappers = [
  /^failed to solve(?: with frontend \S+)?: /,
  /^rpc error: code = \w+ desc = /,
  /^failed to create LLB definition: /,
  /^failed to compute cache key: /,
  /^failed to load cache key: /,
  /^failed to read (?:dockerfile|downloaded context): (?=failed to load cache key)/,
  /^failed to calculate checksum of ref \S+: /,
];

/**
 * BUILD_FAILED in BuildKit's own words, with `data` as far as it is known: `step` (its name), `line` and `endLine` in the
 * Dockerfile, `exitCode` of the command.
 */
export function buildFailure(error: GrpcError, trace: BuildTrace, dockerfile: Dockerfile): PresyncError {
  const { details } = error.status;
  const message = shortened(unwrapped(error.message), builderLimits.eventTextChars);
  const step = trace.stepName(detailText(details, 'errdefs.Vertex', 'digest')) || (trace.failed?.name ?? '');
  const exitCode = exitCodeOf(details, message);
  const lines = sourceLines(details) ?? parseErrorLine(message) ?? findStep(textOf(dockerfile), step);
  return new PresyncError('BUILD_FAILED', describe(message, step, exitCode, lines, dockerfile.name), {
    hint: hintFor(message, step, exitCode, lines, dockerfile.name),
    cause: error,
    data: {
      ...(step === '' ? {} : { step }),
      ...(lines === undefined ? {} : { line: lines.line, endLine: lines.endLine }),
      ...(exitCode === undefined ? {} : { exitCode }),
    },
  });
}

/** A command that failed is told in the user's words; BuildKit's are about the process that it ran. */
function describe(
  message: string,
  step: string,
  exitCode: number | undefined,
  lines: LineRange | undefined,
  file: string,
): string {
  if (exitCode === undefined || step === '') return message;
  const place = lines === undefined ? '' : `${file}:${lines.line}: `;
  return `${place}"${step}" failed with exit code ${exitCode}.`;
}

function unwrapped(message: string): string {
  for (const wrapper of wrappers) {
    if (wrapper.test(message)) return unwrapped(message.replace(wrapper, ''));
  }
  return message;
}

/** From BuildKit 0.9 on an error carries where in the Dockerfile it came from. */
function sourceLines(details: readonly StatusDetail[]): LineRange | undefined {
  const ranges = property(detail(details, 'errdefs.Source'), 'ranges');
  if (!Array.isArray(ranges)) return undefined;
  const lines = ranges.flatMap((range: unknown) => [lineOf(range, 'start'), lineOf(range, 'end')]).filter((n) => n > 0);
  return lines.length === 0 ? undefined : { line: Math.min(...lines), endLine: Math.max(...lines) };
}

function lineOf(range: unknown, end: 'start' | 'end'): number {
  const line = property(property(range, end), 'line');
  return typeof line === 'number' ? line : 0;
}

function parseErrorLine(message: string): LineRange | undefined {
  const line = Number(/^dockerfile parse error (?:on )?line (\d+)/i.exec(message)?.[1] ?? 0);
  return line > 0 ? { line, endLine: line } : undefined;
}

function exitCodeOf(details: readonly StatusDetail[], message: string): number | undefined {
  const code = property(detail(details, 'gatewayapi.ExitMessage'), 'Code');
  if (typeof code === 'number') return code;
  const text = /exit code: (\d+)$/.exec(message)?.[1];
  return text === undefined ? undefined : Number(text);
}

function hintFor(
  message: string,
  step: string,
  exitCode: number | undefined,
  lines: LineRange | undefined,
  file: string,
): string {
  if (exitCode !== undefined) return `See what "${step}" printed.`;
  if (/not found$/.test(message) && /\b(COPY|ADD)\b/.test(step)) {
    return 'Check that the path is in the build context and that .dockerignore does not exclude it.';
  }
  const missing = hintForMissing(message);
  if (missing !== undefined) return missing;
  return lines === undefined ? '' : `See line ${lines.line} of ${file}.`;
}

function detailText(details: readonly StatusDetail[], type: string, name: string): string {
  const value = property(detail(details, type), name);
  return typeof value === 'string' ? value : '';
}

/** The innermost detail of a type, which is the most exact one. */
function detail(details: readonly StatusDetail[], type: string): unknown {
  return details.findLast((one) => one.type.endsWith(`/${type}`))?.value;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(dockerfile: Dockerfile): string {
  return new TextDecoder().decode(dockerfile.content);
}
