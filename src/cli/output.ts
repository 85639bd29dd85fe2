/** What commands print when they are done. */
import { escapeControls, toDisplay } from '../base/bytes.ts';
import type { PresyncError } from '../base/errors.ts';
import { causeChain } from '../base/errors.ts';
import { namedPaths } from '../client/namedPaths.ts';
import { failureLines } from '../client/progress/failureLines.ts';
import { formatBytes, formatDuration, formatSent } from '../client/progress/format.ts';
import { formatDigest } from '../context/digest.ts';
import type { BuildReport, BuiltTarget } from './plannedBuild.ts';
import { safeJson } from './safeJson.ts';

/** The last line of `build --json`. */
export function resultJson({ builds, timings }: BuildReport): string {
  const [only, ...others] = builds.map(builtJson);
  const times = { readyMs: rounded(timings.readyMs), totalMs: rounded(timings.totalMs) };
  if (others.length > 0) return safeJson({ ok: true, builds: [only, ...others], timings: times });
  const { name: _name, tags: _tags, timings: own, ...facts } = only!;
  return safeJson({ ok: true, ...facts, timings: { ...own, ...times } });
}

function builtJson({ name, tags, outcome }: BuiltTarget) {
  const { snapshot, result, sent, verified, verifyMs, differing } = outcome;
  return {
    name,
    tags,
    imageId: result.imageId,
    snapshot: formatDigest(snapshot),
    generation: result.generation,
    sent,
    builder: result.transfer,
    verified,
    ...(differing.count > 0 ? { differing: { ...differing, paths: differing.paths.map(toDisplay) } } : {}),
    timings: { solveMs: rounded(result.solveMs), verifyMs: rounded(verifyMs) },
  };
}

/** The same for a failure. */
export function errorJson({ code, message, hint, data }: PresyncError): string {
  return safeJson({ ok: false, code, message, hint, ...(Object.keys(data).length > 0 ? { data } : {}) });
}

/** A finished build, for people. */
export function resultLines({ builds, timings }: BuildReport): string[] {
  return builds.flatMap((built) => builtLines(built, timings));
}

function builtLines({ name: target, outcome, tags, written }: BuiltTarget, timings: BuildReport['timings']): string[] {
  const { result, sent, verified, verifyMs, differing } = outcome;
  const name = tags.length > 0 ? `${tags.join(', ')} (${result.imageId.slice(0, 19)})` : result.imageId;
  const image = result.imageId === '' ? [] : [name];
  const size = result.imageBytes > 0 ? `, ${formatBytes(result.imageBytes)}` : '';
  const times = `ready in ${formatDuration(timings.readyMs)}, solved in ${formatDuration(result.solveMs)}`;
  const proof = verified ? `, verified in ${formatDuration(verifyMs)}` : '';
  const what = [...image, ...written].join(', ') || target || 'nothing but the cache';
  const lines = [`Built ${what}${size}`, `  ${formatSent(sent)}; ${times}${proof}`];
  if (differing.count > 0) {
    const names = namedPaths(differing.paths, differing.count);
    lines.push(`  not verified: ${names} changed while it was built; build again to have what it is now`);
  }
  return lines;
}

/** All that `--quiet` shows. */
export function imageIds({ builds }: BuildReport): string[] {
  return builds.map(({ outcome }) => outcome.result.imageId);
}

/** An error, for people: see `failureLines`; and with `debug` what is behind it. */
export function errorLines(error: PresyncError, debug: boolean, dockerfile?: string): string[] {
  return [...failureLines(error, 'presync: ', dockerfile), ...(debug ? causes(error) : [])];
}

function causes(error: Error): string[] {
  return causeChain(error).flatMap(({ stack, message }) =>
    (stack ?? message).split('\n').map((line) => `  ${escapeControls(line)}`),
  );
}

/** Tenths of milliseconds are noise. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
