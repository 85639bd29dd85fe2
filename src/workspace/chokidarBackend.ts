import { ChokidarTree } from './chokidarTree.ts';
import type { WatchBackend } from './watchBackend.ts';

/** Pure JavaScript, everywhere: a watch for each folder, through chokidar. */
export const chokidarBackend: WatchBackend = {
  name: 'chokidar',
  watchTree: (options, identity) => new ChokidarTree(options, identity),
};
