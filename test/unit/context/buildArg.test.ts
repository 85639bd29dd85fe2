import { describe, expect, test } from 'vitest';
import { parseBuildArg } from '../../../src/context/buildArg.ts';

describe('a build argument', () => {
  const env = { HOME: '/home/x', EMPTY: '', GONE: undefined };

  test.each([
    ['A=b', ['A', 'b']],
    ['A=', ['A', '']],
    ['A=b=c', ['A', 'b=c']],
    ['A= b ', ['A', ' b ']],
    ['a.b-c=1', ['a.b-c', '1']],
    ['HOME=', ['HOME', '']],
    ['HOME', ['HOME', '/home/x']],
    ['EMPTY', ['EMPTY', '']],
    ['ABSENT', undefined],
    ['GONE', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
  ])('%j is %j', (text, expected) => {
    expect(parseBuildArg(text, env)).toEqual(expected);
  });

  test.each(['', '=', '=value', ' =x', 'A B=c', ' A=b', 'A\0=b', '\n'])('%j is none', (text) => {
    const refused: unknown = expect.objectContaining({
      code: 'BAD_BUILD_ARG',
      hint: expect.stringContaining('NAME=value') as string,
    });
    expect(() => parseBuildArg(text, env)).toThrow(refused);
  });

  test('keeps its value out of the message', () => {
    expect(() => parseBuildArg('A B=hunter2', {})).toThrow(/^"A B" is no name of a build argument\.$/);
  });
});
