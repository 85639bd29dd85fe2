import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ChoiceMemory, usualChoice, usualTag } from '../../../../src/extension/build/buildChoice.ts';
import { parseTag } from '../../../../src/context/tagName.ts';
import { sourceOf } from '../../../../src/extension/contexts/contextSource.ts';
import { MapMemory } from '../../../support/mapMemory.ts';

const app = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };

test.each([
  ['/ws/app', 'app:latest'],
  ['/ws/My Shop!', 'my-shop:latest'],
  ['/ws/--x__y--', 'x-y:latest'],
  ['/ws/日本', 'app:latest'],
  ['/', 'app:latest'],
  [`/ws/${'long'.repeat(60)}`, `${'long'.repeat(25)}:latest`],
])('the usual tag of %s is %s, and is one', (folder, tag) => {
  expect(usualTag(sourceOf(join(folder, 'Dockerfile')))).toBe(tag);
  expect(() => parseTag(tag)).not.toThrow();
});

test.each([
  ['/ws/app/Dockerfile.dev', 'app-dev:latest'],
  ['/ws/app/web.Dockerfile', 'app-web:latest'],
  ['/ws/app/Containerfile', 'app:latest'],
  ['/ws/app/docker/Dockerfile', 'app-docker:latest'],
  ['/ws/app/.devcontainer/Dockerfile', 'app-devcontainer:latest'],
  ['/build/Dockerfile', 'build:latest'],
])('the usual tag of %s is %s: not that of another Dockerfile beside or around it', (dockerfile, tag) => {
  expect(usualTag(sourceOf(dockerfile))).toBe(tag);
});

test('a choice is remembered per Dockerfile, without the values of its build arguments', async () => {
  const memory = new MapMemory();
  const choices = new ChoiceMemory(memory);
  const choice = { source: app, tags: ['shop:1'], target: 'test', buildArgs: ['TOKEN=s3cret'], noCache: true };
  await choices.remember(choice, false);
  await choices.built(choice);
  expect(new ChoiceMemory(memory).choiceFor(app)).toEqual({ ...choice, buildArgs: [] });
  expect(choices.choiceFor({ ...app, dockerfile: '/ws/app/web.Dockerfile' }).tags).toEqual(['app-web:latest']);
  expect(memory.written).not.toContain('s3cret');
  // In this window a rebuild is the same build.
  expect(choices.last).toEqual(choice);
  expect(new ChoiceMemory(memory).last).toEqual({ ...choice, buildArgs: [] });
});

test('on request the values are kept', async () => {
  const memory = new MapMemory();
  const choices = new ChoiceMemory(memory);
  const choice = { ...usualChoice(app), buildArgs: ['A=1'] };
  await choices.remember(choice, true);
  await choices.built(choice);
  expect(new ChoiceMemory(memory).choiceFor(app).buildArgs).toEqual(['A=1']);
  expect(new ChoiceMemory(memory).last?.buildArgs).toEqual(['A=1']);
});

test('nothing was built at first', () => {
  expect(new ChoiceMemory(new MapMemory()).last).toBeUndefined();
});
