import { join } from 'node:path';
import type { Disposable } from '../base/disposable.ts';
import { ChokidarWatcher } from '../workspace/chokidarWatcher.ts';
import type { LocalContext } from './localContext.ts';
import type { Watching } from './workspaceContext.ts';

/** Watches a context's folder. `runDirectory` is private to the user: the watcher's cookies go there. */
export function watchContext(context: LocalContext, runDirectory: string): Watching & Disposable {
  return new ChokidarWatcher({
    root: context.root,
    skipsFolder: (path) => context.skipsFolder(path),
    cookieDirectory: join(runDirectory, 'cookies'),
  });
}
