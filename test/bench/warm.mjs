/** `npm run bench:warm`: builds on a warm context beside stock BuildKit builds, on real engines. See warm.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/bench/warm.ts', process.argv.slice(2));
