import { toDisplay } from '../base/bytes.ts';
import type { Path } from '../context/path.ts';

/** Some paths in a sentence: `"a"`, `"a" and 2 more`. `paths` may be only the first of `count`. */
export function namedPaths(paths: readonly Path[], count = paths.length): string {
  const [first = '' as Path] = paths;
  return `"${toDisplay(first)}"${count > 1 ? ` and ${count - 1} more` : ''}`;
}
