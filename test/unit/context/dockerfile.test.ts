import { describe, expect, test } from 'vitest';
import { checkDockerfile, ignoreFileCandidates } from '../../../src/context/dockerfile.ts';

test('the ignore file of a Dockerfile comes before that of the context', () => {
  expect(ignoreFileCandidates('Dockerfile')).toEqual(['Dockerfile.dockerignore', '.dockerignore']);
  expect(ignoreFileCandidates('app.Dockerfile')).toEqual(['app.Dockerfile.dockerignore', '.dockerignore']);
});

describe('a Dockerfile', () => {
  const check = (text: string, name = 'Dockerfile') => {
    checkDockerfile({ name, content: new TextEncoder().encode(text) });
  };

  test.each([
    '',
    '\n\n',
    '# only\n\n  # comments\n',
    '\t\r\n \r\n',
    '\ufeff',
    '\ufeff# comment',
    '\u00a0\n',
    '\u0085# comment\n',
    '# syntax=docker/dockerfile:1\n',
    '#!/usr/bin/env docker\n',
  ])('of %j is empty', (text) => {
    const empty: unknown = expect.objectContaining({ code: 'DOCKERFILE_EMPTY' });
    expect(() => check(text)).toThrow(empty);
  });

  test('that is empty is named, with what to do', () => {
    expect(() => check('', 'app.Dockerfile')).toThrow(
      expect.objectContaining({
        message: 'The app.Dockerfile is empty.',
        hint: expect.stringContaining('FROM') as string,
      }),
    );
    expect(() => check('# x')).toThrow('The Dockerfile has no instructions.');
  });

  // BuildKit says what is wrong with these; its own frontend is the truth.
  test.each([
    'FROM scratch',
    '\ufeffFROM scratch\n',
    '# c\r\nfrom scratch\r\n',
    '\\\n',
    'no instruction',
    '\ufeff\ufeff',
    '\0',
  ])('of %j is not', (text) => {
    expect(() => check(text)).not.toThrow();
  });
});
