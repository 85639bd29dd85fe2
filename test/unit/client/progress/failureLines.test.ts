import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { failureLines } from '../../../../src/client/progress/failureLines.ts';

const failed = (message: string, data = {}) => new PresyncError('BUILD_FAILED', message, { hint: 'Look.', data });

describe('a failure', () => {
  test('is a label, what failed and what to do', () => {
    expect(failureLines(failed('It broke.'), 'presync: ')).toEqual(['presync: It broke.', '  hint: Look.']);
  });

  test('in a Dockerfile begins with its place', () => {
    const parse = failed('dockerfile parse error on line 3: unknown instruction: FRM', { line: 3 });
    expect(failureLines(parse, '', 'docker/app.Dockerfile')[0]).toBe(
      'docker/app.Dockerfile:3: dockerfile parse error on line 3: unknown instruction: FRM',
    );
  });

  test('says its place once', () => {
    const step = failed('app.Dockerfile:3: "RUN x" failed with exit code 1.', { line: 3, endLine: 5 });
    expect(failureLines(step, '', 'docker/app.Dockerfile')[0]).toBe(
      'docker/app.Dockerfile:3: "RUN x" failed with exit code 1.',
    );
  });

  test('keeps a message that only looks as if it named the place', () => {
    const step = failed('a/b:3: not found', { line: 3 });
    expect(failureLines(step, '', 'Dockerfile')[0]).toBe('Dockerfile:3: a/b:3: not found');
  });

  test('in an ignore file has no place in the Dockerfile', () => {
    const rule = new PresyncError('IGNORE_PATTERN', '.dockerignore, line 3: x.', { data: { line: 3 } });
    expect(failureLines(rule, '', 'Dockerfile')).toEqual(['.dockerignore, line 3: x.']);
  });
});
