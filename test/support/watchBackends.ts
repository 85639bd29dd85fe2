import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { chokidarBackend } from '../../src/workspace/chokidarBackend.ts';
import { parcelBackend } from '../../src/workspace/parcelBackend.ts';

const root = join(import.meta.dirname, '../..');

/** The bundled watcher.js: where its library is found, as it is in an installation. */
export const watcherScript = join(root, 'node_modules/.cache/presync-test', `${process.pid}`, 'watcher.js');

/** Every backend by itself: what one cannot do, no other does for it. */
export const watchBackends = [chokidarBackend, parcelBackend(watcherScript)];

/** Bundles the programs that the backends need, before the tests of the calling file. */
export function useWatchBackends(): void {
  beforeAll(async () => {
    await build({
      entryPoints: [join(root, 'src/workspace/watchProcess.ts')],
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['@parcel/watcher'],
      outfile: watcherScript,
      logLevel: 'error',
    });
  });
  afterAll(() => rmSync(dirname(watcherScript), { recursive: true, force: true }));
}
