import { beforeEach, describe, expect, test } from 'vitest';
import type { Contexts } from '../../../../src/extension/commands/chooseSource.ts';
import {
  askToBuild,
  sourceOfDockerfile,
  sourceToBuild,
  allOf,
} from '../../../../src/extension/commands/chooseSource.ts';
import { sourceOf } from '../../../../src/extension/contexts/contextSource.ts';
import type { ContextSource } from '../../../../src/extension/link/workerApi.ts';
import type { Asked } from '../../../support/vscode.ts';
import { fake, resetVscode, Uri } from '../../../support/vscode.ts';

const [root, dev, api, web] = [
  'Dockerfile',
  'Dockerfile.dev',
  'services/api/Dockerfile',
  'services/web/Dockerfile',
].map((path) => sourceOf(`/ws/${path}`)) as [ContextSource, ContextSource, ContextSource, ContextSource];

let known: readonly ContextSource[];
let offered: readonly ContextSource[];

const contexts: Contexts = {
  sources: () => Promise.resolve(known),
  offered: () => Promise.resolve(offered),
  isKept: (source) => source === root,
};

beforeEach(() => {
  resetVscode();
  fake.addFolder('/ws');
  known = [root];
  offered = [root, dev, api, web];
});

const open = (path: string) => (fake.activeFile = `/ws/${path}`);
const picksOf = (asked: Asked | undefined) =>
  (asked!.items as { label: string; description: string }[]).map(({ label, description }) => [label, description]);
const pickLast = () => (fake.answer = ({ items }) => items.at(-1));

describe('Build Image', () => {
  test('asks nothing where one Dockerfile is known', async () => {
    open('services/api/main.txt');
    expect(await sourceToBuild(contexts)).toEqual(root);
    expect(fake.asked).toEqual([]);
  });

  test('builds the Dockerfile in the editor, known or not', async () => {
    open('services/api/Dockerfile');
    expect(await sourceToBuild(contexts)).toEqual(api);
    open('Dockerfile.dev');
    expect(await sourceToBuild(contexts)).toEqual(dev);
    known = [root, dev];
    expect(await sourceToBuild(contexts)).toEqual(dev);
    expect(fake.asked).toEqual([]);
  });

  test('takes the context that the settings have for it', async () => {
    const whole = { folder: '/ws', dockerfile: '/ws/services/web/Dockerfile' };
    known = [root, whole];
    open('services/web/Dockerfile');
    expect(await sourceToBuild(contexts)).toEqual(whole);
  });

  test('builds the innermost of several contexts that hold the file in the editor', async () => {
    known = [root, api, web];
    open('services/web/src/main.txt');
    expect(await sourceToBuild(contexts)).toEqual(web);
  });

  test('asks among all where nothing tells', async () => {
    known = [root, api];
    pickLast();
    expect(await sourceToBuild(contexts)).toEqual(web);
    known = [];
    fake.activeFile = '/elsewhere/Dockerfile';
    expect(await sourceToBuild(contexts)).toEqual(web);
    expect(fake.asked).toHaveLength(2);
  });
});

describe('Build Image…', () => {
  test('offers every Dockerfile by a name and a path of the workspace, and says which is kept', async () => {
    pickLast();
    expect(await askToBuild(contexts, 'Build Image')).toEqual(web);
    expect(fake.asked[0]!.text).toBe('Build Image');
    expect(picksOf(fake.asked[0])).toEqual([
      ['ws', 'Dockerfile · kept in sync'],
      ['ws (Dockerfile.dev)', 'Dockerfile.dev'],
      ['api', 'services/api/Dockerfile'],
      ['web', 'services/web/Dockerfile'],
    ]);
  });

  test('offers what the editor shows first, and once', async () => {
    open('services/api/Dockerfile');
    await askToBuild(contexts, 'Build Image');
    expect(picksOf(fake.asked[0]).map(([label]) => label)).toEqual(['api', 'ws', 'ws (Dockerfile.dev)', 'web']);
  });

  test('asks nothing where there is one, and says so where there is none', async () => {
    offered = [root];
    expect(await askToBuild(contexts, 'Build Image')).toEqual(root);
    known = offered = [];
    await expect(askToBuild(contexts, 'Build Image')).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
    await expect(allOf(contexts)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
    expect(fake.asked).toEqual([]);
  });
});

describe('Build This Dockerfile', () => {
  const of = (path: string) => sourceOfDockerfile(Uri.file(path) as never, contexts);

  test('builds what is one by its name, its language or the settings', async () => {
    expect(await of('/ws/services/api/Dockerfile')).toEqual(api);
    expect(await of('/ws/web.dockerfile')).toEqual(sourceOf('/ws/web.dockerfile'));
    known = [sourceOf('/ws/recipes/web')];
    expect(await of('/ws/recipes/web')).toEqual(known[0]);
    fake.disk.documents.set('/ws/odd', { uri: Uri.file('/ws/odd'), languageId: 'dockerfile' } as never);
    expect(await of('/ws/odd')).toEqual(sourceOf('/ws/odd'));
    open('Dockerfile.dev');
    expect(await sourceOfDockerfile(undefined, contexts)).toEqual(dev);
  });

  test.each(['/ws/main.txt', '/ws/Dockerfile.dockerignore', '/ws/Dockerfiles/notes.md', '/elsewhere/Dockerfile'])(
    'refuses %s',
    async (path) => {
      await expect(of(path)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
    },
  );

  test('refuses where no editor is open', async () => {
    await expect(sourceOfDockerfile(undefined, contexts)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
  });
});
