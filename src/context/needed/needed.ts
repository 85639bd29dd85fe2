import type { ByteString } from '../../base/bytes.ts';
import type { SourcePattern } from './sourcePattern.ts';

/** Which of a context's paths builds can use. */
export type Needed = NeededSome | NeededAll;

/** What these patterns match, and everything below that. */
export interface NeededSome {
  readonly all: false;
  readonly patterns: readonly SourcePattern[];
}

export interface NeededAll {
  readonly all: true;
  /** For people. */
  readonly why: string;
}

export const nothingNeeded: NeededSome = { all: false, patterns: [] };

export function everythingNeeded(why: string): NeededAll {
  return { all: true, why };
}

/** So many at most are compared with every path of the root. */
export const mostPatterns = 500;

/** What either needs. */
export function unionOf(a: Needed, b: Needed): Needed {
  if (a.all) return a;
  if (b.all) return b;
  const known = new Set(a.patterns.map(({ text }) => text));
  const fresh = b.patterns.filter(({ text }) => !known.has(text));
  if (a.patterns.length + fresh.length > mostPatterns) return everythingNeeded('builds use so many different paths');
  return fresh.length === 0 ? a : { all: false, patterns: [...a.patterns, ...fresh] };
}

/** Whether everything that `part` needs is in `whole`, as far as that shows. */
export function covers(whole: Needed, part: Needed): boolean {
  return whole.all || (!part.all && unionOf(whole, part) === whole);
}

/** Tells sets apart. */
export function neededKey(needed: Needed): string {
  if (needed.all) return 'all';
  const texts: ByteString[] = needed.patterns.map((pattern) => pattern.text);
  return texts.sort().join('\0');
}
