/** Classes of characters, as Go's regular expressions name them. */

/** Whether a code point belongs to a class. */
export type RuneTest = (rune: number) => boolean;

export function between(low: number, high: number): RuneTest {
  return (rune) => low <= rune && rune <= high;
}

export function anyOf(tests: readonly RuneTest[]): RuneTest {
  return tests.length === 1 ? tests[0]! : (rune) => tests.some((test) => test(rune));
}

export function anyBut(test: RuneTest): RuneTest {
  return (rune) => !test(rune);
}

/** The POSIX classes by the way they are written between brackets: `[:alpha:]`, negated `[:^alpha:]`. ASCII only. */
export const namedClasses = classes((name, negated) => `[:${negated ? '^' : ''}${name}:]`, {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: /[\x00-\x7f]/,
  blank: /[\t ]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
});

/** `\d`, `\s`, `\w`; upper case negates. ASCII only. */
export const perlClasses = classes((letter, negated) => `\\${negated ? letter.toUpperCase() : letter}`, {
  d: /[0-9]/,
  s: /[\t\n\f\r ]/,
  w: /[0-9A-Za-z_]/,
});

/** The general categories of one letter: `\pL`, negated `\PL`. Go's `C` leaves out unassigned code points. */
export const unicodeClasses = classes((letter, negated) => `\\${negated ? 'P' : 'p'}${letter}`, {
  C: /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u,
  L: /\p{L}/u,
  M: /\p{M}/u,
  N: /\p{N}/u,
  P: /\p{P}/u,
  S: /\p{S}/u,
  Z: /\p{Z}/u,
});

/** The escapes of control characters. */
export const controlEscapes: ReadonlyMap<string, string> = new Map([
  ['\\a', '\x07'],
  ['\\f', '\f'],
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\v', '\v'],
]);

/** Each class and its negation, by how they are written. */
function classes(
  write: (name: string, negated: boolean) => string,
  expressions: Readonly<Record<string, RegExp>>,
): ReadonlyMap<string, RuneTest> {
  const result = new Map<string, RuneTest>();
  for (const [name, expression] of Object.entries(expressions)) {
    const test: RuneTest = (rune) => expression.test(String.fromCodePoint(rune));
    result.set(write(name, false), test).set(write(name, true), anyBut(test));
  }
  return result;
}
