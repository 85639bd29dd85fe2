/**
 * `npm run bench:warm`: builds on a warm context beside stock BuildKit builds, on real engines. See warm.ts.
 * Node 20 does not run TypeScript, so the bench is bundled first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'presync-bench-'));
const outfile = join(folder, 'warm.mjs');
const here = import.meta.dirname;
try {
  await build({
    entryPoints: [join(here, 'warm.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    // Helpers of the tests find the repository by their own place.
    define: { 'import.meta.dirname': JSON.stringify(join(here, '../support')) },
    alias: { vitest: join(here, 'noVitest.ts') },
    logLevel: 'warning',
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(folder, { recursive: true });
}
