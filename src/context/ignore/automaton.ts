import type { ByteString } from '../../base/bytes.ts';
import { fromText } from '../../base/bytes.ts';
import { invalidRune, runesOf } from '../goText.ts';
import type { Assertion, Step } from './goRegexp.ts';

/**
 * Matches the beginning of a path (a `$` step asks for all of it) in time proportional to path times steps: all ways to
 * match are followed at once, so no pattern can make it explode.
 */
export class Automaton {
  readonly #steps: readonly Step[];
  /** A text that every match contains: one native search turns most paths away. */
  readonly #needle: string;
  /** Bytes that a match has at least. */
  readonly #shortest: number;
  /** By step, and one more for the end: whether a match has come this far. Now, and after the next character. */
  #now: Uint8Array;
  #next: Uint8Array;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#needle = longestLiteral(steps);
    this.#shortest = shortestMatch(steps);
    this.#now = new Uint8Array(steps.length + 1);
    this.#next = new Uint8Array(steps.length + 1);
  }

  test(path: ByteString): boolean {
    return path.length >= this.#shortest && path.includes(this.#needle) && this.#run(runesOf(path));
  }

  #run(runes: readonly number[]): boolean {
    this.#next.fill(0);
    this.#next[0] = 1;
    for (let at = 0; at <= runes.length; at++) {
      [this.#now, this.#next] = [this.#next, this.#now];
      this.#next.fill(0);
      const alive = this.#advance(runes, at);
      if (this.#now[this.#steps.length] === 1) return true;
      if (!alive) return false;
    }
    return false;
  }

  /**
   * Takes the character at `at`, and says whether any match goes on behind it. What takes no character leads forward
   * only, so one pass from left to right reaches every step.
   */
  #advance(runes: readonly number[], at: number): boolean {
    const now = this.#now;
    const next = this.#next;
    const rune = runes[at];
    let alive = false;
    for (const [i, step] of this.#steps.entries()) {
      if (now[i] === 0) continue;
      if (step.op === 'optional') {
        now[i + 1] = now[i + 1 + step.count] = 1;
      } else if (step.op === 'assert') {
        if (holds(step.assertion, runes, at)) now[i + 1] = 1;
      } else {
        const many = step.op === 'many';
        if (many) now[i + 1] = 1;
        if (rune === undefined || !step.test(rune)) continue;
        next[many ? i : i + 1] = 1;
        alive = true;
      }
    }
    return alive;
  }
}

function holds(assertion: Assertion, runes: readonly number[], at: number): boolean {
  switch (assertion) {
    case 'begin':
      return at === 0;
    case 'end':
      return at === runes.length;
    case 'wordBoundary':
      return isWord(runes[at - 1]) !== isWord(runes[at]);
    case 'noWordBoundary':
      return isWord(runes[at - 1]) === isWord(runes[at]);
  }
}

function isWord(rune: number | undefined): boolean {
  return rune !== undefined && /^\w$/.test(String.fromCodePoint(rune));
}

/** The longest run of characters that stand in every match, as bytes. U+FFFD is none: it also matches invalid bytes. */
function longestLiteral(steps: readonly Step[]): ByteString {
  let longest = '';
  let run = '';
  let optional = 0;
  for (const step of steps) {
    const certain = optional-- <= 0;
    if (step.op === 'optional') optional = step.count;
    const literal = step.op === 'one' && certain && step.literal !== invalidRune ? step.literal : undefined;
    run = literal === undefined ? '' : run + String.fromCodePoint(literal);
    if (run.length > longest.length) longest = run;
  }
  return fromText(longest);
}

function shortestMatch(steps: readonly Step[]): number {
  let ones = 0;
  for (const step of steps) {
    if (step.op === 'one') ones++;
    if (step.op === 'optional') ones--;
  }
  return ones;
}
