import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chokidarBackend } from './chokidarBackend.ts';
import { parcelBackend, parcelVersion } from './parcelBackend.ts';
import type { WatchBackend } from './watchBackend.ts';

/**
 * What watches folders here, the best first. Chokidar, since @parcel/watcher holds every event back for 50 ms: a save is
 * seen twice as late, and a build waits so much longer for its barrier. But it starts sooner, and needs less memory.
 * @param script the bundled watcher.js; undefined for a program that brings nothing native
 * @param choice '@parcel/watcher' for that, where it is installed beside the program
 */
export function loadBackends(script: string | undefined, choice?: string): WatchBackend[] {
  const native = choice === '@parcel/watcher' && script !== undefined && isInstalled(script);
  return native ? [parcelBackend(script), chokidarBackend] : [chokidarBackend];
}

/** Just the version that is known to us: what is in some node_modules further up may be any. */
function isInstalled(script: string): boolean {
  try {
    const manifest = readFileSync(createRequire(script).resolve('@parcel/watcher/package.json'), 'utf8');
    return existsSync(script) && (JSON.parse(manifest) as { version?: unknown }).version === parcelVersion;
  } catch {
    return false;
  }
}
