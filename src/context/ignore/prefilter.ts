import type { ByteString } from '../../base/bytes.ts';
import { fromText } from '../../base/bytes.ts';
import { invalidRune } from '../goText.ts';
import type { Assertion, Step } from './goRegexp.ts';

/**
 * A test that every path with a match passes, by one native search for a text that each match contains. Most paths
 * match no pattern, and this is all that they cost.
 */
export function prefilter(steps: readonly Step[]): (path: ByteString) => boolean {
  const shortest = shortestMatch(steps);
  const runs = literalRuns(steps);
  const first = runs[0];
  const last = runs.at(-1);
  if (last !== undefined && last.end === steps.length - 1 && isAssertion(steps.at(-1), 'end')) {
    return (path) => path.length >= shortest && path.endsWith(last.bytes);
  }
  if (first?.start === 1 && isAssertion(steps[0], 'begin')) {
    return (path) => path.length >= shortest && path.startsWith(first.bytes);
  }
  const longest = runs.reduce((a, b) => (b.bytes.length > a.length ? b.bytes : a), '' as ByteString);
  return (path) => path.length >= shortest && path.includes(longest);
}

export function isAssertion(step: Step | undefined, assertion: Assertion): boolean {
  return step?.op === 'assert' && step.assertion === assertion;
}

/** Steps in a row, from `start` to before `end`, that stand for these bytes in every match. */
interface LiteralRun {
  readonly bytes: ByteString;
  readonly start: number;
  readonly end: number;
}

/** U+FFFD is no literal here: it matches invalid bytes, too. */
function literalRuns(steps: readonly Step[]): LiteralRun[] {
  const runs: LiteralRun[] = [];
  let text = '';
  for (let i = 0; i <= steps.length; i++) {
    const step = steps[i];
    if (step?.op === 'one' && step.literal !== undefined && step.literal !== invalidRune) {
      text += String.fromCodePoint(step.literal);
    } else {
      const start = i - Array.from(text).length;
      if (text !== '') runs.push({ bytes: fromText(text), start, end: i });
      text = '';
      if (step?.op === 'optional') i += step.count;
    }
  }
  return runs;
}

/** Characters, and so bytes, that a match has at least. */
function shortestMatch(steps: readonly Step[]): number {
  let shortest = 0;
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i]!;
    if (step.op === 'one') shortest++;
    if (step.op === 'optional') i += step.count;
  }
  return shortest;
}
