/** `presync status`: what the daemon says of itself. Starts nothing. */
import { daemonStatus } from '../client/daemonLauncher.ts';
import { formatBytes, formatCount, formatDuration } from '../client/progress/format.ts';
import type { Environment } from '../client/environment.ts';
import type { StatusOptions } from './options.ts';

interface StatusDocument {
  readonly daemon: { readonly pid: number; readonly version: string; readonly endpoint: string } | null;
  readonly builder: readonly { readonly label: string; readonly version: string }[];
  readonly store?: { readonly objects: number; readonly bytes: number };
  readonly background?: {
    readonly begun: number;
    readonly finished: number;
    readonly helped: number;
    readonly ms: number;
  };
  readonly contexts: readonly ContextLine[];
}

interface ContextLine {
  readonly path: string;
  readonly snapshot: string;
  readonly files: number;
  readonly bytes: number;
  readonly inSync: boolean;
  readonly primed: boolean;
  readonly problems: number;
  /** Why the builder is not kept ready. */
  readonly failure?: { readonly message: string; readonly hint: string };
}

const noDaemon: StatusDocument = { daemon: null, builder: [], contexts: [] };

export async function describeStatus(options: StatusOptions, env: Environment): Promise<string> {
  const status = ((await daemonStatus(env.daemon(options.daemon))) ?? noDaemon) as StatusDocument;
  if (options.json) return JSON.stringify(status);
  if (status.daemon === null) {
    if (options.daemon !== undefined) return `No daemon answers at ${options.daemon}.`;
    return 'No daemon is running. The next build or watch starts one.';
  }
  const { pid, version, endpoint } = status.daemon;
  const lines = [`daemon ${version}, pid ${pid}, at ${endpoint}`];
  for (const engine of status.builder) lines.push(`builder ${engine.label} (${engine.version})`);
  if (status.store)
    lines.push(`store ${formatBytes(status.store.bytes)}, ${formatCount(status.store.objects, 'object')}`);
  const { begun = 0, helped = 0, ms = 0 } = status.background ?? {};
  if (begun > 0) lines.push(`builds in the background: ${begun}, ${helped} of use, ${formatDuration(ms)} in all`);
  for (const context of status.contexts) lines.push(contextLine(context));
  return lines.join('\n');
}

function contextLine(context: ContextLine): string {
  const { path, files, bytes, inSync, primed, problems, snapshot, failure } = context;
  const state = inSync ? (primed ? 'in sync, ready to build' : 'in sync') : 'not watched';
  const trouble = problems > 0 ? `, ${formatCount(problems, 'problem')}` : '';
  const why = failure === undefined ? '' : `\n  ${failure.message} ${failure.hint}`.trimEnd();
  const size = `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
  return `${path}: ${state}, ${size}, ${snapshot.slice(0, 19)}${trouble}${why}`;
}
