import type { ByteString } from '../../base/bytes.ts';
import { runesOf } from '../goText.ts';
import type { Assertion, Step } from './goRegexp.ts';
import { isAssertion, prefilter } from './prefilter.ts';

/**
 * Finds a match in a path, in time proportional to path times steps: all ways to match are followed at once, so no
 * pattern can make it explode.
 */
export class Automaton {
  readonly #steps: readonly Step[];
  readonly #mayMatch: (path: ByteString) => boolean;
  /** A match begins at the first character only. */
  readonly #anchored: boolean;
  /** By step, and one more for the end: whether a match has come this far. Now, and after the next character. */
  #now: Uint8Array;
  #next: Uint8Array;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    this.#mayMatch = prefilter(steps);
    this.#anchored = isAssertion(steps[0], 'begin');
    this.#now = new Uint8Array(steps.length + 1);
    this.#next = new Uint8Array(steps.length + 1);
  }

  test(path: ByteString): boolean {
    return this.#mayMatch(path) && this.#run(runesOf(path));
  }

  #run(runes: readonly number[]): boolean {
    this.#now.fill(0);
    this.#next.fill(0);
    for (let at = 0; at <= runes.length; at++) {
      if (at === 0 || !this.#anchored) this.#now[0] = 1;
      const alive = this.#advance(runes, at);
      if (this.#now[this.#steps.length] === 1) return true;
      if (this.#anchored && !alive) return false;
      [this.#now, this.#next] = [this.#next, this.#now];
    }
    return false;
  }

  /**
   * Takes the character at `at`, and says whether any match goes on behind it. What takes no character leads forward
   * only, so one pass from left to right reaches every step; it leaves all flags of steps cleared.
   */
  #advance(runes: readonly number[], at: number): boolean {
    const now = this.#now;
    const next = this.#next;
    const rune = runes[at];
    let alive = false;
    for (let i = 0; i < this.#steps.length; i++) {
      if (now[i] === 0) continue;
      now[i] = 0;
      const step = this.#steps[i]!;
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
