/** `npm run bench:editor`: saves, activation and the extension host's responsiveness in a real VS Code. See editor.ts. */
import { runBundled } from '../../scripts/lib/runBundled.mjs';

await runBundled('test/bench/editor.ts', process.argv.slice(2));
