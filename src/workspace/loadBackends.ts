import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chokidarBackend } from './chokidarBackend.ts';
import { parcelBackend, parcelVersion } from './parcelBackend.ts';
import type { WatchBackend } from './watchBackend.ts';

/**
 * What can watch folders here, the best first: @parcel/watcher where it is installed beside the program, and chokidar
 * always.
 * @param script the bundled watcher.js; undefined for a program that brings nothing native
 * @param choice 'chokidar' for that alone
 */
export function loadBackends(script: string | undefined, choice?: string): WatchBackend[] {
  if (script === undefined || choice === 'chokidar' || !isInstalled(script)) return [chokidarBackend];
  return [parcelBackend(script), chokidarBackend];
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
