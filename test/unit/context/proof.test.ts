import { expect, test } from 'vitest';
import type { Path } from '../../../src/context/path.ts';
import type { Proof, Verdict } from '../../../src/context/proof.ts';
import { joinProofs } from '../../../src/context/proof.ts';

const proof = (verdict: Verdict, path?: string, ms = 1): Proof => {
  return { verdict, paths: path === undefined ? [] : [path as Path], count: path === undefined ? 0 : 1, ms };
};

test('what is proven is all of it', () => {
  expect(joinProofs([proof('equal'), proof('equal', undefined, 5)])).toEqual(proof('equal', undefined, 5));
});

test('one that lacks something outweighs all others, and names what', () => {
  expect(joinProofs([proof('moved', 'a'), proof('missed', 'b'), proof('equal')])).toEqual(proof('missed', 'b'));
});

test('what has moved on is told of each', () => {
  const joined = joinProofs([proof('moved', 'a'), proof('equal'), proof('moved', 'b')]);
  expect(joined).toEqual({ verdict: 'moved', paths: ['a', 'b'], count: 2, ms: 1 });
});
