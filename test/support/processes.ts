import { readdirSync, readFileSync } from 'node:fs';

/** Whether any process of this machine was started with exactly these arguments. Engines' containers count. */
export function someProcessRuns(...args: readonly string[]): boolean {
  const wanted = args.join('\0') + '\0';
  return readdirSync('/proc').some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === wanted;
    } catch {
      return false;
    }
  });
}
