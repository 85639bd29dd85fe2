import type { ByteString } from '../../base/bytes.ts';
import { cleanPath, toValidText, trimSpace } from '../goText.ts';
import { badRule } from './badRule.ts';
import type { Rule, RuleLine } from './ignoreFile.ts';
import type { PathTest } from './pattern.ts';
import { compilePattern } from './pattern.ts';
import { isWellFormed } from './wellFormed.ts';

/** A rule made ready to be asked. */
export class Matcher {
  /** Compiled when first asked: most files of many rules ask few of them, and only then does BuildKit complain, too. */
  #test: PathTest | undefined;

  private constructor(
    /** The rule as the user knows it. */
    readonly rule: Rule,
    /** A '!' rule: what it matches is not excluded. */
    readonly negated: boolean,
    /** Clean, without the '!'. */
    readonly pattern: string,
    readonly fileName: string,
  ) {}

  /**
   * The matcher of a line, or undefined when nothing is left of it. IGNORE_PATTERN for what moby's matcher refuses.
   *
   * The line crosses a JSON list on its way to BuildKit's matcher, which trims and cleans it a second time and only
   * now looks for the '!': so `/!a` is an exception and `!/` is a lone '!'.
   */
  static of(line: RuleLine, fileName: string): Matcher | undefined {
    const trimmed = trimSpace(line.pattern);
    if (trimmed === '') return undefined;
    const clean = toValidText(cleanPath(trimmed));
    const negated = clean.startsWith('!');
    const pattern = negated ? clean.slice(1) : clean;
    const { line: number, text } = line;
    if (pattern === '')
      throw badRule(fileName, line, 'illegal exclusion pattern', 'Write behind the "!" what to keep.');
    if (!isWellFormed(pattern)) throw malformed(fileName, line);
    return new Matcher({ line: number, text }, negated, pattern, fileName);
  }

  /** Whether the pattern matches this very path. IGNORE_PATTERN when it turns out to be none. */
  matches(path: ByteString): boolean {
    this.#test ??= this.#compile();
    return this.#test(path);
  }

  #compile(): PathTest {
    try {
      return compilePattern(this.pattern);
    } catch (thrown) {
      throw thrown instanceof SyntaxError ? malformed(this.fileName, this.rule) : thrown;
    }
  }
}

function malformed(fileName: string, rule: Rule): Error {
  const hint = 'Check its brackets and backslashes. Folders are separated by "/".';
  return badRule(fileName, rule, 'syntax error in pattern', hint);
}
