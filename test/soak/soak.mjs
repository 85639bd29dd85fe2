/** `npm run soak`: a day of work in minutes. See soak.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/soak/soak.ts', process.argv.slice(2));
