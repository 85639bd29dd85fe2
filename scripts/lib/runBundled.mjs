/** Running the programs of test/ that are not tests: benches, and the maker of pictures. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Helpers of the tests find the repository by their own place, which must not become the bundle's. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/test\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

/**
 * Runs `main(args)` of a TypeScript program, which returns the exit code. Node 20 does not run TypeScript, so the program
 * is bundled first, to a place where the packages of the repository are found.
 */
export async function runBundled(entry, args) {
  const cache = join(repository, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'presync-'));
  const outfile = join(folder, 'program.mjs');
  try {
    await build({
      entryPoints: [join(repository, entry)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      outfile,
      plugins: [ownPlaces],
      alias: { vitest: join(repository, 'test/bench/noVitest.ts') },
      logLevel: 'warning',
    });
    const { main } = await import(pathToFileURL(outfile).href);
    process.exitCode = await main(args);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
