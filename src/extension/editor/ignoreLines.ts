/** Writing rules of an ignore file. What a pattern means is in `context/ignore/pattern.ts`; here it is the other way round. */

/** A pattern with one of these is no longer plain text for moby; then all of `special` have a meaning. */
const wildcards = /[\\*?[\]]/;
const special = /[\\*?[\]^|{}]/g;

/** What `toDisplay` writes for bytes and characters that cannot be shown. */
const unshown = /\\u\{[0-9a-f]+\}|\\x[0-9a-f]{2}/;

/**
 * The line that excludes this path of a context (as it is displayed) and, for a folder, all below it: nothing else.
 * Patterns are anchored at the context's root by themselves. Undefined for a path with characters that are not shown.
 */
export function ignoreLine(path: string): string | undefined {
  if (path === '' || unshown.test(path)) return undefined;
  // A line that begins so is a comment or an exception, and white space at its ends is lost.
  const atEnds = /^[#!]|^\s|\s$/u;
  if (!wildcards.test(path) && !atEnds.test(path)) return path;
  return path
    .replace(special, '\\$&')
    .replace(/^[#!]/, '\\$&')
    .replace(/^\s|\s$/gu, '[$&]');
}

/**
 * What has to be put at the end of an ignore file, so that these lines are rules of it: '' when they are already.
 * A rule counts only while no exception follows it, which could take it back.
 */
export function missingLines(text: string, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const present = text.split(/\r?\n/).map((line) => line.trim());
  const inForce = new Set(present.slice(present.findLastIndex((line) => line.startsWith('!')) + 1).map(relative));
  const missing = [...new Set(lines)].filter((line) => !inForce.has(relative(line)));
  if (missing.length === 0) return '';
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return gap + missing.map((line) => line + eol).join('');
}

/** The number of the line in `node_modules (line 2)`, from 1; undefined when it names none. */
export function lineOfRule(excludedBy: string): number | undefined {
  const line = /\(line (\d+)\)$/.exec(excludedBy)?.[1];
  return line === undefined ? undefined : Number(line);
}

/** `/a/` and `a` are one rule. */
function relative(line: string): string {
  return line.replace(/^\//, '').replace(/\/$/, '');
}
