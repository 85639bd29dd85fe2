/** Build arguments as one line of text: `NAME=value`, separated by blanks, in double quotes where they hold some. */

/** The arguments in a line; undefined when it is none. */
export function readBuildArgs(text: string): string[] | undefined {
  const pairs: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const quoted = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/s.exec(rest);
    const part = quoted ?? /^[^\s"]+(?=\s|$)/.exec(rest);
    if (part === null) return undefined;
    const pair = quoted === null ? part[0] : quoted[1]!.replace(/\\(.)/gs, '$1');
    if (!/^[^=\s]+=/.test(pair)) return undefined;
    pairs.push(pair);
    rest = rest.slice(part[0].length).trimStart();
  }
  return pairs;
}

/** A line that reads as these arguments. */
export function writeBuildArgs(pairs: readonly string[]): string {
  return pairs.map((pair) => (/[\s"]/.test(pair) ? `"${pair.replace(/["\\]/g, '\\$&')}"` : pair)).join(' ');
}
