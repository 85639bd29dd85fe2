import { describe, expect, test } from 'vitest';
import { choiceOf, definitionOf } from '../../../../src/extension/tasks/taskDefinition.ts';

describe('a definition', () => {
  test('of nothing means the folder with its Dockerfile', () => {
    expect(choiceOf({ type: 'presync' }, '/ws/My App')).toEqual({
      source: { folder: '/ws/My App', dockerfile: '/ws/My App/Dockerfile' },
      tags: ['my-app:latest'],
      target: '',
      buildArgs: [],
      noCache: false,
    });
  });

  test('is relative to the workspace folder, and may leave it', () => {
    const definition = {
      dockerfile: 'docker/app.Dockerfile',
      context: '../shared/',
      tags: ['app:1', 'app:2'],
      target: 'test',
      buildArgs: { A: '1', B: 'x=y' },
      noCache: true,
    };
    expect(choiceOf(definition, '/ws')).toEqual({
      source: { folder: '/shared', dockerfile: '/ws/docker/app.Dockerfile' },
      tags: ['app:1', 'app:2'],
      target: 'test',
      buildArgs: ['A=1', 'B=x=y'],
      noCache: true,
    });
  });

  test('may ask for no tag', () => {
    expect(choiceOf({ tags: [] }, '/ws').tags).toEqual([]);
  });

  test('of a task without a folder needs absolute paths', () => {
    expect(choiceOf({ dockerfile: '/a/Dockerfile' }, undefined).source).toEqual({
      folder: '/a',
      dockerfile: '/a/Dockerfile',
    });
    expect(() => choiceOf({ dockerfile: 'a/Dockerfile' }, undefined)).toThrow('"a/Dockerfile" is relative to no');
  });

  test.each([
    { dockerfile: 5 },
    { dockerfile: '' },
    { context: null },
    { tags: 'app' },
    { tags: [1] },
    { target: 1 },
    { buildArgs: ['A=1'] },
    { buildArgs: { A: 1 } },
    { buildArgs: null },
    { noCache: 'yes' },
  ])('that is wrong is named: %j', (definition) => {
    const [name] = Object.keys(definition);
    expect(() => choiceOf(definition, '/ws')).toThrow(`"${name}" of the task has to be`);
  });
});

describe('the definition of a context', () => {
  test.each([
    [{ folder: '/ws', dockerfile: '/ws/Dockerfile' }, { dockerfile: 'Dockerfile' }],
    [{ folder: '/ws/a', dockerfile: '/ws/a/Dockerfile' }, { dockerfile: 'a/Dockerfile' }],
    [
      { folder: '/ws', dockerfile: '/ws/docker/x' },
      { dockerfile: 'docker/x', context: '.' },
    ],
  ])('means that context: %j', (source, definition) => {
    expect(definitionOf(source, '/ws')).toEqual({ type: 'presync', ...definition });
    expect(choiceOf(definitionOf(source, '/ws'), '/ws').source).toEqual(source);
  });
});
