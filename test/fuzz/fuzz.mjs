/** `npm run fuzz`: frames that are nearly right, against the decoder. See fuzz.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/fuzz/fuzz.ts', process.argv.slice(2));
