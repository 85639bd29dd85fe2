/** `npm run bench:wire`: what crosses a link, and how long it takes, beside other tools. See wire/main.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/bench/wire/main.ts', process.argv.slice(2));
