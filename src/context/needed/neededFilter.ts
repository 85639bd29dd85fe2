/** Judges paths by a set of needed ones, as the ignore rules do by theirs: folder by folder on the way down. */
import type { Name, Path } from '../path.ts';
import { baseName } from '../path.ts';
import type { Needed } from './needed.ts';
import type { SourcePattern } from './sourcePattern.ts';
import { matchesName } from './sourcePattern.ts';

/** Where the patterns are in a folder: all of it is needed, or those that go on below it. For `judge` only. */
export type NeededState = 'all' | readonly Progress[];

interface Progress {
  readonly pattern: SourcePattern;
  /** Components that have matched. */
  readonly matched: number;
}

export interface NeededVerdict {
  /** Not needed itself; but something below may be. */
  readonly excluded: boolean;
  /** Nothing at or below it is needed. */
  readonly prune: boolean;
  readonly state: NeededState;
}

const inside: NeededVerdict = { excluded: false, prune: false, state: 'all' };
const outside: NeededVerdict = { excluded: true, prune: true, state: [] };

export class NeededFilter {
  readonly root: NeededState;

  constructor(needed: Needed) {
    const whole = needed.all || needed.patterns.some(({ components }) => components.length === 0);
    this.root = whole ? 'all' : needed.patterns.map((pattern) => ({ pattern, matched: 0 }));
  }

  judge(path: Path, parent: NeededState): NeededVerdict {
    if (parent === 'all') return inside;
    const name: Name = baseName(path);
    const state: Progress[] = [];
    for (const { pattern, matched } of parent) {
      if (!matchesName(pattern.components[matched]!, name)) continue;
      if (matched + 1 === pattern.components.length) return inside;
      state.push({ pattern, matched: matched + 1 });
    }
    return state.length === 0 ? outside : { excluded: true, prune: false, state };
  }
}
