import { ParcelTree } from './parcelTree.ts';
import type { WatchBackend } from './watchBackend.ts';

/** The one that ParcelTree was written for, and that package.json names. */
export const parcelVersion = '2.6.0';

/** Native: starts several times sooner than chokidar. `script` is the bundled watcher.js. */
export function parcelBackend(script: string): WatchBackend {
  return {
    name: '@parcel/watcher',
    watchTree: (options, identity) => new ParcelTree(script, options, identity),
  };
}
