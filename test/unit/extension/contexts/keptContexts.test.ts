import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/emitter.ts';
import { PresyncError } from '../../../../src/base/errors.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { keyOf } from '../../../../src/extension/contexts/contextSource.ts';
import { KeptContexts } from '../../../../src/extension/contexts/keptContexts.ts';
import type { WorkerEvents, WorkerLink } from '../../../../src/extension/link/workerApi.ts';
import { contextPhase } from '../../../../src/extension/status/statusModel.ts';
import { someView } from '../../../support/contextViews.ts';
import { settle } from '../../../support/fakeClock.ts';

const app = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };
const web = { folder: '/ws/web', dockerfile: '/ws/other/web.Dockerfile' };
const here = { builder: '', daemon: '' };

class RecordingWorker implements WorkerLink {
  readonly asked: string[] = [];
  readonly onContext = new Emitter<WorkerEvents['context']>();
  readonly onDidRestart = new Emitter<void>();
  refuses: PresyncError | undefined;

  request(method: string, params: unknown): Promise<never> {
    const { key = '', file } = params as { key?: string; file?: string };
    this.asked.push([method, key.split('\0')[0], file].filter((part) => part !== undefined).join(' '));
    return this.refuses === undefined ? Promise.resolve(null as never) : Promise.reject(this.refuses);
  }

  takeAsked(): string[] {
    return this.asked.splice(0);
  }
}

let worker: RecordingWorker;
let kept: KeptContexts;

beforeEach(() => {
  worker = new RecordingWorker();
  const { onContext, onDidRestart } = worker;
  kept = new KeptContexts({
    worker,
    onContext: onContext.event,
    onDidRestart: onDidRestart.event,
    logger: silentLogger,
  });
});

test('exactly what is wanted is kept', () => {
  kept.set([app, web], here);
  expect(worker.takeAsked()).toEqual(['keep /ws/app', 'keep /ws/web']);
  kept.set([web], here);
  expect(worker.takeAsked()).toEqual(['release /ws/app']);
  kept.set([web], here);
  expect(worker.takeAsked()).toEqual([]);
  expect(kept.all.map(({ name }) => name)).toEqual(['web (../other/web.Dockerfile)']);
});

test('their names tell them apart, as long as there is another', () => {
  const one = { folder: '/ws/one/app', dockerfile: '/ws/one/app/Dockerfile' };
  kept.set([one], here);
  worker.onContext.emit({ key: keyOf(one), view: someView() });
  kept.set([one, { folder: '/ws/two/app', dockerfile: '/ws/two/app/Dockerfile' }], here);
  expect(kept.all.map(({ name }) => name)).toEqual(['one/app', 'two/app']);
  expect(kept.all[0]!.view).toEqual(someView());
  expect(worker.asked).toEqual(['keep /ws/one/app', 'keep /ws/two/app']);
  kept.set([one], here);
  expect(kept.all.map(({ name }) => name)).toEqual(['app']);
});

test('one whose Dockerfile is gone has nothing to build, and stays in sync meanwhile', () => {
  kept.set([app, web], here);
  worker.takeAsked();
  kept.setWithoutDockerfile([web]);
  worker.onContext.emit({ key: keyOf(web), view: someView() });
  expect(kept.all.map(({ failure }) => failure)).toMatchObject([undefined, { code: 'DOCKERFILE_NOT_FOUND' }]);
  expect(kept.all.map(contextPhase)).toEqual(['syncing', 'attention']);
  kept.setWithoutDockerfile([]);
  expect(kept.all.map(contextPhase)).toEqual(['syncing', 'inSync']);
  expect(worker.asked).toEqual([]);
});

test('another builder means keeping it anew', () => {
  kept.set([app], here);
  worker.onContext.emit({ key: keyOf(app), view: someView() });
  kept.set([app], { builder: 'tcp://there:1', daemon: '' });
  expect(worker.asked).toEqual(['keep /ws/app', 'keep /ws/app']);
  expect(kept.all[0]!.view).toBeUndefined();
});

test('so does the wish to have builds run in the background', () => {
  kept.set([app], here);
  kept.set([app], here, true);
  kept.set([app], here, true);
  expect(worker.asked).toEqual(['keep /ws/app', 'keep /ws/app']);
});

test('a worker that was replaced is told everything again, and what is known is forgotten', () => {
  kept.set([app, web], here);
  worker.onContext.emit({ key: keyOf(app), view: someView() });
  expect(kept.all[0]!.view).toBeDefined();
  worker.takeAsked();
  worker.onDidRestart.emit();
  expect(worker.asked).toEqual(['keep /ws/app', 'keep /ws/web']);
  expect(kept.all[0]!.view).toBeUndefined();
});

describe('while it is paused', () => {
  beforeEach(() => {
    kept.set([app], here);
    kept.setPaused(true);
  });

  test('nothing is kept, and nothing that is saved is told', () => {
    kept.saved('/ws/app/x');
    kept.set([app, web], here);
    worker.onDidRestart.emit();
    expect(worker.asked).toEqual(['keep /ws/app', 'release /ws/app']);
  });

  test('a late view does not make it look alive', () => {
    worker.onContext.emit({ key: keyOf(app), view: someView() });
    expect(kept.all[0]!.view).toBeUndefined();
  });

  test('resuming keeps all of it', () => {
    kept.set([app, web], here);
    worker.takeAsked();
    kept.setPaused(false);
    expect(worker.asked).toEqual(['keep /ws/app', 'keep /ws/web']);
  });
});

test('a saved file is told to the contexts that it is in, or is the Dockerfile or the ignore file of', () => {
  kept.set([app, web], here);
  worker.takeAsked();
  const recipe = '/ws/other/web.Dockerfile';
  for (const file of ['/ws/app/src/x', recipe, `${recipe}.dockerignore`, '/ws/other/x', '/ws/apple']) kept.saved(file);
  expect(worker.asked).toEqual([
    'saved /ws/app /ws/app/src/x',
    `saved /ws/web ${recipe}`,
    `saved /ws/web ${recipe}.dockerignore`,
  ]);
});

test('a context that the worker cannot keep says why, until the worker says more', async () => {
  worker.refuses = new PresyncError('CONTEXT_NOT_FOUND', 'gone', { hint: 'look' });
  kept.set([app], here);
  await settle();
  expect(kept.all[0]!.failure).toMatchObject({ code: 'CONTEXT_NOT_FOUND', message: 'gone', hint: 'look' });
  worker.onContext.emit({ key: keyOf(app), view: someView() });
  expect(kept.all[0]!.failure).toBeUndefined();
});

test('news of a context that is no longer kept are ignored', () => {
  kept.set([app], here);
  kept.set([], here);
  worker.onContext.emit({ key: keyOf(app), view: someView() });
  expect(kept.all).toEqual([]);
});
