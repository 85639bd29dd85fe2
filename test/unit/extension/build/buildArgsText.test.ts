import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBuildArgs, writeBuildArgs } from '../../../../src/extension/build/buildArgsText.ts';

test.each([
  ['', []],
  ['A=1', ['A=1']],
  ['  A=1   B= ', ['A=1', 'B=']],
  ['"A=one two" B=x=y', ['A=one two', 'B=x=y']],
  ['"A=say \\"hi\\" \\\\ bye"', ['A=say "hi" \\ bye']],
])('%j is %j', (text, pairs) => {
  expect(readBuildArgs(text)).toEqual(pairs);
});

test.each(['A', '=1', 'A=1 B', '"A=1', 'A="b"', '"A=1"B=2'])('%j is none', (text) => {
  expect(readBuildArgs(text)).toBeUndefined();
});

test('what is written reads as the same', () => {
  const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), (pairs) => {
      const args = pairs.map(([key, value]) => `${key}=${value}`);
      expect(readBuildArgs(writeBuildArgs(args))).toEqual(args);
    }),
  );
});
