import { describe, expect, it } from 'vitest';
import { checkTags } from '../../../src/builder/solve/tags.ts';

describe('image names', () => {
  it.each(['app:dev', 'registry.example:5000/team/app__x:V1.2-rc_3', 'localhost/a', '[::1]:5000/a'])(
    'may be %j',
    (tag) => {
      expect(checkTags([tag])).toEqual([tag]);
    },
  );

  it.each([
    '',
    'a,b',
    'app:x,evil:latest',
    'App',
    'app:',
    'app:-x',
    'app: x',
    'app\n',
    'a//b',
    '/a',
    'a/',
    `app@sha256:${'0'.repeat(64)}`,
    `app:${'t'.repeat(129)}`,
    'a_-b',
    `${'a/'.repeat(200)}a`,
  ])('refuses %j', (tag) => {
    expect(() => checkTags(['ok', tag])).toThrow(expect.objectContaining({ code: 'BAD_TAG' }));
  });

  it('are checked in linear time', () => {
    const start = performance.now();
    expect(() => checkTags([`${'a-'.repeat(50_000)}!`])).toThrow();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
