import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import {
  errorFinding,
  ignoreFinding,
  rangeOf,
  wantsBuildkitWarnings,
  warningFindings,
} from '../../../../src/extension/build/findings.ts';
import { vertex, warning } from '../../../support/buildEvents.ts';

describe('the finding of a failure', () => {
  test('has its lines, and a message that does not repeat them', () => {
    const error = new PresyncError('BUILD_FAILED', 'Dockerfile:3: "[2/2] RUN x" failed with exit code 1.', {
      hint: 'See what "[2/2] RUN x" printed.',
      data: { line: 3, endLine: 5 },
    });
    expect(errorFinding(error)).toEqual({
      severity: 'error',
      place: { line: 3, endLine: 5 },
      message: '"[2/2] RUN x" failed with exit code 1.\nSee what "[2/2] RUN x" printed.',
      code: 'BUILD_FAILED',
      url: '',
    });
  });

  test('leaves out a hint that says no more than the place', () => {
    const error = new PresyncError('BUILD_FAILED', 'bad', { hint: 'See line 3 of Dockerfile.', data: { line: 3 } });
    expect(errorFinding(error)?.message).toBe('bad');
  });

  test('of an empty Dockerfile is on its first line', () => {
    expect(errorFinding(new PresyncError('DOCKERFILE_EMPTY', 'x'))?.place).toEqual({ line: 1, endLine: 1 });
  });

  test.each([
    new PresyncError('BUILD_FAILED', 'x'),
    new PresyncError('BUILD_FAILED', 'x', { data: { line: 0 } }),
    new PresyncError('IGNORE_PATTERN', 'x', { data: { line: 3 } }),
    new PresyncError('CANCELLED', 'x', { data: { line: 3 } }),
  ])('is none for $code with $data', (error) => {
    expect(errorFinding(error)).toBeUndefined();
  });

  test('of an ignore file is about the rule', () => {
    const error = new PresyncError('IGNORE_PATTERN', '.dockerignore, line 2: syntax error in pattern: "[".', {
      hint: 'Check its brackets.',
      data: { line: 2 },
    });
    expect(ignoreFinding(error)).toMatchObject({
      place: { line: 2, endLine: 2 },
      message: 'syntax error in pattern: "[".\nCheck its brackets.',
    });
    expect(ignoreFinding(new PresyncError('BUILD_FAILED', 'x', { data: { line: 2 } }))).toBeUndefined();
  });
});

describe('warnings', () => {
  const buildkits = warning('sha256:a', "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 2)", {
    detail: "The 'as' keyword should match the case of the 'from' keyword",
    url: 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/',
    line: 2,
  });
  const ours = warning('', 'Attempting to Copy file "x" that is excluded by .dockerignore', {
    url: 'https://docs.docker.com/go/dockerfile/rule/copy-ignored-file/',
    line: 4,
  });

  test('of BuildKit have the name of their rule, and its page', () => {
    expect(warningFindings([vertex('a'), buildkits], true)).toEqual([
      {
        severity: 'warning',
        place: { line: 2, endLine: 2 },
        message: "'as' and 'FROM' keywords' casing do not match",
        code: 'FromAsCasing',
        url: 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/',
      },
    ]);
  });

  test('of BuildKit come only where they are wanted, ours always', () => {
    expect(warningFindings([buildkits, ours], false).map(({ place }) => place.line)).toEqual([4]);
  });

  test('without the name of a rule have that of its page', () => {
    expect(warningFindings([ours], false)).toMatchObject([{ code: 'copy-ignored-file', place: { line: 4 } }]);
  });

  test('that name no line are left out', () => {
    expect(warningFindings([warning('', 'The context is sent again.')], true)).toEqual([]);
  });

  test('link to web pages only, and write nothing but text', () => {
    const evil = warning('sha256:a', 'a\u202eb', { line: 1, url: 'command:evil', detail: 'c\x1b[2J\r\nd' });
    expect(warningFindings([evil], true)).toMatchObject([
      { message: 'a\\u{202e}b\nc\\u{1b}[2J\nd', url: '', code: '' },
    ]);
  });

  test.each([
    ['auto', false, true],
    ['auto', true, false],
    [undefined, true, false],
    ['nonsense', false, true],
    ['on', true, true],
    ['off', false, false],
  ])('of BuildKit are wanted with %j and another linter %j: %j', (setting, otherLinter, wanted) => {
    expect(wantsBuildkitWarnings(setting, otherLinter)).toBe(wanted);
  });
});

describe('a place', () => {
  const text = ['FROM x', '   ', '  RUN one && \\  ', '    two\t', ''];
  const lines = { lineCount: text.length, text: (line: number) => text[line]! };

  test.each([
    [1, 1, [0, 0, 0, 6]],
    [3, 4, [2, 2, 3, 7]],
    [2, 2, [1, 0, 1, 0]],
    [4, 99, [3, 4, 4, 0]],
    [98, 99, [4, 0, 4, 0]],
  ])('from line %i to %i is the text without the white space around it', (line, endLine, range) => {
    expect(rangeOf(lines, { line, endLine })).toEqual(range);
  });
});
