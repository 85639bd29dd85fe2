/** `npm run screenshots`: the pictures of the README. See test/workbench/screenshots.ts. */
import { runBundled } from './lib/runBundled.mjs';

await runBundled('test/workbench/screenshots.ts', process.argv.slice(2));
