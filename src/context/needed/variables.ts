/** The variables of a Dockerfile, as far as its text and the build's arguments tell their values. */

/** Of one stage at one place. A variable that is not in it has a value that is not known here. */
export type Variables = ReadonlyMap<string, string>;

/** Quotes, and what either directive `escape` makes the escape character: they can make any word of any other. */
export const quoting = /["'\\`]/;

const reference = /\$(?:\{(\w+)(?::([-+])([^{}$]*))?\}|(\w+))/g;

/**
 * The word with its variables replaced; undefined when one of them is not known, or is used in a way that is not certain
 * here. `${name:-word}` and `${name:+word}` are; a variable that is not known may still be one of the base image's.
 */
export function substitute(word: string, variables: Variables): string | undefined {
  let certain = true;
  const result = word.replace(reference, (_, braced?: string, operator?: string, other?: string, bare?: string) => {
    const value = variables.get(braced ?? bare ?? '');
    if (value === undefined || value.includes('$')) certain = false;
    if (operator === '-') return value || (other ?? '');
    if (operator === '+') return value ? (other ?? '') : '';
    return value ?? '';
  });
  return certain && !result.includes('$') ? result : undefined;
}
