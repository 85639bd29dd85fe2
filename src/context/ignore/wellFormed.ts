/**
 * What moby's matcher checks of a pattern when it is made: it compares it with "." by Go's filepath.Match and refuses it
 * if that finds a syntax error. filepath.Match works from one `*` to the next and stops where the comparison fails, so
 * it sees the pattern up to its second `*`-less part at most. Errors further on appear when the pattern is compiled.
 */

/** A member of a bracket expression. */
const member = String.raw`(?:\\.|[^\\\]-])`;
const range = String.raw`(${member})(?:-(${member}))?`;
const bracket = String.raw`\[(?:\^|(?!\^))(?:${member}(?:-${member})?)+\]`;

/** What lies between stars, as far as it is well formed. */
const part = new RegExp(String.raw`(?:[^\\[*]|\\.|${bracket})*`, 'suy');

/** Whether the check passes: brackets closed and not empty, `]` and `-` in them escaped, no escape at the end. */
export function isWellFormed(pattern: string): boolean {
  const first = partAfterStars(pattern, 0);
  if (!first.wellFormed || !matchesDot(first.text)) return first.wellFormed;
  return partAfterStars(pattern, first.end).wellFormed;
}

function partAfterStars(pattern: string, at: number): { text: string; end: number; wellFormed: boolean } {
  let start = at;
  while (pattern[start] === '*') start++;
  part.lastIndex = start;
  const text = part.exec(pattern)?.[0] ?? '';
  const end = start + text.length;
  return { text, end, wellFormed: end === pattern.length || pattern[end] === '*' };
}

/** Whether a part matches the name ".". */
function matchesDot(text: string): boolean {
  if (!text.startsWith('[')) return text === '.' || text === '?' || text === String.raw`\.`;
  const [, negation, members] = new RegExp(String.raw`^\[(\^?)((?:${member}|-)+)\]$`, 'su').exec(text) ?? [];
  if (members === undefined) return false;
  const found = [...members.matchAll(new RegExp(range, 'gsu'))].some(([, low, high]) => {
    return last(low!) <= '.' && '.' <= last(high ?? low!);
  });
  return found !== (negation === '^');
}

/** The character that a member stands for. */
function last(character: string): string {
  return character.replace(/^\\/su, '');
}
