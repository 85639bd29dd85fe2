import { describe, expect, test } from 'vitest';
import { isWithin, nameOf, namesOf, readSources, sourceOf } from '../../../../src/extension/contexts/contextSource.ts';

const usual = { folder: '/ws', dockerfile: '/ws/Dockerfile' };

describe('the setting presync.contexts', () => {
  test.each([[undefined], [null], [[]]])('%j means the folder with its Dockerfile', (value) => {
    expect(readSources(value, '/ws')).toEqual({ sources: [usual], named: false, problem: undefined });
  });

  test('names a Dockerfile, and a context apart from it', () => {
    const value = [{ dockerfile: 'web/Dockerfile' }, { dockerfile: 'docker/app.Dockerfile', context: '.' }];
    expect(readSources(value, '/ws')).toEqual({
      sources: [
        { folder: '/ws/web', dockerfile: '/ws/web/Dockerfile' },
        { folder: '/ws', dockerfile: '/ws/docker/app.Dockerfile' },
      ],
      named: true,
      problem: undefined,
    });
  });

  test.each([
    ['text', 'list'],
    [[1], 'object'],
    [[{}], '"dockerfile"'],
    [[{ dockerfile: 7 }], '"dockerfile"'],
    [[{ dockerfile: 'Dockerfile', context: [] }], '"context"'],
    [[{ dockerfile: '../other/Dockerfile' }], 'inside'],
    [[{ dockerfile: 'Dockerfile', context: '..' }], 'inside'],
    [[{ dockerfile: 'Dockerfile', context: 'a/../../..' }], 'inside'],
    [[{ dockerfile: '/etc/Dockerfile' }], 'inside'],
    [[{ dockerfile: 'Dockerfile', context: '/' }], 'inside'],
  ])('%j is refused, in words, and the usual context stays', (value, words) => {
    const { sources, problem } = readSources(value, '/ws');
    expect(sources).toEqual([usual]);
    expect(problem).toContain(words);
  });

  test('one wrong entry does not take the others away', () => {
    const { sources, problem } = readSources([{ dockerfile: '../x' }, { dockerfile: 'web/Dockerfile' }], '/ws');
    expect(sources).toEqual([sourceOf('/ws/web/Dockerfile')]);
    expect(problem).toContain('../x');
  });
});

test.each([
  ['/ws/a', true],
  ['/ws', true],
  ['/ws/..a', true],
  ['/wsa', false],
  ['/', false],
  ['/ws/../x', false],
])('%s is within /ws: %s', (path, within) => {
  expect(isWithin(path, '/ws')).toBe(within);
});

test('a name says which Dockerfile where it is not the usual one', () => {
  expect(nameOf(sourceOf('/home/me/shop/Dockerfile'))).toBe('shop');
  expect(nameOf({ folder: '/home/me/shop', dockerfile: '/home/me/shop/docker/web.Dockerfile' })).toBe(
    'shop (docker/web.Dockerfile)',
  );
});

test('names tell folders of one name apart, with no more of their paths than that takes', () => {
  const files = ['/ws/one/app', '/ws/two/app', '/ws/web', '/a/x/docker', '/b/x/docker', '/docker'];
  const sources = files.map((folder) => sourceOf(`${folder}/Dockerfile`));
  expect([...namesOf(sources).values()]).toEqual(['one/app', 'two/app', 'web', 'a/x/docker', 'b/x/docker', '/docker']);
  expect([...namesOf([...sources.slice(2, 3), sourceOf('/ws/web/Dockerfile.dev')]).values()]).toEqual([
    'web',
    'web (Dockerfile.dev)',
  ]);
});
