import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import { formatDigest } from '../../../../src/context/digest.ts';
import { exportFlag } from '../../../../src/extension/build/exportFlag.ts';
import type { BuildParams } from '../../../../src/extension/link/workerApi.ts';
import { runBuild } from '../../../../src/extension/worker/build.ts';
import { EventBatch } from '../../../../src/extension/worker/eventBatch.ts';
import { Readings } from '../../../../src/extension/worker/readings.ts';
import type { Build } from '../../../../src/protocol/message.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { FakeDaemon } from '../../../support/fakeDaemon.ts';
import { FakeEnvironment } from '../../../support/fakeEnvironment.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

let root: string;
let daemon: FakeDaemon;
let env: FakeEnvironment;
let asked: Build | undefined;
let told: (readonly ProgressEvent[])[];

const transfer = { diffCopies: 1, files: 2, bytes: 3 };
const vertex = {
  type: 'vertex',
  digest: 'd',
  name: 'COPY',
  cached: false,
  started: 1,
  completed: 2,
  error: '',
} as const;

beforeEach(() => {
  const home = temporaryFolder();
  root = join(home, 'context');
  mkdirSync(root);
  writeFileSync(join(root, 'app.Dockerfile'), 'FROM scratch\nCOPY . /\n');
  daemon = new FakeDaemon();
  env = new FakeEnvironment(home, daemon, { FROM_ENV: 'value' });
  asked = undefined;
  told = [];
  daemon.onBuild = async (exchange, message) => {
    asked = message as Build;
    if (asked.hold) await exchange.expect('release');
    const snapshot = daemon.head!.digest;
    await exchange.send({ type: 'events', events: [{ type: 'started', snapshot }, vertex] });
    if (asked.hold) await exchange.expect('release');
    const result = { imageId: 'sha256:1', imageBytes: 5, metadata: new Map(), generation: 'g', solveMs: 7, transfer };
    await exchange.send({ type: 'done', snapshot, result, sent: { files: 0, bytes: 0 } });
  };
});

function build(changes: Partial<BuildParams> = {}) {
  const params: BuildParams = {
    source: { folder: root, dockerfile: join(root, 'app.Dockerfile') },
    destination: { builder: '', daemon: '' },
    tags: [],
    target: '',
    buildArgs: [],
    noCache: false,
    proof: 'concurrent',
    ...changes,
  };
  const readings = new Readings({ env, kept: () => undefined });
  const site = { env, context: (source: BuildParams['source']) => readings.open(source) };
  const events = new EventBatch(new FakeClock(), (gathered) => told.push(gathered));
  return runBuild(site, params, events, new AbortController().signal);
}

describe('a build for the extension host', () => {
  test('asks for what was chosen', async () => {
    await build({
      destination: { builder: 'tcp://builder:1', daemon: 'unix:///daemon.sock' },
      tags: ['App', 'app:2'].map((tag) => tag.toLowerCase()),
      target: 'stage',
      buildArgs: ['A=1', 'FROM_ENV', 'NOT_IN_ENV'],
      noCache: true,
    });
    expect(env.reached).toEqual(['unix:///daemon.sock']);
    expect(asked?.request).toMatchObject({
      dockerfile: { name: 'app.Dockerfile' },
      target: 'stage',
      noCache: true,
      buildArgs: new Map([
        ['A', '1'],
        ['FROM_ENV', 'value'],
      ]),
    });
    expect(asked?.request.tags).toHaveLength(2);
  });

  test('answers with what came of it, after everything that was told meanwhile', async () => {
    const summary = await build({ tags: ['app'] });
    expect(summary).toMatchObject({
      imageId: 'sha256:1',
      imageBytes: 5,
      snapshot: formatDigest(daemon.head!.digest),
      tags: asked?.request.tags,
      sent: { files: 1 },
      builder: transfer,
      verified: true,
      solveMs: 7,
    });
    expect(summary.readyMs).toBeGreaterThan(0);
    expect(summary.totalMs).toBeGreaterThanOrEqual(summary.readyMs);
    expect(told.flat()).toContainEqual(vertex);
  });

  test('puts an export where it was asked for, and says so', async () => {
    const dest = join(root, '../out.tar');
    daemon.onBuild = async (exchange, message) => {
      asked = message as Build;
      await exchange.send({ type: 'ask', call: 1, question: { kind: 'output', index: 0, stream: 2 } });
      expect(await exchange.expect('answer')).toMatchObject({ call: 1, reply: { kind: 'done' } });
      await exchange.send({ type: 'streamData', stream: 2, data: Buffer.from('the result') });
      await exchange.send({ type: 'streamEnd', stream: 2, error: undefined });
      await exchange.expect('streamEnd');
      const result = { imageId: '', imageBytes: 0, metadata: new Map(), generation: 'g', solveMs: 7, transfer };
      await exchange.send({ type: 'done', snapshot: daemon.head!.digest, result, sent: { files: 0, bytes: 0 } });
    };
    const summary = await build({ output: exportFlag('tar', dest), proof: 'off' });
    expect(summary).toMatchObject({ imageId: '', written: [dest] });
    expect(readFileSync(dest, 'utf8')).toBe('the result');
    expect(asked).toMatchObject({ offer: { outputs: true } });
    expect(asked?.request.outputs).toMatchObject([{ type: 'tar', receive: true }]);
  });

  test('tells what was told before a failure as well', async () => {
    daemon.onBuild = (exchange) =>
      void exchange.send({ type: 'events', events: [vertex] }).then(() => exchange.send({ type: 'cancel' }));
    await expect(build()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(told.flat()).toContainEqual(vertex);
  });

  test.each([
    ['a tag that is none', { tags: ['no tag'] }, 'BAD_TAG'],
    ['a build argument that is none', { buildArgs: ['=x'] }, 'BAD_BUILD_ARG'],
  ] as const)('refuses %s before anything is sent', async (_what, changes, code) => {
    await expect(build(changes)).rejects.toMatchObject({ code });
    expect(env.reached).toEqual([]);
  });

  test('says when there is no Dockerfile, and when it is empty', async () => {
    writeFileSync(join(root, 'app.Dockerfile'), '# nothing\n');
    await expect(build()).rejects.toMatchObject({ code: 'DOCKERFILE_EMPTY' });
    rmSync(join(root, 'app.Dockerfile'));
    await expect(build()).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
  });
});
