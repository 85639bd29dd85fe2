/**
 * The part of Go's regular expressions (regexp/syntax with its Perl flags) that a translated ignore pattern can hold:
 * literals, escapes, classes, `.`, assertions; a star or a counted repetition behind one of them; one group as a whole,
 * `leadingFolders`; alternatives at the top. No other group: `translate` escapes parentheses.
 */
import { ignoreLimits } from './limits.ts';
import type { RuneTest } from './runeClass.ts';
import { anyBut, anyOf, between, controlEscapes, namedClasses, perlClasses, unicodeClasses } from './runeClass.ts';

/** A place between two characters. */
export type Assertion = 'begin' | 'end' | 'wordBoundary' | 'noWordBoundary';

/** What a match takes, in order. */
export type Step =
  /** One character; `literal` when it can be only that one. */
  | { readonly op: 'one'; readonly test: RuneTest; readonly literal?: number }
  /** Any number of characters. */
  | { readonly op: 'many'; readonly test: RuneTest }
  /** Go on, or leave out the next `count` steps. */
  | { readonly op: 'optional'; readonly count: number }
  | { readonly op: 'assert'; readonly assertion: Assertion };

interface Repetition {
  readonly least: number;
  /** Infinity for no limit. */
  readonly most: number;
}

const assertions: ReadonlyMap<string, Assertion> = new Map([
  ['^', 'begin'],
  ['$', 'end'],
  ['\\A', 'begin'],
  ['\\z', 'end'],
  ['\\b', 'wordBoundary'],
  ['\\B', 'noWordBoundary'],
]);

/** What `.` matches. */
const anyButNewline: RuneTest = (rune) => rune !== 10;

/** `(.*` followed by `/)?`: any number of whole folders, or nothing. */
const leadingFolders: readonly Step[] = [
  { op: 'optional', count: 2 },
  { op: 'many', test: anyButNewline },
  exactly('/'),
];

/**
 * The alternatives of an expression, each as its steps. SyntaxError for what Go would not compile.
 * A match may begin and end anywhere; `^` and `$` are steps.
 */
export function parseRegexp(source: string): Step[][] {
  return new Parser(source).parse();
}

/** The step that takes just this character. */
function exactly(character: string): Step & { op: 'one' } {
  const literal = character.codePointAt(0)!;
  return { op: 'one', test: (rune) => rune === literal, literal };
}

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): Step[][] {
    const alternatives: Step[][] = [];
    do alternatives.push(this.#sequence());
    while (this.#take(/\|/y) !== undefined);
    return alternatives;
  }

  #sequence(): Step[] {
    const steps: Step[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|') {
      for (const step of this.#piece()) steps.push(step);
      if (steps.length > ignoreLimits.steps) this.#fail();
    }
    return steps;
  }

  #piece(): readonly Step[] {
    // Behind nothing, or behind another one: each piece takes the repetition that follows it. (Go lets an empty quotation
    // stand between a piece and its repetition; nobody writes that, and it is refused here.)
    if (this.#repetition() !== undefined) this.#fail();
    if (this.#take(/\(\.\*\/\)\?/y) !== undefined) return leadingFolders;
    const quoted = this.#take(/\\Q.*?(?:\\E|$)/suy);
    const steps: Step[] = quoted === undefined ? [this.#single()] : Array.from(unquote(quoted), exactly);
    const last = steps.at(-1);
    const repetition = last && this.#repetition();
    return repetition === undefined ? steps : [...steps.slice(0, -1), ...repeat(last!, repetition)];
  }

  #single(): Step {
    const assertion = assertions.get(this.#take(/\\[AzbB]|[$^]/y) ?? '');
    return assertion === undefined ? this.#atom() : { op: 'assert', assertion };
  }

  /** A star, or `{n}`, `{n,}`, `{n,m}` without leading zeros; any other `{` is a character. */
  #repetition(): Repetition | undefined {
    const found = this.#take(/\*|\{(?:0|[1-9][0-9]*)(?:,(?:0|[1-9][0-9]*)?)?\}/y);
    if (found === undefined) return undefined;
    if (found === '*') return { least: 0, most: Infinity };
    const [least, most = least] = found.slice(1, -1).split(',') as [string, string?];
    const repetition = { least: Number(least), most: most === '' ? Infinity : Number(most) };
    const largest = Number.isFinite(repetition.most) ? repetition.most : repetition.least;
    return repetition.least <= largest && largest <= ignoreLimits.repetitions ? repetition : this.#fail();
  }

  #atom(): Step & { op: 'one' } {
    if (this.#take(/\./y) !== undefined) return { op: 'one', test: anyButNewline };
    const test = this.#take(/\[/y) !== undefined ? this.#class() : this.#classEscape();
    return test === undefined ? exactly(this.#character()) : { op: 'one', test };
  }

  /** Behind the opening bracket. A `]` that comes first is a member, so it is looked for after each member only. */
  #class(): RuneTest {
    const negated = this.#take(/\^/y) !== undefined;
    const members: RuneTest[] = [];
    do members.push(this.#namedClass() ?? this.#classEscape() ?? this.#range());
    while (this.#take(/\]/y) === undefined);
    return negated ? anyBut(anyOf(members)) : anyOf(members);
  }

  /** `[:alpha:]` and the like, inside of brackets. */
  #namedClass(): RuneTest | undefined {
    const name = this.#take(/\[:.*?:\]/sy);
    return name === undefined ? undefined : (namedClasses.get(name) ?? this.#fail());
  }

  /** `\d` and the like, or a Unicode class of one letter such as `\pL`. */
  #classEscape(): RuneTest | undefined {
    const escape = this.#take(/\\(?:[dDsSwW]|[pP].?)/suy);
    if (escape === undefined) return undefined;
    return perlClasses.get(escape) ?? unicodeClasses.get(escape) ?? this.#fail();
  }

  #range(): RuneTest {
    const low = this.#character().codePointAt(0)!;
    if (this.#take(/-(?=[^\]])/y) === undefined) return between(low, low);
    const high = this.#character().codePointAt(0)!;
    return low <= high ? between(low, high) : this.#fail();
  }

  /** One character, escaped or not. Of letters and digits only some may be escaped; other ASCII stands for itself. */
  #character(): string {
    const plain = this.#take(/[^\\]/suy);
    if (plain !== undefined) return plain;
    const code = this.#take(/\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2})/y);
    if (code !== undefined) return String.fromCodePoint(parseCode(code.slice(1)));
    const escape = this.#take(/\\(?:[afnrtv]|[^0-9A-Za-z\x80-\u{10ffff}])/suy) ?? this.#fail();
    return controlEscapes.get(escape) ?? escape.slice(1);
  }

  /** The match of a sticky expression right here, or undefined. */
  #take(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(): never {
    throw new SyntaxError(`no Go regular expression at ${this.#at}: ${this.#source}`);
  }
}

/** What stands between `\Q` and `\E`, which may be missing at the end. */
function unquote(quoted: string): string {
  return quoted.slice(2).replace(/\\E$/, '');
}

/** `x41` or octal digits. */
function parseCode(code: string): number {
  return code.startsWith('x') ? parseInt(code.slice(1), 16) : parseInt(code, 8);
}

/** A step as often as the repetition says. */
function repeat(step: Step, { least, most }: Repetition): Step[] {
  if (step.op !== 'one') return least === 0 ? [] : [step];
  const steps: Step[] = Array.from({ length: least }, () => step);
  if (most === Infinity) return [...steps, { op: 'many', test: step.test }];
  for (let i = least; i < most; i++) steps.push({ op: 'optional', count: 1 }, step);
  return steps;
}
