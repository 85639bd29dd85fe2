import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sourceOf } from '../../../../src/extension/contexts/contextSource.ts';
import { contextOf, isDockerfile } from '../../../../src/extension/contexts/dockerfiles.ts';
import { resetVscode } from '../../../support/vscode.ts';

beforeEach(() => resetVscode());

test('a Dockerfile belongs to its own context, in whatever order two of one folder are', () => {
  const [plain, dev] = [sourceOf('/ws/Dockerfile'), sourceOf('/ws/Dockerfile.dev')];
  for (const sources of [
    [plain, dev],
    [dev, plain],
  ]) {
    expect(contextOf('/ws/Dockerfile.dev', sources)).toEqual(dev);
    expect(contextOf('/ws/Dockerfile', sources)).toEqual(plain);
  }
  const inner = sourceOf('/ws/api/Dockerfile');
  expect(contextOf('/ws/api/main.txt', [plain, inner])).toEqual(inner);
  expect(contextOf('/elsewhere/main.txt', [plain, inner])).toBeUndefined();
});

test.each([
  ['/ws/Dockerfile', true],
  ['/ws/Containerfile.dev', true],
  ['/ws/web.dockerfile', true],
  ['/ws/main.txt', false],
  ['/ws/Dockerfiles', false],
  ['/ws/Dockerfile.dockerignore', false],
])('%s is a Dockerfile: %s, here as in the menu of the explorer', (path, expected) => {
  expect(isDockerfile(path)).toBe(expected);
  const [, pattern] = /resourceFilename =~ \/((?:[^/])+)\/ /.exec(explorerItem().when)!;
  expect(new RegExp(pattern!).test(basename(path)) && !path.endsWith('.dockerignore')).toBe(expected);
});

function explorerItem(): { readonly when: string } {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { menus: { 'explorer/context': [{ when: string }] } };
  };
  return contributes.menus['explorer/context'][0];
}
