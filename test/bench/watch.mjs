/** `npm run bench:watch`: watching, scanning and saving in a large tree. See watch.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/bench/watch.ts', process.argv.slice(2));
