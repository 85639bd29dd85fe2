import { beforeEach, expect, test } from 'vitest';
import { Emitter } from '../../../../src/base/emitter.ts';
import { cancelled, PresyncError } from '../../../../src/base/errors.ts';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import type { BuildChoice } from '../../../../src/extension/build/buildChoice.ts';
import { usualChoice } from '../../../../src/extension/build/buildChoice.ts';
import type { EndedBuild } from '../../../../src/extension/build/buildRunner.ts';
import { BuildRunner } from '../../../../src/extension/build/buildRunner.ts';
import type { BuildSummary, WorkerEvents } from '../../../../src/extension/link/workerApi.ts';
import { settle } from '../../../support/fakeClock.ts';

const choice = usualChoice({ folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' });
const never = new AbortController().signal;
const summary = { imageId: 'sha256:1', totalMs: 40 } as BuildSummary;

interface Asked {
  readonly id: number;
  readonly signal: AbortSignal;
  end(result: BuildSummary | PresyncError): void;
}

let asked: Asked[];
let prepared: Promise<void>;
let onProgress: Emitter<WorkerEvents['progress']>;
let runner: BuildRunner;
let begun: BuildChoice[];
let ended: EndedBuild[];

beforeEach(() => {
  asked = [];
  begun = [];
  ended = [];
  prepared = Promise.resolve();
  onProgress = new Emitter();
  runner = new BuildRunner({
    worker: {
      request: (_method, params, signal) =>
        new Promise<never>((resolve, reject) => {
          const { id } = params as { id: number };
          signal!.addEventListener('abort', () => reject(cancelled()));
          const end = (result: BuildSummary | PresyncError) =>
            result instanceof PresyncError ? reject(result) : resolve(result as never);
          asked.push({ id, signal: signal!, end });
        }),
    },
    onProgress: onProgress.event,
    destination: () => ({ builder: '', daemon: '' }),
    proof: () => 'concurrent',
    prepare: () => prepared,
  });
  runner.onDidBegin((build) => begun.push(build));
  runner.onDidEnd((build) => ended.push(build));
});

const listener = { onEvent: () => {} };
const vertex = (name: string): ProgressEvent => ({
  type: 'vertex',
  digest: name,
  name,
  cached: false,
  started: 1,
  completed: undefined,
  error: '',
});

test('events go to the listener of their own build, and the step is known meanwhile', async () => {
  const seen: ProgressEvent[] = [];
  const build = runner.run(choice, { onEvent: (event) => seen.push(event) }, never);
  await settle();
  expect(runner.step).toBe('');
  const events = [vertex('[internal] load build definition'), vertex('[2/3] RUN  make')];
  onProgress.emit({ id: asked[0]!.id, events });
  onProgress.emit({ id: 99, events: [vertex('other')] });
  expect(seen).toEqual(events);
  expect(runner.step).toBe('[2/3] RUN make');
  asked[0]!.end(summary);
  expect(await build).toBe(summary);
  expect(runner.step).toBeUndefined();
  expect(runner.lastBuild).toBe('app:latest in 40 ms');
  expect([begun, runner.succeeded]).toEqual([[choice], true]);
  expect(ended).toMatchObject([{ choice, summary, error: undefined }]);
});

test('a build that the user does not agree to is not asked for', async () => {
  prepared = Promise.reject(cancelled());
  await expect(runner.run(choice, listener, never)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(asked).toEqual([]);
  expect(runner.running).toBe(false);
  expect(ended[0]!.error?.code).toBe('CANCELLED');
  expect(runner.lastBuild).toBeUndefined();
  expect(begun).toEqual([]);
});

test('cancel ends every build, in the worker too', async () => {
  const builds = [runner.run(choice, listener, never), runner.run({ ...choice, target: 'test' }, listener, never)];
  await settle();
  runner.cancel();
  const codes = await Promise.all(builds.map((build) => build.catch((error: PresyncError) => error.code)));
  expect(codes).toEqual(['CANCELLED', 'CANCELLED']);
  expect(asked.every(({ signal }) => signal.aborted)).toBe(true);
});

test('the terminal that is closed cancels its own build', async () => {
  const close = new AbortController();
  const build = runner.run(choice, listener, close.signal);
  await settle();
  close.abort();
  await expect(build).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a newer build of the same takes the place of the one that runs; another target does not', async () => {
  const first = runner.run(choice, listener, never);
  const other = runner.run({ ...choice, target: 'test' }, listener, never);
  await settle();
  void runner.run(choice, listener, never).catch(() => {});
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
  await settle();
  asked[1]!.end(summary);
  await expect(other).resolves.toBe(summary);
});

test('a failed build keeps its warnings and says that it failed', async () => {
  const build = runner.run(choice, listener, never);
  await settle();
  const warning: ProgressEvent = { type: 'warning', vertex: '', message: 'm', detail: '', url: '', line: 3 };
  onProgress.emit({ id: asked[0]!.id, events: [warning] });
  asked[0]!.end(new PresyncError('BUILD_FAILED', 'no', { data: { line: 3 } }));
  await expect(build).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  expect(ended[0]).toMatchObject({ events: [warning], error: { code: 'BUILD_FAILED', data: { line: 3 } } });
  expect(runner.lastBuild).toBe('app:latest failed');
  // It can be run again, and is no success.
  expect([begun, runner.succeeded]).toEqual([[choice], false]);
});
