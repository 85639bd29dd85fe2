import { describe, expect, test } from 'vitest';
import { copyWarnings } from '../../../src/context/copyWarnings.ts';
import { IgnoreRules } from '../../../src/context/ignore/ignoreRules.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const rules = (...lines: string[]) => IgnoreRules.parse(encode(lines.join('\n')));
const secret = rules('secret', 'dist', '*.log');

/** What is warned of: `line source`. */
function warned(dockerfile: string, ignore = secret): string[] {
  return copyWarnings(encode(dockerfile), ignore).map(
    ({ line, message }) => `${line} ${/"(.*)"/.exec(message)?.[1] ?? message}`,
  );
}

describe('a warning', () => {
  test("is worded like BuildKit's", () => {
    expect(copyWarnings(encode('FROM a\nCOPY secret /x\n'), secret)).toEqual([
      {
        type: 'warning',
        vertex: '',
        message: 'Attempting to Copy file "secret" that is excluded by .dockerignore',
        detail: 'Attempting to Copy file that is excluded by .dockerignore',
        url: 'https://docs.docker.com/go/dockerfile/rule/copy-ignored-file/',
        line: 2,
      },
    ]);
    expect(copyWarnings(encode('FROM a\nADD secret /x\n'), secret)[0]?.message).toContain('Attempting to Add file');
  });

  test.each([
    ['FROM a\nCOPY secret /x', ['2 secret']],
    ['FROM a\ncopy secret /x', ['2 secret']],
    ['FROM a\nCOPY a secret b dist /x/', ['2 secret', '2 dist']],
    ['FROM a\nCOPY --chown=1 --link secret /x', ['2 secret']],
    ['FROM a\nCOPY ["secret", "/x"]', ['2 secret']],
    ['FROM a\nCOPY a \\\n  secret \\\n  /x', ['2 secret']],
    ['FROM a\r\nCOPY secret /x\r\n', ['2 secret']],
    ['FROM a\nCOPY ./secret /x', ['2 ./secret']],
    ['FROM a\nCOPY /secret /x', ['2 /secret']],
    ['FROM a\nCOPY ../secret /x', ['2 ../secret']],
    ['FROM a\nCOPY src/../secret /x', ['2 src/../secret']],
    ['FROM a\nCOPY secret/deep/file /x', ['2 secret/deep/file']],
    ['FROM a\nCOPY secret/ /x', ['2 secret/']],
    ['FROM a\nCOPY <<EOF secret /x/\nCOPY dist /y\nEOF\nCOPY dist /z', ['2 secret', '5 dist']],
    ['\ufeff# escape=`\nFROM a\nCOPY secret /x', ['3 secret']],
    ['# check=skip=StageNameCasing;error=true\nFROM a\nCOPY secret /x', ['3 secret']],
    ['FROM a\n# check=skip=all\nCOPY secret /x', ['3 secret']],
  ])('is given for %j', (dockerfile, expected) => expect(warned(dockerfile)).toEqual(expected));
});

describe('no warning', () => {
  test.each([
    'FROM a\nCOPY src /x',
    'FROM a\nCOPY . /x',
    'FROM a\nCOPY secrets /x',
    'FROM a\nCOPY src secret',
    'FROM a AS b\nCOPY --from=b secret /x',
    'FROM a\nCOPY --from=other/image secret /x',
    'FROM a\nARG name=secret\nCOPY $name /x',
    'FROM a\nCOPY ${name:-secret} /x',
    'FROM a\nCOPY sec* /x',
    'FROM a\nCOPY *.log /x',
    'FROM a\nCOPY "secret" /x',
    'FROM a\nCOPY se\\cret /x',
    'FROM a\nCOPY ["secret*", "/x"]',
    'FROM a\nCOPY ["secret" "/x"]',
    'FROM a\nCOPY <<secret /x\nsecret\nsecret',
    'FROM a\nRUN <<EOF\nCOPY secret /x\nEOF',
    'FROM a\nONBUILD COPY secret /x',
    'FROM a\nADD https://example.com/secret /x',
    'FROM a\nADD git@example.com:secret /x',
    'FROM a\n# COPY secret /x',
    'FROM a\nCOPY secret',
    'FROM a\nCOPY',
    'COPY',
    '',
    '\0\u{1f600}\n[',
    '# check=skip=CopyIgnoredFile\nFROM a\nCOPY secret /x',
    '# syntax=docker/dockerfile:1\n# check=error=true;skip=JSONArgsRecommended,CopyIgnoredFile\nFROM a\nCOPY secret /x',
    '# check=skip=all\nFROM a\nCOPY secret /x',
  ])('is given for %j', (dockerfile) => expect(warned(dockerfile)).toEqual([]));

  test('is given where an exception could include something below', () => {
    expect(warned('FROM a\nCOPY dist /x', rules('dist', '!dist/keep'))).toEqual([]);
    expect(warned('FROM a\nCOPY dist /x', rules('dist', '!**/keep'))).toEqual([]);
    expect(warned('FROM a\nCOPY dist/keep /x', rules('dist', '!dist/keep'))).toEqual([]);
    expect(warned('FROM a\nCOPY dist/other /x', rules('dist', '!dist/keep'))).toEqual(['2 dist/other']);
  });

  test('is given without an ignore file, nor for one with a malformed rule', () => {
    expect(warned('FROM a\nCOPY secret /x', IgnoreRules.none)).toEqual([]);
    expect(warned('FROM a\nCOPY secret /x', rules('[z-a]', 'secret'))).toEqual([]);
  });
});
