/** A context that this program keeps in sync: the folder, its watcher, its owner, put together. */
import { systemClock } from '../base/time.ts';
import type { Environment } from './environment.ts';
import type { LocalContextOptions } from './localContext.ts';
import type { LocalContext } from './localContext.ts';
import { watchContext } from './localWatcher.ts';
import type { Destination } from './openContext.ts';
import { openRequest } from './openContext.ts';
import { openLocalContext } from './openLocalContext.ts';
import { ContextOwner } from './owner.ts';

export interface WatchOrder extends Pick<LocalContextOptions, 'folder' | 'dockerfile'>, Destination {
  /** Whether the daemon runs the last build in the background after each change. */
  readonly speculate: boolean;
}

export interface WatchedContext {
  readonly context: LocalContext;
  /** Not started yet, so that nothing of what it tells is missed. */
  readonly owner: ContextOwner;
  /** Ends it and saves what was learned for the next process. */
  close(): Promise<void>;
}

/** CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE, IGNORE_PATTERN. */
export async function openWatchedContext(env: Environment, order: WatchOrder): Promise<WatchedContext> {
  const { folder, dockerfile, daemon } = order;
  const context = await openLocalContext(env, folder, dockerfile);
  const request = { ...(await openRequest(env, context, order)), speculate: order.speculate };
  const watching = watchContext(context, env.watchBackends(), await env.runDirectory());
  const owner = new ContextOwner({
    context,
    watching,
    request,
    reach: (signal) => env.reach(daemon, signal),
    clock: systemClock,
    logger: env.logger,
    random: Math.random,
  });
  // Soon, since not every end is a tidy one.
  const saving = owner.onDidChange(({ inSync }) => {
    if (!inSync) return;
    saving.dispose();
    context.save().catch((error: unknown) => env.logger.warn('the cache of a context was not saved', { error }));
  });
  return {
    context,
    owner,
    close() {
      owner.dispose();
      watching.dispose();
      return context.save();
    },
  };
}
