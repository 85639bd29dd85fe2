import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import type { ContentReader } from '../../../src/builder/contentReader.ts';
import { Engine } from '../../../src/builder/engine.ts';
import { moby } from '../../../src/builder/generated/buildkit.js';
import { frame } from '../../../src/builder/grpc/framing.ts';
import type { MethodHandler } from '../../../src/builder/grpc/server.ts';
import { CallError } from '../../../src/builder/grpc/server.ts';
import { builderLimits } from '../../../src/builder/limits.ts';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { Contents } from '../../support/contents.ts';
import type { FakeEngineOptions } from '../../support/fakeEngine.ts';
import { FakeEngine } from '../../support/fakeEngine.ts';
import { receiveTree } from '../../support/fakeReceiver.ts';

const { SolveRequest, SolveResponse } = moby.buildkit.v1;

const contents = new Contents();
const content: ContentReader = {
  async *read(file) {
    yield contents.bytes.get(file.digest)!;
  },
};

const engines: Engine[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const engine of engines.splice(0)) engine.dispose();
});

async function connect(fake: FakeEngine, sessionId = 's1'): Promise<Engine> {
  const engine = await Engine.connect(fake.endpoint, { sessionId, content, logger: silentLogger });
  engines.push(engine);
  return engine;
}

const answer = (exporterResponse: Record<string, string> = {}) =>
  frame(SolveResponse.encode({ exporterResponse }).finish());

/** A Solve that hands its request on and answers with the outcome. */
function solver(
  solve: (request: moby.buildkit.v1.SolveRequest) => Promise<Record<string, string> | void>,
): MethodHandler {
  return async (call) => {
    for await (const message of call.messages) {
      await call.write(answer((await solve(SolveRequest.decode(message))) ?? {}));
    }
  };
}

/** Answers nothing, ever. */
const silent: MethodHandler = (call) =>
  new Promise((_resolve, reject) => call.signal.addEventListener('abort', () => reject(new Error('gone'))));

const idle = { Solve: solver(() => Promise.resolve()), Status: () => Promise.resolve() };

const tree = (): Snapshot => contents.snapshot(contents.file('a', 'aaa'), contents.file('b', 'bb'));

const order = (id = 'g1') => ({ id, sharedKey: 'key', contextName: 'x', tree: tree() });

const request: BuildRequest = {
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch\n') },
  tags: ['app'],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
};

const never = new AbortController().signal;

describe('connecting', () => {
  it('describes a Docker engine', async () => {
    const engine = await connect(await FakeEngine.start({ control: idle }));
    expect(engine.info).toEqual({ kind: 'docker', version: '99.1', apiVersion: '1.45', label: 'fake engine' });
  });

  it.each<[FakeEngineOptions, string]>([
    [{ apiVersion: '1.40', control: idle }, 'ENGINE_TOO_OLD'],
    [{ apiVersion: '1.9', control: idle }, 'ENGINE_TOO_OLD'],
    [{ osType: 'windows', control: idle }, 'ENGINE_TOO_OLD'],
    [{}, 'BUILDER_UNSUPPORTED'],
    [{ deaf: true }, 'ENGINE_LOST'],
  ])('refuses %j', async (options, code) => {
    const fake = await FakeEngine.start(options);
    await expect(connect(fake)).rejects.toMatchObject({ code, hint: expect.stringMatching(/\w/) as unknown });
  });

  it('opens the session inside the control connection to another machine', async () => {
    const fake = await FakeEngine.start({ control: idle, remote: true });
    await connect(fake, 'my-session');
    const [session] = fake.sessions;
    expect(session!.way).toBe('control');
    expect(session!.header('x-docker-expose-session-uuid')).toBe('my-session');
    expect(session!.header('x-docker-expose-session-grpc-method')).toContain('/moby.filesync.v1.FileSync/DiffCopy');
    const health = await session!.caller.unary('/grpc.health.v1.Health/Check', Buffer.alloc(0));
    expect(Buffer.from(health).toString('hex')).toBe('0801');
    const account = await session!.caller.unary('/moby.filesync.v1.Auth/Credentials', Buffer.alloc(0));
    expect(account).toHaveLength(0);
    const unknown = session!.caller.unary('/moby.filesync.v1.Auth/FetchToken', Buffer.alloc(0));
    await expect(unknown).rejects.toMatchObject({ status: { code: 12 } });
  });

  it.each<[string, FakeEngineOptions, 'control' | 'upgrade']>([
    ['here', {}, 'upgrade'],
    ['here, without upgrades', { sessionByUpgrade: false }, 'control'],
    ['elsewhere', { remote: true }, 'control'],
    ['elsewhere, without sessions in control', { remote: true, sessionInControl: false }, 'upgrade'],
  ])('opens it the cheaper way for an engine %s', async (_where, options, way) => {
    const fake = await FakeEngine.start({ control: idle, ...options });
    await connect(fake);
    expect(fake.sessions.map((session) => session.way)).toEqual([way]);
  });

  it('opens it by an upgrade, waiting for an id that is still in use', async () => {
    const fake = await FakeEngine.start({ control: idle, refusals: 2 });
    const engine = await connect(fake, 'my-session');
    const [session] = fake.sessions;
    expect(session!.way).toBe('upgrade');
    expect(session!.header('x-docker-expose-session-uuid')).toBe('my-session');
    engine.createGeneration(order());
    const headers = { 'dir-name': 'presync-x', 'exclude-patterns': '.presync-gen-g1' };
    expect((await receiveTree(session!.caller, headers)).files.size).toBe(2);
  });

  it('can be given up', async () => {
    const fake = await FakeEngine.start({ control: idle });
    const options = { sessionId: 's', content, logger: silentLogger, signal: AbortSignal.abort() };
    await expect(Engine.connect(fake.endpoint, options)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('priming', () => {
  it('solves the context alone, off the record, and counts what crossed', async () => {
    let seen: moby.buildkit.v1.SolveRequest | undefined;
    const fake: FakeEngine = await FakeEngine.start({
      control: {
        ...idle,
        Solve: solver(async (solve) => {
          seen = solve;
          const headers = { 'dir-name': 'presync-x', 'exclude-patterns': '.presync-gen-g1' };
          await receiveTree(fake.sessions[0]!.caller, headers, (path) => path === 'b');
        }),
      },
    });
    const engine = await connect(fake);
    const generation = engine.createGeneration(order());
    expect(await engine.prime(generation)).toEqual({ diffCopies: 1, files: 1, bytes: 2 });
    expect(seen).toMatchObject({ internal: true, session: 's1', exporter: '', frontend: '' });
    expect(generation.transfer).toEqual({ diffCopies: 1, files: 1, bytes: 2 });
  });

  it('goes on when the one who waits gives up', async () => {
    let finish = () => {};
    let aborted = false;
    const Solve: MethodHandler = async (call) => {
      call.signal.addEventListener('abort', () => (aborted = !finished));
      let finished = false;
      await new Promise<void>((resolve) => (finish = resolve));
      finished = true;
      await call.write(answer());
    };
    const engine = await connect(await FakeEngine.start({ control: { ...idle, Solve } }));
    const abort = new AbortController();
    const primed = engine.prime(engine.createGeneration(order()), abort.signal);
    setTimeout(() => abort.abort(), 50);
    await expect(primed).rejects.toMatchObject({ code: 'CANCELLED' });
    await sleep(50);
    expect(aborted).toBe(false);
    finish();
    await sleep(20);
    expect(aborted).toBe(false);
  });

  it('fails with what was wrong with the content', async () => {
    const fake: FakeEngine = await FakeEngine.start({
      control: {
        ...idle,
        Solve: solver(async () => {
          const headers = { 'dir-name': 'presync-x', 'exclude-patterns': '.presync-gen-g1' };
          const { error } = await receiveTree(fake.sessions[0]!.caller, headers);
          throw new CallError(2, `error from sender: ${error}`);
        }),
      },
    });
    const engine = await connect(fake);
    const short = { ...contents.file('a', 'aaa'), size: 4 };
    const primed = engine.prime(engine.createGeneration({ ...order(), tree: contents.snapshot(short) }));
    await expect(primed).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });
});

describe('building', () => {
  it('gives context and Dockerfile as graphs and returns the id', async () => {
    const requests: moby.buildkit.v1.SolveRequest[] = [];
    const Solve = solver((solve) => {
      requests.push(solve);
      return Promise.resolve({ 'containerimage.digest': 'sha256:1', 'containerimage.config.digest': 'sha256:2' });
    });
    const engine = await connect(await FakeEngine.start({ control: { ...idle, Solve } }));
    const generation = engine.createGeneration(order());
    const result = await engine.build(generation, request, () => {}, never);
    expect(result).toMatchObject({
      imageId: 'sha256:1',
      generation: 'g1',
      transfer: { diffCopies: 0, files: 0, bytes: 0 },
    });
    expect(requests[0]).toMatchObject({ frontend: 'dockerfile.v0', exporter: 'moby', internal: false });
    expect(Object.keys(requests[0]!.frontendInputs)).toEqual(['context', 'dockerfile']);
    expect(requests[0]!.frontendInputs['context']!.def).toEqual(generation.definition.def);
  });

  it.each([
    ['the size that the engine tells', '{"Size":12345}', 12345],
    ['none where there is no such image', undefined, 0],
    ['none where the engine answers something else', '{"Size":"large"}', 0],
    ['none where the answer is no JSON', 'oops', 0],
    ['none where the engine does not answer soon', 'silence', 0],
  ])('has the size of its image: %s', async (_what, image, imageBytes) => {
    const asked = performance.now();
    const Solve = solver(() => Promise.resolve({ 'containerimage.digest': 'sha256:1' }));
    const engine = await connect(await FakeEngine.start({ image, control: { ...idle, Solve } }));
    const result = await engine.build(engine.createGeneration(order()), request, () => {}, never);
    expect(result).toMatchObject({ imageId: 'sha256:1', imageBytes });
    // Not as long as for an answer that matters.
    expect(performance.now() - asked).toBeLessThan(builderLimits.requestMs);
  });

  it('ends at the engine when the signal fires', async () => {
    let ended = false;
    const Solve: MethodHandler = (call) => {
      call.signal.addEventListener('abort', () => (ended = true));
      return silent(call);
    };
    const engine = await connect(await FakeEngine.start({ control: { ...idle, Solve } }));
    const abort = new AbortController();
    const built = engine.build(engine.createGeneration(order()), request, () => {}, abort.signal);
    setTimeout(() => abort.abort(), 30);
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() => expect(ended).toBe(true), 20_000);
  });

  it('does not wait long for a status that does not end', async () => {
    const engine = await connect(await FakeEngine.start({ control: { ...idle, Status: silent } }));
    const start = performance.now();
    await engine.build(engine.createGeneration(order()), request, () => {}, never);
    expect(performance.now() - start).toBeLessThan(builderLimits.requestMs);
  });

  it('gives files to a frontend that cannot take graphs', async () => {
    const fake: FakeEngine = await FakeEngine.start({
      control: {
        ...idle,
        Solve: solver(async (solve) => {
          if (Object.keys(solve.frontendInputs).length > 0) {
            throw new CallError(12, 'failed: unsupported frontend capability moby.buildkit.frontend.inputs');
          }
          const session = fake.sessions.find(({ header }) => header('x-docker-expose-session-uuid') === solve.session);
          const { caller } = session!;
          const dockerfile = await receiveTree(caller, { 'dir-name': 'dockerfile', followpaths: 'Dockerfile' });
          expect([...dockerfile.files].map(([path, bytes]) => [path, String(bytes)])).toEqual([
            ['Dockerfile', 'FROM scratch\n'],
          ]);
          const ignore = await receiveTree(caller, { 'dir-name': 'context', followpaths: '.dockerignore' });
          expect(ignore).toMatchObject({ stats: [], status: { code: 0 } });
          const context = await receiveTree(caller, { 'dir-name': 'context', followpaths: 'a' });
          expect([...context.files.keys()]).toEqual(['a', 'b']);
          expect((await receiveTree(caller, { 'dir-name': 'other' })).status?.code).toBe(5);
          return { 'containerimage.digest': 'sha256:3' };
        }),
      },
    });
    const engine = await connect(fake);
    const warnings: string[] = [];
    const onEvent = (event: { type: string }) => warnings.push(event.type);
    const result = await engine.build(engine.createGeneration(order()), request, onEvent, never);
    expect(result).toMatchObject({ imageId: 'sha256:3', transfer: { files: 2, bytes: 5 } });
    expect(warnings).toEqual(['warning']);
    expect(fake.sessions).toHaveLength(2);
    await vi.waitFor(() => expect(fake.sessions[1]!.caller.closed).toBe(true), 20_000);
    expect(fake.sessions[0]!.caller.closed).toBe(false);
  });
});

describe('a lost engine', () => {
  it('fails what runs, says so, and is reached again under the same session id', async () => {
    const fake = await FakeEngine.start({ control: { ...idle, Solve: silent } });
    const engine = await connect(fake);
    const lost = vi.fn();
    engine.onDidClose(lost);
    const generation = engine.createGeneration(order());
    const running = [engine.build(generation, request, () => {}, never), engine.prime(generation)];
    const outcomes = Promise.allSettled(running);
    await sleep(50);
    fake.cut();
    expect(await outcomes).toMatchObject([{ reason: { code: 'ENGINE_LOST' } }, { reason: { code: 'ENGINE_LOST' } }]);
    await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce(), 20_000);
    void engine.prime(generation).catch(() => {});
    await vi.waitFor(() => expect(fake.sessions).toHaveLength(2), 20_000);
    expect(fake.sessions[1]!.header('x-docker-expose-session-uuid')).toBe('s1');
  });

  it('is noticed when the session alone ends', async () => {
    const fake = await FakeEngine.start({ control: { ...idle, Solve: silent } });
    const engine = await connect(fake);
    const running = engine.prime(engine.createGeneration(order()));
    setTimeout(() => fake.sessions[0]!.caller.dispose(), 50);
    await expect(running).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });

  it('is reached again when it forgot the session', async () => {
    const Solve = solver(() => Promise.reject(new CallError(2, 'no active session for s1: context deadline exceeded')));
    const fake = await FakeEngine.start({ control: { ...idle, Solve } });
    const engine = await connect(fake);
    const generation = engine.createGeneration(order());
    await expect(engine.prime(generation)).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    await expect(engine.build(generation, request, () => {}, never)).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    expect(fake.sessions).toHaveLength(2);
  });

  it('is noticed by its silence', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const fake = await FakeEngine.start({ control: { ...idle, Solve: silent } });
    const engine = await connect(fake);
    const running = engine.prime(engine.createGeneration(order()));
    running.catch(() => {});
    const heard = () => fake.sessions[0]!.caller.unary('/grpc.health.v1.Health/Check', Buffer.alloc(0));
    vi.advanceTimersByTime(builderLimits.silentSessionMs - builderLimits.silenceTickMs);
    await heard();
    vi.advanceTimersByTime(builderLimits.silentSessionMs - builderLimits.silenceTickMs);
    await sleep(20);
    await heard();
    vi.advanceTimersByTime(builderLimits.silentSessionMs);
    await expect(running).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });

  it('stays lost after disposal', async () => {
    const engine = await connect(await FakeEngine.start({ control: idle }));
    const lost = vi.fn();
    engine.onDidClose(lost);
    engine.dispose();
    await expect(engine.prime(engine.createGeneration(order()))).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    await sleep(20);
    expect(lost).not.toHaveBeenCalled();
  });
});
