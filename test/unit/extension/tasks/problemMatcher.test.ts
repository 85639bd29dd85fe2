import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { errorLines } from '../../../../src/cli/output.ts';

interface Matcher {
  readonly name: string;
  readonly pattern: { readonly regexp: string; readonly file: number; readonly line: number; readonly message: number };
}

const root = join(import.meta.dirname, '../../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  contributes: { problemMatchers: Matcher[] };
};
const { pattern } = manifest.contributes.problemMatchers.find(({ name }) => name === 'presync')!;
const golden = join(root, 'test/unit/cli/golden');

/** What VS Code makes of lines of output, without their colours. */
function problems(lines: readonly string[]) {
  return lines.flatMap((line) => {
    const match = new RegExp(pattern.regexp).exec(line.replace(/\x1b\[[\d;?]*[A-Za-z]/g, ''));
    return match === null
      ? []
      : [{ file: match[pattern.file], line: match[pattern.line], message: match[pattern.message] }];
  });
}

/** What `presync build` prints on a terminal or elsewhere: its progress, then the error. */
function output(progress: string, error: PresyncError, dockerfile: string): string[] {
  const lines = readFileSync(join(golden, progress), 'utf8').replaceAll('␛', '\x1b').split('\n');
  return [...lines, ...errorLines(error, false, dockerfile)];
}

const failed = (message: string, line: number) =>
  new PresyncError('BUILD_FAILED', message, { hint: `See line ${line} of Dockerfile.`, data: { line } });

describe('the problem matcher $presync', () => {
  test.each(readdirSync(golden).filter((name) => name.startsWith('failedBuild.')))(
    'finds the one problem of a failed build: %s',
    (name) => {
      const error = failed('Dockerfile:11: "[2/2] RUN false" failed with exit code 1.', 11);
      expect(problems(output(name, error, 'docker/Dockerfile'))).toEqual([
        { file: 'docker/Dockerfile', line: '11', message: '"[2/2] RUN false" failed with exit code 1.' },
      ]);
    },
  );

  test.each([
    ['dockerfile parse error on line 2: unknown instruction: COPPY', 'Dockerfile'],
    ['"/nope": not found', 'C:\\src\\app\\Dockerfile'],
    ['nosuch.invalid:443/x: failed to resolve', '../other place/web.Dockerfile'],
  ])('finds %s', (message, dockerfile) => {
    expect(problems(errorLines(failed(message, 2), false, dockerfile))).toEqual([
      { file: dockerfile, line: '2', message },
    ]);
  });

  test.each([
    new PresyncError('ENGINE_UNREACHABLE', 'The Docker engine at tcp://10.0.0.1:2376: no answer.'),
    new PresyncError('IGNORE_PATTERN', '.dockerignore, line 2: bad pattern: "[".', { data: { line: 2 } }),
    new PresyncError('BUILD_FAILED', 'failed to do request: dial tcp 10.0.0.1:443: connect: refused'),
    new PresyncError('BUILD_FAILED', 'failed to do request: Head "https://x.invalid/v2/": no route'),
  ])('finds none in $message', (error) => {
    expect(problems(errorLines(error, false, 'Dockerfile'))).toEqual([]);
  });
});
