/** `presync gc` and `presync verify`: what they print. */
import { formatBytes, formatCount } from '../client/progress/format.ts';
import type { UpkeepReport } from '../client/upkeep.ts';
import { safeJson } from './safeJson.ts';

interface ForgottenContext {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly usedAt: string;
}

interface Collected {
  readonly dryRun?: boolean;
  /** Of the store, now. */
  readonly bytes: number;
  readonly freed?: number;
  readonly contexts: readonly ForgottenContext[];
  /** BuildKit's copies: bytes that were freed, and copies whose builder was not reached. */
  readonly builder?: { readonly freed: number; readonly left: number };
}

interface Verified {
  readonly objects: number;
  readonly corrupt: readonly string[];
  /** Those that lack something. */
  readonly contexts: readonly string[];
}

/** The report for scripts, or for people. */
export function describeUpkeep(task: 'gc' | 'verify', report: UpkeepReport, json: boolean): string {
  if (json) return safeJson(report);
  const lines =
    task === 'gc' ? collectedLines(report as unknown as Collected) : verifiedLines(report as unknown as Verified);
  return lines.join('\n');
}

function collectedLines({ dryRun = false, bytes, freed = 0, contexts, builder }: Collected): string[] {
  const size = `the store has ${formatBytes(bytes)}`;
  const lines = [dryRun ? `Nothing is freed yet; ${size}.` : `Freed ${formatBytes(freed)}; ${size}.`];
  if (contexts.length > 0 || dryRun) {
    const which = contexts.length === 0 ? 'no context' : formatCount(contexts.length, 'context');
    lines.push(`${dryRun ? 'Would forget' : 'Forgot'} ${which}${contexts.length === 0 ? '.' : ':'}`);
  }
  for (const { path, files, bytes: size, usedAt } of contexts) {
    lines.push(`  ${path}: ${formatCount(files, 'file')}, ${formatBytes(size)}, last used ${usedAt.slice(0, 10)}`);
  }
  const { freed: copies = 0, left = 0 } = builder ?? {};
  if (copies > 0) lines.push(`The builder freed ${formatBytes(copies)}.`);
  if (left > 0) lines.push(`The builder was not reached: it keeps ${left === 1 ? '1 copy' : `${left} copies`}.`);
  return lines;
}

function verifiedLines({ objects, corrupt, contexts }: Verified): string[] {
  const damage = corrupt.length === 0 ? 'none is damaged' : `${corrupt.length} damaged`;
  const lines = [`${formatCount(objects, 'object')} checked: ${damage}.`];
  if (contexts.length > 0) lines.push('What these contexts lack is sent again, at once where one is watched:');
  for (const path of contexts) lines.push(`  ${path}`);
  return lines;
}
