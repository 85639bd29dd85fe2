/** What commands print when they are done, and how the process exits. */
import { escapeControls } from '../base/bytes.ts';
import type { ErrorCode } from '../base/errors.ts';
import type { PresyncError } from '../base/errors.ts';
import { formatBytes, formatCount, formatDuration } from '../client/progress/format.ts';
import { formatDigest } from '../context/digest.ts';
import type { BuildReport } from './buildCommand.ts';
import { safeJson } from './safeJson.ts';

const exitCodes: Partial<Record<ErrorCode, number>> = { USAGE: 2, BUILD_FAILED: 3, CANCELLED: 130 };

/** 0 is for success; 1 for an error; 2 bad usage; 3 a build that failed; 130 interrupted. */
export function exitCode(error: PresyncError): number {
  return exitCodes[error.code] ?? 1;
}

/** The last line of `build --json`. */
export function resultJson({ outcome, timings }: BuildReport): string {
  const { snapshot, result, sent, verified, verifyMs } = outcome;
  return safeJson({
    ok: true,
    imageId: result.imageId,
    snapshot: formatDigest(snapshot),
    generation: result.generation,
    sent,
    builder: result.transfer,
    verified,
    timings: {
      readyMs: rounded(timings.readyMs),
      solveMs: rounded(result.solveMs),
      verifyMs: rounded(verifyMs),
      totalMs: rounded(timings.totalMs),
    },
  });
}

/** The same for a failure. */
export function errorJson({ code, message, hint, data }: PresyncError): string {
  return safeJson({ ok: false, code, message, hint, ...(Object.keys(data).length > 0 ? { data } : {}) });
}

/** A finished build, for people. */
export function resultLines({ outcome, tags, timings }: BuildReport): string[] {
  const { result, sent } = outcome;
  const name = tags.length > 0 ? `${tags.join(', ')} (${result.imageId.slice(0, 19)})` : result.imageId;
  const moved =
    sent.files === 0 ? 'nothing sent' : `${formatCount(sent.files, 'file')} sent, ${formatBytes(sent.bytes)}`;
  const times = `ready in ${formatDuration(timings.readyMs)}, solved in ${formatDuration(result.solveMs)}`;
  return [`Built ${name}`, `  ${moved}; ${times}`];
}

/** An error, for people: what failed, what to do next, and with `debug` what is behind it. */
export function errorLines(error: PresyncError, debug: boolean): string[] {
  const [first = '', ...more] = error.message.split('\n').map(escapeControls);
  const lines = [`presync: ${first}`, ...more.map((line) => `  ${line}`)];
  if (error.hint !== '') lines.push(`  hint: ${escapeControls(error.hint)}`);
  if (debug) lines.push(...causes(error));
  return lines;
}

function causes(error: Error): string[] {
  const chain: Error[] = [];
  // Bounded, because an error can be its own cause.
  for (let cause: unknown = error; cause instanceof Error && chain.length < maxCauses; cause = cause.cause) {
    chain.push(cause);
  }
  return chain.flatMap(({ stack, message }) =>
    (stack ?? message).split('\n').map((line) => `  ${escapeControls(line)}`),
  );
}

const maxCauses = 10;

/** Tenths of milliseconds are noise. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
