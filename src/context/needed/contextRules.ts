/** What belongs to a context: what the ignore file leaves in it, as far as builds can use it. */
import type { IgnoreRules, IgnoreState } from '../ignore/ignoreRules.ts';
import type { Path } from '../path.ts';
import { joinPath, rootPath, splitPath } from '../path.ts';
import type { Needed } from './needed.ts';
import type { NeededState } from './neededFilter.ts';
import { NeededFilter } from './neededFilter.ts';

interface State {
  readonly ignore: IgnoreState;
  readonly needed: NeededState;
}

interface Verdict {
  readonly excluded: boolean;
  readonly prune: boolean;
  /**
   * A folder or link at the path belongs to it all the same: what is needed may be there. BuildKit wants the folders of a
   * pattern to be there even when nothing matches it.
   */
  readonly way: boolean;
  readonly state: State;
}

/** Immutable. Both are asked about every path; either can exclude it. */
export class ContextRules {
  readonly root: State;
  readonly #ignore: IgnoreRules;
  readonly #needed: NeededFilter;

  constructor(ignore: IgnoreRules, needed: Needed) {
    this.#ignore = ignore;
    this.#needed = new NeededFilter(needed);
    this.root = { ignore: ignore.root, needed: this.#needed.root };
  }

  /** As `IgnoreRules.judge`. IGNORE_PATTERN. */
  judge(path: Path, parent: unknown): Verdict {
    const { ignore, needed } = parent as State;
    const ignored = this.#ignore.judge(path, ignore);
    const useful = this.#needed.judge(path, needed);
    return {
      excluded: ignored.excluded || useful.excluded,
      prune: ignored.prune || useful.prune,
      way: !ignored.excluded && !useful.prune,
      state: { ignore: ignored.state, needed: useful.state },
    };
  }

  /** Whether nothing at or below a path belongs to the context. IGNORE_PATTERN. */
  prunes(path: Path): boolean {
    return this.#walk(path)?.prune === true;
  }

  /** Whether a walk from the root leaves a path out. IGNORE_PATTERN. */
  excludes(path: Path): boolean {
    return this.#walk(path)?.excluded === true;
  }

  /** The verdict on a path, or on the first folder above it that settles it. Undefined for the root. */
  #walk(path: Path): Verdict | undefined {
    let at = rootPath;
    let verdict: Verdict | undefined;
    for (const name of splitPath(path)) {
      at = joinPath(at, name);
      verdict = this.judge(at, verdict?.state ?? this.root);
      if (verdict.prune) break;
    }
    return verdict;
  }
}
