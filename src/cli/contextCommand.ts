/** `presync context`: what is in the context and why. */
import { join, resolve } from 'node:path';
import { toDisplay } from '../base/bytes.ts';
import { openLocalContext } from '../client/openLocalContext.ts';
import { formatBytes, formatCount } from '../client/progress/format.ts';
import { sizedEntries } from '../client/sizedEntries.ts';
import { formatDigest } from '../context/digest.ts';
import type { Environment } from '../client/environment.ts';
import type { ContextOptions } from './options.ts';

/** How many of the largest folders and files are listed. */
const shownEntries = 20;

export async function describeContext(options: ContextOptions, env: Environment, signal: AbortSignal): Promise<string> {
  const dockerfile = resolve(options.file ?? join(options.path, 'Dockerfile'));
  const context = await openLocalContext(env, options.path, dockerfile);
  const { snapshot, problems } = await context.read({ everything: true, why: 'context' }, signal);
  const [excluded, unused] = partition(context.excluded(), ({ rule }) => rule !== '');
  const { needed } = context;
  await context.save().catch(() => {}); // the next reading takes longer, and that is all
  const { files, bytes, digest } = snapshot;
  const largest = sizedEntries(snapshot).map(({ entry, ...size }) => ({
    path: toDisplay(entry.name) + (entry.kind === 'directory' ? '/' : ''),
    ...size,
  }));
  if (options.json) {
    return JSON.stringify({
      path: context.root,
      snapshot: formatDigest(digest),
      files,
      bytes,
      entries: largest,
      excluded: excluded.map(({ path, rule }) => ({ path: toDisplay(path), rule })),
      extent: needed.all ? { all: true, why: needed.why } : { all: false },
      unused: unused.map(({ path }) => toDisplay(path)),
      problems: problems.map((problem) => ({
        path: toDisplay(problem.path),
        kind: problem.kind,
        message: problem.message,
      })),
    });
  }
  const lines = [`${context.root}: ${formatCount(files, 'file')}, ${formatBytes(bytes)}`, formatDigest(digest), ''];
  for (const entry of largest.slice(0, shownEntries)) {
    lines.push(`${formatBytes(entry.bytes).padStart(10)}  ${filesColumn(entry.files)}  ${entry.path}`);
  }
  if (largest.length > shownEntries) lines.push(`  … and ${largest.length - shownEntries} more`);
  if (excluded.length > 0) lines.push('', 'Excluded:');
  for (const { path, rule } of excluded) lines.push(`  ${toDisplay(path)}  by ${rule}`);
  if (needed.all) lines.push('', `All of it is kept in sync: ${needed.why}.`);
  else if (unused.length > 0) lines.push('', 'Left out, since no build of this folder uses it:');
  for (const { path } of unused.slice(0, shownEntries)) lines.push(`  ${toDisplay(path)}`);
  if (unused.length > shownEntries) lines.push(`  … and ${unused.length - shownEntries} more`);
  if (problems.length > 0) lines.push('', 'Problems:');
  for (const problem of problems) lines.push(`  ${toDisplay(problem.path)}: ${problem.message}`);
  return lines.join('\n');
}

/** The numbers stand below each other. */
function filesColumn(files: number): string {
  const count = formatCount(files, 'file');
  return (files === 1 ? `${count} ` : count).padStart(14);
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
