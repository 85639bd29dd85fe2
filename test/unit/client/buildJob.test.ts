import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import type { BuildListener } from '../../../src/client/buildClient.ts';
import { runBuildJob } from '../../../src/client/buildJob.ts';
import { LocalContext } from '../../../src/client/localContext.ts';
import { clientLimits } from '../../../src/client/limits.ts';
import type { Message } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { FakeDaemon } from '../../support/fakeDaemon.ts';
import { FakeEnvironment } from '../../support/fakeEnvironment.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const never = new AbortController().signal;

let home: string;
let root: string;
let daemon: FakeDaemon;
let env: FakeEnvironment;
/** What the listener was told, oldest first. */
let told: string[];

const listener: BuildListener = {
  onEvent: (event) => {
    if (event.type === 'warning') told.push(`warning ${event.line}`);
  },
  onStarted: () => told.push('started'),
};

beforeEach(() => {
  home = temporaryFolder();
  root = join(home, 'context');
  mkdirSync(root);
  writeFileSync(join(root, 'a'), '1');
  daemon = new FakeDaemon();
  env = new FakeEnvironment(home, daemon);
  told = [];
  daemon.onBuild = (exchange, message) => void succeed(exchange, message);
});

async function start(exchange: Exchange): Promise<void> {
  await exchange.send({ type: 'events', events: [{ type: 'started', snapshot: daemon.head!.digest }] });
}

async function succeed(exchange: Exchange, message: Message): Promise<void> {
  if (message.type !== 'build') throw new Error(message.type);
  await start(exchange);
  const transfer = { diffCopies: 0, files: 0, bytes: 0 };
  const result = { imageId: 'sha256:1', imageBytes: 5, metadata: new Map(), generation: 'g', solveMs: 1, transfer };
  await exchange.send({ type: 'done', snapshot: daemon.head!.digest, result, sent: { files: 0, bytes: 0 } });
}

async function fail(exchange: Exchange, code: PresyncError['code']): Promise<void> {
  await exchange.send({ type: 'error', error: new PresyncError(code, 'no') });
}

async function build(dockerfile = 'FROM scratch\nCOPY a /\n') {
  const context = await LocalContext.open({
    folder: root,
    dockerfile: join(root, 'Dockerfile'),
    installation: 'i',
    cacheDirectory: env.cacheDirectory,
    neededDirectory: env.neededDirectory,
    prover: env.prover,
  });
  const request = {
    dockerfile: { name: 'Dockerfile', content: Buffer.from(dockerfile) },
    tags: [],
    target: undefined,
    buildArgs: new Map(),
    noCache: false,
  };
  const job = { context, request, builder: '', daemon: 'unix:///some.sock', proof: 'off' } as const;
  return runBuildJob(env, job, listener, never);
}

describe('a build', () => {
  test('pushes what the folder holds, builds, and saves the cache', async () => {
    const { snapshot, result, sent } = await build();
    expect(snapshot).toBe(daemon.head?.digest);
    expect(result).toMatchObject({ imageId: 'sha256:1', imageBytes: 5 });
    expect(sent).toEqual({ files: 1, bytes: 1 });
    expect(env.reached).toEqual(['unix:///some.sock']);
    expect(readdirSync(join(env.cacheDirectory, 'contexts'))).toHaveLength(1);
  });

  test('succeeds where the cache cannot be saved', async () => {
    writeFileSync(env.cacheDirectory, 'no folder');
    expect((await build()).snapshot).toBe(daemon.head?.digest);
  });

  test.each(['DAEMON_DRAINING', 'LINK_LOST'] as const)('is begun again when a daemon ends it by %s', async (code) => {
    let builds = 0;
    daemon.onBuild = (exchange, message) =>
      void (++builds < clientLimits.buildAttempts ? fail(exchange, code) : succeed(exchange, message));
    await build();
    expect(builds).toBe(clientLimits.buildAttempts);
  });

  test('is not begun again for ever', async () => {
    daemon.onBuild = (exchange) => void fail(exchange, 'DAEMON_DRAINING');
    await expect(build()).rejects.toMatchObject({ code: 'DAEMON_DRAINING' });
    expect(env.reached).toHaveLength(clientLimits.buildAttempts);
  });

  test('is not begun again once the solve was sent, nor when it failed by itself', async () => {
    daemon.onBuild = (exchange) => void start(exchange).then(() => fail(exchange, 'LINK_LOST'));
    await expect(build()).rejects.toMatchObject({ code: 'LINK_LOST' });
    daemon.onBuild = (exchange) => void fail(exchange, 'BUILD_FAILED');
    await expect(build()).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(env.reached).toHaveLength(2);
  });
});

describe('what is copied in vain', () => {
  const dockerfile = 'FROM scratch\nCOPY out /\nCOPY a /\n';

  test('is warned of once the build has started', async () => {
    writeFileSync(join(root, '.dockerignore'), 'out\n');
    await build(dockerfile);
    expect(told).toEqual(['started', 'warning 2']);
  });

  test('is warned of before a build that fails has ended', async () => {
    writeFileSync(join(root, '.dockerignore'), 'out\n');
    daemon.onBuild = (exchange) => void start(exchange).then(() => fail(exchange, 'BUILD_FAILED'));
    await expect(build(dockerfile)).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(told).toEqual(['started', 'warning 2']);
  });

  test('is nothing without an ignore file', async () => {
    await build(dockerfile);
    expect(told).toEqual(['started']);
  });
});
