/** `presync watch`: keeps a context in sync until it is interrupted. */
import { join, resolve } from 'node:path';
import { toDisplay } from '../base/bytes.ts';
import type { Environment } from '../client/environment.ts';
import type { OwnerState } from '../client/ownerState.ts';
import { formatBytes } from '../client/progress/format.ts';
import { openWatchedContext } from '../client/watchedContext.ts';
import { formatDigest } from '../context/digest.ts';
import type { WatchOptions } from './options.ts';

/** Runs until the signal fires. Each new state is one line on `print`. */
export async function watch(
  options: WatchOptions,
  env: Environment,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { context, owner, close } = await openWatchedContext(env, {
    folder: options.path,
    dockerfile: resolve(options.file ?? join(options.path, 'Dockerfile')),
    builder: options.builder ?? '',
    daemon: options.daemon,
    speculate: options.build,
  });
  let last = '';
  owner.onDidChange((state) => {
    const line = describe(state, context.root);
    if (line !== undefined && line !== last) print((last = line));
  });
  try {
    owner.start();
    await interrupted(signal);
  } finally {
    await close();
  }
}

/** The state as one line; undefined for what passes too quickly to be read. */
function describe(state: OwnerState, root: string): string | undefined {
  if (state.failure !== undefined && !state.inSync) return `${state.failure.message} ${state.failure.hint}`.trim();
  if (state.link !== 'connected') return undefined;
  if (state.attached) return `${root} is watched by another program already; following it.`;
  if (!state.inSync || state.snapshot === undefined) return undefined;
  const { files, bytes, digest } = state.snapshot;
  const problems = state.problems.map((problem) => `\n  ${toDisplay(problem.path)}: ${problem.message}`).join('');
  const late = state.failure?.code === 'CONTEXT_UNWATCHED' ? `\n  ${state.failure.message} ${state.failure.hint}` : '';
  const primed = state.primed ? ', ready to build' : '';
  return `in sync${primed}: ${files} files, ${formatBytes(bytes)}, ${formatDigest(digest).slice(0, 19)}${problems}${late}`;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
