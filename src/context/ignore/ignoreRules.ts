/**
 * What an ignore file excludes from a context: exactly what `docker build` excludes.
 *
 * Every rule is asked in order, and the last one that matches the path or a folder above it decides. Sources:
 * moby/patternmatcher (MatchesUsingParentResults) and tonistiigi/fsutil (filterFS.Walk).
 *
 * One known difference: of `foo`, `!foo/x`, `foo`, fsutil's walk takes foo/x, but its Open, which asks in another way,
 * refuses it, and docker silently sends the file empty. Here it is in the context with its content.
 */
import { fromText } from '../../base/bytes.ts';
import type { Path } from '../path.ts';
import { baseName } from '../path.ts';
import type { ExceptionTree } from './exceptionTree.ts';
import { childTree, exceptionTree } from './exceptionTree.ts';
import type { Rule } from './ignoreFile.ts';
import { readIgnoreFile } from './ignoreFile.ts';
import { Matcher } from './matcher.ts';

/** What is known of a folder when its children are judged. For `judge` only. */
export interface IgnoreState {
  /** Indexes of the rules that matched the folder or one above it, ascending. */
  readonly matched: readonly number[];
  readonly exceptions: ExceptionTree;
}

export interface Verdict {
  /** Not to be in the context; but an excluded folder is in it all the same when something below it is. */
  readonly excluded: boolean;
  /** The rule that decided; undefined when none matched. */
  readonly rule: Rule | undefined;
  /** What to judge the children with, should this be a folder. */
  readonly state: IgnoreState;
  /** Nothing below can be in the context: a walk skips this folder. */
  readonly prune: boolean;
}

/** The rules of one ignore file. Immutable. Paths are judged case-sensitively on every system. */
export class IgnoreRules {
  /** No ignore file: nothing is excluded. */
  static readonly none = new IgnoreRules([]);

  /** The state of the context's root. */
  readonly root: IgnoreState;
  readonly #matchers: readonly Matcher[];

  private constructor(matchers: readonly Matcher[]) {
    this.#matchers = matchers;
    const exceptions = matchers.filter((matcher) => matcher.negated).map((matcher) => fromText(matcher.pattern));
    this.root = { matched: [], exceptions: exceptionTree(exceptions) };
  }

  /**
   * The rules of an ignore file's bytes; `fileName` is for messages. IGNORE_PATTERN, naming line and pattern, for what
   * BuildKit refuses at once. A few malformed patterns it refuses when it first compares them: see `judge`.
   */
  static parse(content: Uint8Array, fileName = '.dockerignore'): IgnoreRules {
    const lines = readIgnoreFile(content, fileName);
    return new IgnoreRules(lines.map((line) => Matcher.of(line, fileName)).filter((matcher) => matcher !== undefined));
  }

  /**
   * Whether `path` is excluded, given the state of the folder that it is in. Constant work for each rule.
   * IGNORE_PATTERN when a rule that has to be asked is malformed, such as `[z-a]` or `\c`.
   */
  judge(path: Path, parent: IgnoreState): Verdict {
    const inherited = parent.matched;
    const added: number[] = [];
    let excluded = false;
    let rule: Rule | undefined;
    let next = 0;
    for (let index = 0; index < this.#matchers.length; index++) {
      const matcher = this.#matchers[index]!;
      if (inherited[next] === index) next++;
      // A rule that could change nothing is not asked, and its children do not inherit that it would have matched.
      else if (matcher.negated === excluded && matcher.matches(path)) added.push(index);
      else continue;
      excluded = !matcher.negated;
      rule = matcher.rule;
    }
    const exceptions = childTree(parent.exceptions, baseName(path));
    const matched = added.length === 0 ? inherited : [...inherited, ...added].sort((a, b) => a - b);
    return { excluded, rule, state: { matched, exceptions }, prune: excluded && exceptions === undefined };
  }

  /** Whether a walk from the root leaves `path` out. The root itself is never excluded. IGNORE_PATTERN as in `judge`. */
  excludes(path: Path): boolean {
    return this.verdictOn(path)?.excluded === true;
  }

  /**
   * The verdict on `path`, or on the first folder above it that settles it, since nothing below that can be in the
   * context. Undefined for the root. IGNORE_PATTERN as in `judge`.
   */
  verdictOn(path: Path): Verdict | undefined {
    let verdict: Verdict | undefined;
    for (let end = path.indexOf('/'); path !== ''; end = path.indexOf('/', end + 1)) {
      const at = end < 0 ? path : (path.slice(0, end) as Path);
      verdict = this.judge(at, verdict?.state ?? this.root);
      if (end < 0 || verdict.prune) break;
    }
    return verdict;
  }

  /** Whether there are no rules at all. */
  get empty(): boolean {
    return this.#matchers.length === 0;
  }
}
