/**
 * What rules exclude, by hand, from moby's semantics. Each was compared with moby's own matcher; those of "surprises"
 * with `docker build` on Docker 20.10 and 26.1, too.
 */
export interface Vector {
  /** The lines of an ignore file. */
  readonly rules: readonly string[];
  /** Paths as text. */
  readonly excluded: readonly string[];
  readonly kept: readonly string[];
}

function vector(rules: string | readonly string[], excluded: readonly string[], kept: readonly string[] = []): Vector {
  return { rules: typeof rules === 'string' ? [rules] : rules, excluded, kept };
}

const names: Vector[] = [
  vector('foo', ['foo', 'foo/bar', 'foo/bar/baz'], ['foobar', 'bar/foo', 'fo', 'Foo', 'FOO']),
  vector('foo/bar', ['foo/bar', 'foo/bar/x'], ['foo', 'foo/barx', 'x/foo/bar']),
  vector('README.md', ['README.md'], ['readme.md', 'READMEXmd', 'docs/README.md']),
  vector('constructor', ['constructor', 'constructor/x'], ['__proto__', 'toString']),
  vector('__proto__', ['__proto__'], ['constructor']),
  vector('a b', ['a b'], ['a', 'ab']),
  vector('日本', ['日本', '日本/語'], ['日', '日本語']),
  // No normalisation: a letter with a combining accent is another name.
  vector('é', ['é'], ['e\u0301']),
];

const stars: Vector[] = [
  vector('*', ['a', '.a', 'a/b', 'ü']),
  vector('*.md', ['a.md', '.md', 'a.md/x', 'ä.md'], ['a.mdx', 'md', 'x/a.md', 'a.MD']),
  vector('a*', ['a', 'ab', 'abc/d'], ['ba', 'b/a']),
  vector('*a', ['a', 'ba'], ['ab', 'b/a']),
  vector('*a*', ['a', 'bac', 'xa/y'], ['b', 'b/a']),
  vector('a*b*c', ['abc', 'aXbYc', 'abbcc'], ['ab', 'ac', 'a/bc', 'abcd']),
  vector('a/*', ['a/b', 'a/b/c', 'a/.c'], ['a', 'ab']),
  vector('a/*/c', ['a/b/c', 'a/b/c/d'], ['a/c', 'a/b/b/c', 'a/b']),
  vector('*/b', ['a/b', 'c/b/d'], ['b', 'a/c/b']),
  vector('*/*', ['a/b', 'a/b/c'], ['a']),
  vector('?', ['a', 'é', '日', '🐳', 'a/b'], ['ab', 'e\u0301']),
  vector('?.txt', ['a.txt', '日.txt'], ['.txt', 'ab.txt']),
  vector('a?c', ['abc', 'aéc'], ['ac', 'a/c', 'abbc']),
  vector('a/?', ['a/b', 'a/b/c'], ['a', 'a/bc']),
];

const doubleStars: Vector[] = [
  vector('**', ['a', 'a/b', '.git/config', 'new\nline']),
  vector('**/', ['a', 'a/b']),
  vector('**/*', ['a', 'a/b/c']),
  vector('**/foo', ['foo', 'a/foo', 'a/b/foo', 'a/foo/b'], ['xfoo', 'a/xfoo', 'foox']),
  vector('**/foo/bar', ['foo/bar', 'a/foo/bar', 'a/b/foo/bar/c'], ['foo', 'a/foo', 'foo/a/bar']),
  vector('**/*.log', ['a.log', 'a/b.log', 'a/b/c.log'], ['a.logs', 'log']),
  vector('foo/**', ['foo/a', 'foo/a/b'], ['foo', 'foobar']),
  vector(
    'foo/**/bar',
    ['foo/bar', 'foo/a/bar', 'foo/a/b/bar', 'foo/bar/x'],
    ['foo', 'foo/abar', 'foobar', 'x/foo/bar'],
  ),
  vector('foo/**/*.js', ['foo/a.js', 'foo/b/c/a.js'], ['foo/a.ts', 'a.js']),
  vector('**/a/**', ['a/b', 'x/a/b', 'x/y/a/b/c'], ['a', 'x/a', 'ab/c']),
  vector('**/a/**/b', ['a/b', 'x/a/b', 'a/x/y/b', 'x/a/y/b/z'], ['a', 'b', 'a/xb']),
  vector('**/**/foo', ['foo', 'a/foo', 'a/b/foo'], ['xfoo']),
  vector('**/foo**', ['foo', 'foobar', 'a/foobar', 'a/foo/b'], ['xfoo']),
  vector('a**', ['a', 'ab', 'ab/c', 'a/b'], ['b', 'b/a']),
  vector('a**b', ['ab', 'a/b', 'ax/b', 'a/x/b'], ['a', 'b', 'axb', 'ax/yb']),
  vector('a**/b', ['ab', 'ax/b', 'a/b', 'a/x/b'], ['axb']),
  vector('**/.DS_Store', ['.DS_Store', 'a/.DS_Store'], ['aDS_Store', 'a/x.DS_Store']),
];

const brackets: Vector[] = [
  vector('[abc]', ['a', 'c', 'b/x'], ['d', 'ab', '[abc]']),
  vector('[a-c]', ['a', 'b', 'c'], ['d', '-', 'B']),
  vector('[a-cx-z]1', ['b1', 'y1'], ['d1', '1']),
  vector('[^a]', ['b', 'é', '^'], ['a', 'bb']),
  vector('[^a-c]x', ['dx', '-x', '日x'], ['ax', 'x']),
  vector('a[^b]c', ['axc', 'a/c'], ['abc', 'ac']),
  // '!' is no negation.
  vector('[!a]', ['!', 'a'], ['b']),
  vector('[à-ü]', ['é', 'ü'], ['e', 'ý', 'ÿ']),
  vector('[[]', ['['], ['[[]']),
  vector('[[]x]', ['[x]'], ['x]']),
  vector('\\[x\\]', ['[x]'], ['x']),
  vector('[\\]]', [']'], ['\\']),
  vector('[\\-x]', ['-', 'x'], ['\\']),
  vector('[.]git', ['.git'], ['xgit']),
  vector('*.[mM][dD]', ['a.md', 'a.MD', 'a.mD'], ['a.xd']),
  vector('a]', ['a]'], ['a']),
  vector('[a/]b', ['ab', '/b'], ['b']),
];

const specialCharacters: Vector[] = [
  vector('a.b*', ['a.b', 'a.bc'], ['aXb', 'axbc']),
  vector('a+b*', ['a+b', 'a+bc'], ['aab', 'ab']),
  vector('a(b)c*', ['a(b)c', 'a(b)cd'], ['abc']),
  vector('a(b)c', ['a(b)c'], ['abc']),
  vector('$a*', ['$a', '$ab'], ['a']),
  vector('a$', ['a$'], ['a']),
  vector('*+g08*.whl', ['w-1.0.dev36+g08e3.whl'], ['w-1.0.dev36g08.whl']),
  vector('a.|)$(}+{bc', ['a.|)$(}+{bc'], ['a', '.']),
  vector('a{b,c}*', ['a{b,c}', 'a{b,c}d'], ['ab', 'ac']),
  vector('*.{js,ts}', ['x.{js,ts}'], ['x.js', 'x.ts']),
  vector('a|b', ['a|b'], ['a', 'b']),
  vector('^a', ['^a'], ['a']),
  vector('a\\*b', ['a*b'], ['axb', 'a\\*b']),
  vector('a\\?b', ['a?b'], ['axb']),
  vector('\\!a', ['!a'], ['a']),
  vector('\\#a', ['#a'], ['a']),
  vector('a\\\\b', ['a\\b'], ['ab', 'a/b']),
  vector('\\ a', [' a'], ['a']),
];

const lines: Vector[] = [
  vector(['# foo', 'bar'], ['bar'], ['foo', '# foo']),
  vector('#foo', [], ['#foo', 'foo']),
  // Only a line that begins with '#' is a comment.
  vector(' #foo', ['#foo'], ['foo']),
  vector('foo # why', ['foo # why'], ['foo']),
  vector(['', '   ', '\t', 'foo', ''], ['foo'], ['bar']),
  vector(['  foo  ', '\tbar\t'], ['foo', 'bar'], ['  foo  ']),
  vector(['foo\r', 'bar\r'], ['foo', 'bar'], ['baz']),
  vector('\u00a0foo\u3000', ['foo'], []),
  vector('\ufefffoo', ['foo'], ['\ufefffoo']),
  vector('\ufeff# foo', [], ['foo', '# foo']),
  vector(['x', '\ufefffoo'], ['\ufefffoo'], ['foo']),
  vector('/foo', ['foo', 'foo/x'], ['x/foo']),
  vector('//foo', ['foo']),
  vector('/', [], ['foo']),
  vector('./foo', ['foo']),
  vector('foo/', ['foo', 'foo/x'], ['x/foo']),
  vector('foo//bar', ['foo/bar']),
  vector('foo/./bar/', ['foo/bar']),
  vector('foo/../bar', ['bar'], ['foo', 'foo/bar']),
  vector('../foo', [], ['foo']),
  vector('/../foo', ['foo']),
  vector('foo/..', [], ['foo', 'bar']),
  vector('.', [], ['foo', '.foo']),
  vector('..', [], ['foo', '..foo']),
  // Cleaned after the stars were written, not before: "*/.." is taken for a folder and its parent.
  vector('*/../foo', ['foo'], ['bar']),
];

const exceptions: Vector[] = [
  vector(['*', '!a'], ['b', 'b/a'], ['a', 'a/b']),
  vector(['!a', '*'], ['a', 'b']),
  vector(['foo', '!foo'], [], ['foo', 'foo/x']),
  vector(['foo', '!foo/bar'], ['foo', 'foo/x'], ['foo/bar', 'foo/bar/x']),
  vector(['foo/*', '!foo/bar'], ['foo/x'], ['foo', 'foo/bar', 'foo/bar/x']),
  vector(['foo/**', '!foo/a/b'], ['foo/a', 'foo/a/c', 'foo/x'], ['foo', 'foo/a/b', 'foo/a/b/c']),
  vector(['*', '!a/b/c'], ['a', 'a/b', 'a/x', 'a/b/x'], ['a/b/c', 'a/b/c/d']),
  vector(['**', '!**/*.md'], ['a', 'a/b'], ['x.md', 'a/x.md', 'a/b/x.md']),
  vector(['**', '!a.md', 'a*'], ['a.md', 'b.md']),
  vector(['**/*.md', '!README.md', 'README-secret.md'], ['a.md', 'README-secret.md'], ['README.md', 'a.txt']),
  vector(['*.md', '!README*.md', 'README-secret.md'], ['a.md', 'README-secret.md'], ['README.md', 'README-x.md']),
  vector(['node_modules', '!node_modules/keep'], ['node_modules', 'node_modules/a'], ['node_modules/keep/a']),
  vector(['a', '!a/b', 'a/b/c'], ['a', 'a/x', 'a/b/c', 'a/b/c/d'], ['a/b', 'a/b/x']),
  vector(['*', '! a'], ['b'], ['a']),
  vector(['*', '!./a/'], ['b'], ['a', 'a/b']),
  vector(['*', '!/a'], ['b'], ['a']),
  vector(['*', '!../a'], ['a', 'b']),
  vector(['*', '!a/../b'], ['a'], ['b']),
  // One '!' is taken off; what is left is a name.
  vector(['*', '!!a'], ['a'], ['!a']),
  vector(['!a'], [], ['a', '!a']),
  vector(['**', '!**'], [], ['a', 'a/b']),
  vector(['**', '!*'], [], ['a', 'a/b']),
  vector(['*', '!constructor'], ['__proto__', 'toString'], ['constructor']),
];

/** What one would hardly guess. */
const surprises: Vector[] = [
  // A leading `**` without a slash is a suffix.
  vector('**b', ['b', 'ab', 'x/ab', 'x/b'], ['bc', 'x/bc']),
  vector('**.log', ['a.log', '.log', 'x/a.log'], ['alog']),
  vector('**b*', ['b', 'bc', 'x/bc'], ['ab', 'x/ab']),
  // A '/' or './' before '!' is cleaned away, and what is left is an exception.
  vector(['*', '/!a'], ['!a', 'b'], ['a']),
  vector(['*', './!a'], ['!a', 'b'], ['a']),
  vector('/ a', ['a'], [' a']),
  // In an expression, '^' and '|' and '{n}' mean what they mean in Go's expressions.
  vector('^*', ['a', 'x/y']),
  vector('a^*', [], ['a', 'a^', 'a^b']),
  vector('a|b*', ['a', 'ax', 'b', 'xb', 'x/b'], ['c']),
  vector('*|*', ['a', 'x/y']),
  vector('a{2}?', ['aab', 'aaa'], ['a{2}b', 'aa']),
  vector('a{2}', ['a{2}'], ['aa']),
  vector('{2}a*', ['a', 'ab'], ['{2}a', 'b']),
  vector('{0}a*', ['a', 'ba', 'x/ab'], ['b']),
  vector('[a]{1,3}[ab]', ['aa', 'ab', 'aaab', 'aaaa'], ['a', 'b', 'aaaaa', 'bb']),
  vector('[a]{1,2}b', ['ab', 'aab'], ['b', 'aaab']),
  vector('[a]{2,}b', ['aab', 'aaaab'], ['ab']),
  vector('[a]{0}b', ['b'], ['ab']),
  vector('[a]{,2}b', ['a{,2}b'], ['ab', 'aab']),
  vector('[a]{01}b', ['a{01}b'], ['ab']),
  // A star between brackets is translated like any other.
  vector('x[*]', ['x]', 'x[]', 'x^/[]'], ['x*', 'x']),
  vector('x[?]', ['x^]', 'x[]'], ['x?', 'xa']),
  vector('x[**]', ['x*', 'x(', 'x.'], ['xa', 'x']),
  vector('[[:alpha:]]', ['a', 'Z'], ['1', 'é', ':']),
  vector('[[:^alpha:]]', ['1', 'é'], ['a']),
  vector('[[:alpha:][:digit:]]_', ['a_', '1_'], ['__']),
  vector('[[:alpha]', [':', 'a', '['], ['b']),
  // A backslash before a letter or digit is an escape of the expression.
  vector('a\\d', ['a1'], ['ad', 'a\\d']),
  vector('[\\d]x', ['1x'], ['dx']),
  vector('[\\D]x', ['dx'], ['1x']),
  vector('a\\w\\W', ['ab-'], ['ab', 'abc']),
  vector('a\\s', ['a ', 'a\t'], ['as']),
  vector('bin\\Debug', ['bin/ebug', 'binXebug'], ['bin/Debug', 'bin\\Debug']),
  vector('a\\x41', ['aA'], ['ax41']),
  vector('a\\101', ['aA'], ['a101']),
  vector('a\\ta', ['a\ta'], ['ata']),
  vector('a\\b.c', ['a.c'], ['ab.c']),
  vector('a\\Bb', ['ab'], ['a']),
  vector('\\pL', ['a', 'é', '日'], ['1']),
  vector('\\PL', ['1', '-'], ['a', 'é']),
  vector('\\Qa*', [], ['a', 'a*']),
  // The quotation swallows the end of the expression.
  vector('\\Qa', ['a$', 'a$b', 'a$/b'], ['a', 'ab']),
  vector('\\Qa\\E?', ['ab'], ['a']),
  vector('a*\\', ['a$', 'ab$', 'ab$c'], ['a', 'a\\', 'ab']),
  // Brackets behind a star are not checked as they are in front of one.
  vector('x*[a-]', ['xa', 'x-', 'xxa'], ['x', 'xb']),
  vector('\\x61*\\z', ['a', 'ab'], ['b']),
  vector('\\A\\x61', ['a'], ['ba']),
  // `.` of a translated `**` is no line feed, and a suffix does not care.
  vector('**/x*', ['a/x', 'x'], ['new\nline/x']),
  vector('a/**/x', ['a/b/x'], ['a/new\nline/x']),
  vector('**/x', ['new\nline/x']),
  // A rule that had nothing to change at the folder is not inherited by what is in it.
  vector(['foo', '!foo/x', 'foo'], ['foo', 'foo/y'], ['foo/x', 'foo/x/y']),
  vector(['foo/x/y', '!foo'], ['foo/x/y'], ['foo', 'foo/x']),
  vector(['foo/x', '!foo'], ['foo/x'], ['foo']),
  vector(['!foo', 'foo/x'], ['foo/x'], ['foo']),
  // An excluded folder is not walked where no exception begins with its path: a wildcard at the end is cut off first.
  vector(['*', '!a/b/**'], ['a', 'a/b', 'a/x'], ['a/b/c', 'a/b/c/d']),
  vector(['*', '!a/*/**'], ['a', 'a/b', 'a/b/c', 'a/b/c/d']),
  vector(['*', '!a/*/**', '!x?'], ['a', 'a/b'], ['a/b/c', 'a/b/c/d', 'xy']),
  vector(['*', '!a/*'], ['a'], ['a/b', 'a/b/c']),
  vector(['*', '!*/b'], ['a', 'a/c'], ['a/b', 'a/b/c']),
  // A match that ended early leaves nothing behind for the next path.
  vector('*\\Qa', ['a$aa'], ['x$/a$']),
  // What a child adds to what it inherits is inherited in turn, in the order of the rules.
  vector(['foo/x', 'foo', '!foo/x/y'], ['foo', 'foo/x', 'foo/x/z'], ['foo/x/y', 'foo/x/y/z']),
  // A pattern is cleaned before it is compiled.
  vector('**/../b', ['b'], ['a']),
  // A byte order mark further down is dropped from an expression, not from a name.
  vector(['x', '\ufeffa?'], ['ab'], ['\ufeffab']),
  // The matcher looks at what is left for a '!' once more.
  vector(['*', '/ !a'], ['b'], ['a']),
];

export const vectors: Readonly<Record<string, readonly Vector[]>> = {
  names,
  stars,
  'double stars': doubleStars,
  brackets,
  'special characters': specialCharacters,
  lines,
  exceptions,
  surprises,
};

/** Rules that are refused when they are read: line, and a word of the message. */
export const refused: readonly (readonly [rules: readonly string[], line: number, why: string])[] = [
  [['!'], 1, 'illegal exclusion pattern'],
  [['a', '', '! '], 3, 'illegal exclusion pattern'],
  [['!/'], 1, 'illegal exclusion pattern'],
  [['/!'], 1, 'illegal exclusion pattern'],
  [['['], 1, 'syntax error in pattern'],
  [['a['], 1, 'syntax error in pattern'],
  [['a[b'], 1, 'syntax error in pattern'],
  [['# c', '[]'], 2, 'syntax error in pattern'],
  [['[]a]'], 1, 'syntax error in pattern'],
  [['[^]'], 1, 'syntax error in pattern'],
  [['[a-]'], 1, 'syntax error in pattern'],
  [['[-a]'], 1, 'syntax error in pattern'],
  [['[a-b-c]'], 1, 'syntax error in pattern'],
  [['\\'], 1, 'syntax error in pattern'],
  [['a\\'], 1, 'syntax error in pattern'],
  [['!a['], 1, 'syntax error in pattern'],
  [['*a['], 1, 'syntax error in pattern'],
  // Whether what is behind a star is checked depends on whether the part before matches ".".
  [['?*['], 1, 'syntax error in pattern'],
  [['[.-a]*a['], 1, 'syntax error in pattern'],
  [['[^a]*['], 1, 'syntax error in pattern'],
  [['*.*\\'], 1, 'syntax error in pattern'],
  [['ok', 'a'.repeat(65536)], 2, 'token too long'],
  [[`#${'a'.repeat(65536)}`], 1, 'token too long'],
  [['f\0o\0o\0'], 1, 'NUL'],
];

/** Rules that are refused when they are asked about the path, and only then. */
export const refusedLate: readonly (readonly [
  rules: readonly string[],
  asked: string,
  notAsked: string | undefined,
])[] = [
  [['[z-a]'], 'x', undefined],
  [['*[z-a]'], 'x', undefined],
  [['a*['], 'x', undefined],
  [['[^.]*['], 'x', undefined],
  [['\\c'], 'x', undefined],
  [['src\\components'], 'x', undefined],
  [['\\é'], 'x', undefined],
  [['[a-\\.]'], 'x', undefined],
  [['[[:foo:]]'], 'x', undefined],
  [['\\pX'], 'x', undefined],
  [['\\x4'], 'x', undefined],
  [['\\1'], 'x', undefined],
  [['x|{2}*'], 'x', undefined],
  [['*{2}'], 'x', undefined],
  [['**/{2}x*'], 'x', undefined],
  [['[a]{2}{2}'], 'x', undefined],
  [['[a]{1001}'], 'x', undefined],
  [['[a]{2,1}'], 'x', undefined],
  [[`[a]${'a{1000}'.repeat(4000)}`], 'x', undefined],
  // A rule that could change nothing is not asked.
  [['a', '![z-a]'], 'a', 'b'],
  [['a', '[z-a]'], 'b', 'a'],
  [['[z-a]', 'b'], 'b', undefined],
];
