/** `presync watch`: keeps a context in sync until it is interrupted. */
import { join, resolve } from 'node:path';
import type { Environment } from '../client/environment.ts';
import { openWatchedContext } from '../client/watchedContext.ts';
import type { WatchOptions } from './options.ts';
import { WatchReport } from './watchReport.ts';

/** Runs until the signal fires. What changes is told on `print`. */
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
  const report = new WatchReport(context.root);
  owner.onDidChange((state) => {
    const text = report.next(state);
    if (text !== undefined) print(text);
  });
  try {
    owner.start();
    await interrupted(signal);
  } finally {
    await close();
  }
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
