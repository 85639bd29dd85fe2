/** src/builder against real engines: what BuildKit asks for, builds and says. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ByteString } from '../../src/base/bytes.ts';
import { silentLogger } from '../../src/base/logger.ts';
import type { EngineEndpoint } from '../../src/builder/endpoint/engineEndpoint.ts';
import { nodeEndpointPort } from '../../src/builder/endpoint/nodeEndpointPort.ts';
import { resolveEngine } from '../../src/builder/endpoint/resolveEngine.ts';
import { Engine as Builder } from '../../src/builder/engine.ts';
import type { Generation } from '../../src/builder/generation.ts';
import { reportedTree } from '../../src/builder/reportedTree.ts';
import type { BuildEvent, BuildResult } from '../../src/context/buildEvent.ts';
import type { BuildRequest } from '../../src/context/buildRequest.ts';
import { usualSettings } from '../../src/context/buildSettings.ts';
import type { EngineEnvironment } from '../../src/context/engineSelector.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { buildHistory } from '../support/buildHistory.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { MemoryContext } from '../support/memoryContext.ts';
import { SocketProxy } from '../support/socketProxy.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';
import { tlsProxy } from '../support/tlsProxy.ts';

const copyAll = 'FROM scratch\nCOPY . /\n';
const nothingMoved = { diffCopies: 0, files: 0, bytes: 0 };
const never = new AbortController().signal;
/** A static build of BuildKit's frontend/dockerfile/cmd/dockerfile-frontend; without it one test is left out. */
const externalFrontend = process.env['PRESYNC_TEST_FRONTEND'];

function request(dockerfile: string, details: Partial<BuildRequest> = {}): BuildRequest {
  return {
    dockerfile: { name: 'Dockerfile', content: Buffer.from(dockerfile) },
    tags: [],
    target: undefined,
    buildArgs: new Map(),
    noCache: false,
    settings: { ...usualSettings, network: 'none' },
    ...details,
  };
}

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** Whether some process of the machine, whatever its namespace, was started with this argument. */
function isRunning(argument: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').includes(argument);
      } catch {
        return false; // it has ended
      }
    });
}

describe.each(suites)('the builder on %s', (suite) => {
  const engine = useEngine(suite);

  async function connect(content: MemoryContext, path = engine.socket, sessionId = uniqueTag()): Promise<Builder> {
    return connectTo(content, { kind: 'unix', path, label: `unix://${path}` }, sessionId);
  }

  async function connectTo(
    content: MemoryContext,
    endpoint: EngineEndpoint,
    sessionId = uniqueTag(),
  ): Promise<Builder> {
    const builder = await Builder.connect(endpoint, { sessionId, content, logger: silentLogger });
    onTestFinished(() => builder.dispose());
    return builder;
  }

  /** A build that leaves nothing behind. */
  async function build(builder: Builder, generation: Generation, what: BuildRequest): Promise<BuildResult> {
    const result = await builder.build(generation, what, () => {}, never);
    onTestFinished(() => engine.api.removeImage(result.imageId));
    return result;
  }

  /** A context that is brought to one snapshot after the other, in one disk copy. */
  async function project(content = new MemoryContext(), socket = engine.socket) {
    const builder = await connect(content, socket);
    const sharedKey = uniqueTag();
    let told: Snapshot | undefined;
    const generationOf = (tree: Snapshot): Generation =>
      builder.createGeneration({ id: uniqueTag(), sharedKey, contextName: 'test', tree });
    const advance = async (tree: Snapshot) => {
      told = reportedTree(told, tree);
      const generation = generationOf(told);
      return { generation, moved: await builder.prime(generation) };
    };
    return { builder, content, advance, generationOf };
  }

  it('builds a primed context without any transfer', async () => {
    const { builder, content, advance } = await project();
    const tag = temporaryTag(engine.api);
    const { generation, moved } = await advance(content.tree({ 'a.txt': 'one', 'd/b.txt': 'two' }));
    expect(moved).toEqual({ diffCopies: 1, files: 2, bytes: 6 });
    for (const details of [{}, {}, { noCache: true }]) {
      const result = await build(builder, generation, request(copyAll, { tags: [tag], ...details }));
      expect(result).toMatchObject({ generation: generation.id, transfer: nothingMoved });
      expect(result.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(result.imageId).toBe(await engine.api.imageId(tag));
    }
    expect(await builder.imageId(tag)).toBe(await engine.api.imageId(tag));
    expect(await builder.imageId(`${tag}-absent`)).toBeUndefined();
    const tree = await imageTree(engine.api, tag);
    expect(tree.get('d/b.txt' as ByteString)).toMatchObject({ type: 'file', sha256: sha256('two'), uid: 0, gid: 0 });
  });

  it('is asked for the changed file alone, and for nothing after a touch', async () => {
    const { builder, content, advance } = await project();
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`d${i % 7}/f${i}`, `text ${i}`]));
    expect((await advance(content.tree(files))).moved.files).toBe(200);
    expect((await advance(content.tree({ ...files, 'd0/f0': 'other text' }))).moved).toMatchObject({
      files: 1,
      bytes: 10,
    });

    const touched = Object.fromEntries(
      Object.entries({ ...files, 'd0/f0': 'other text' }).map(([path, text]) => [path, { content: text, mtime: 7n }]),
    );
    expect((await advance(content.tree(touched))).moved.files).toBe(0);

    const hidden = { ...touched, 'd0/f0': { content: 'hidden    ', mtime: 1_650_000_000_000_000_000n } };
    const { generation, moved } = await advance(content.tree(hidden));
    expect(moved.files).toBe(1);
    const tag = temporaryTag(engine.api);
    const result = await build(builder, generation, request(copyAll, { tags: [tag] }));
    expect(result.transfer).toEqual(nothingMoved);
    const tree = await imageTree(engine.api, tag);
    expect(tree.get('d0/f0' as ByteString)?.sha256).toBe(sha256('hidden    '));
    expect([...tree.values()].filter(({ type }) => type === 'file')).toHaveLength(200);
  });

  it('builds what the snapshot holds, whatever its names, modes and sizes', async () => {
    const { builder, content, advance } = await project();
    const big = Buffer.alloc(50 << 20, 'fifty MB of this. ');
    const tag = temporaryTag(engine.api);
    const { generation, moved } = await advance(
      content.tree({
        a: { folder: 0o755 },
        'a/b': 'in a',
        'a!': 'sorts behind a/b',
        'a-b': 'and this behind a!',
        'not-utf8-\xff\xfe': 'bytes',
        'utf8-\xc3\xa4\xe2\x82\xac': 'utf-8',
        'white space\n': 'newline',
        empty: '',
        big: { content: big },
        setuid: { content: 'x', mode: 0o4755 },
        private: { content: 'x', mode: 0o600 },
        sticky: { folder: 0o1777 },
        link: { link: '../out\xff' },
        old: { content: 'x', mtime: -1_000_000_000n },
      }),
    );
    expect(moved).toMatchObject({ diffCopies: 1, files: 11 });
    await build(builder, generation, request(copyAll, { tags: [tag] }));
    const tree = await imageTree(engine.api, tag);
    const file = (path: string) => tree.get(path as ByteString);
    expect([...tree.keys()].filter((path) => !path.startsWith('.')).sort()).toEqual(
      [
        ...['a', 'a/b', 'a!', 'a-b', 'not-utf8-\xff\xfe', 'utf8-\xc3\xa4\xe2\x82\xac', 'white space\n', 'empty', 'big'],
        ...['setuid', 'private', 'sticky', 'link', 'old'],
      ].sort(),
    );
    expect(file('not-utf8-\xff\xfe')?.sha256).toBe(sha256('bytes'));
    expect(file('empty')).toMatchObject({ type: 'file', size: 0 });
    expect(file('big')).toMatchObject({ size: big.length, sha256: sha256(big) });
    expect(file('setuid')?.mode).toBe(0o4755);
    expect(file('private')?.mode).toBe(0o600);
    expect(file('sticky')).toMatchObject({ type: 'directory', mode: 0o1777 });
    expect(file('link')).toMatchObject({ type: 'symlink', linkTarget: '../out\xff' });
    expect(file('old')?.mtime).toBe(-1);
  });

  it('takes 5,000 files', async () => {
    const { builder, content, advance } = await project();
    const files = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`d${i % 100}/f${i}`, `text ${i}`]));
    const tree = content.tree(files);
    expect((await advance(tree)).moved).toMatchObject({ files: 5000, bytes: tree.bytes });
    const { generation, moved } = await advance(tree);
    expect(moved).toEqual({ diffCopies: 1, files: 0, bytes: 0 });
    const result = await build(builder, generation, request(copyAll));
    expect(result.transfer).toEqual(nothingMoved);
    expect(result.imageId).not.toBe('');
  });

  it('finds what an earlier connection primed under the same names', async () => {
    const content = new MemoryContext();
    const tree = content.tree({ a: 'text' });
    const order = { id: uniqueTag(), sharedKey: uniqueTag(), contextName: 'test', tree };
    const sessionId = uniqueTag();
    const first = await connect(content, engine.socket, sessionId);
    await first.prime(first.createGeneration(order));
    first.dispose();
    await sleep(500);
    const second = await connect(content, engine.socket, sessionId);
    const result = await build(second, second.createGeneration(order), request(copyAll));
    expect(result.transfer).toEqual(nothingMoved);
  });

  it('never answers for a generation that is gone', async () => {
    const { builder, content, generationOf } = await project();
    const generation = generationOf(content.tree({ a: 'text' }));
    generation.dispose();
    await expect(builder.prime(generation)).rejects.toThrow();
    const built = build(builder, generation, request(copyAll));
    await expect(built).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  });

  it('says where a build failed', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'text' }));
    const failing = async (dockerfile: string) => {
      const steps: BuildEvent[] = [];
      const built = builder.build(generation, request(dockerfile), (event) => steps.push(event), never);
      const error: unknown = await built.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return { error, steps };
    };
    const command = await failing(`FROM ${baseImage}\nRUN true\nRUN echo some output && \\\n  exit 3\n`);
    expect(command.error).toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringContaining('exit code 3') as unknown,
      data: { step: '[3/3] RUN echo some output &&   exit 3', line: 3, endLine: 4, exitCode: 3 },
    });
    const output = command.steps.flatMap((event) => (event.type === 'log' ? [Buffer.from(event.data)] : []));
    expect(String(Buffer.concat(output))).toContain('some output\n');
    const steps = command.steps.filter((event) => event.type === 'vertex');
    expect(steps.find(({ name }) => name === '[2/3] RUN true')).toMatchObject({ error: '' });

    expect((await failing('FROM scratch\nCOPY a /a\nCOPY absent /b\n')).error).toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringContaining('"/absent"') as unknown,
      hint: expect.stringContaining('.dockerignore') as unknown,
      data: { line: 3, endLine: 3 },
    });
    expect((await failing('FROM scratch\n\nFOO bar\n')).error).toMatchObject({
      code: 'BUILD_FAILED',
      data: { line: 3, endLine: 3 },
    });
  });

  it('passes arguments, targets and names on', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'text', b: 'text' }));
    const dockerfile = 'ARG FILE=b\nFROM scratch AS one\nARG FILE\nCOPY ${FILE} /x/\nFROM scratch\nCOPY . /all/\n';
    const tags = [temporaryTag(engine.api), `${temporaryTag(engine.api)}:second`];
    onTestFinished(() => engine.api.removeImage(tags[1]!));
    const buildArgs = new Map([['FILE', 'a']]);
    const described = { ...request(dockerfile).dockerfile, name: 'my app.Dockerfile' };
    const chosen = request(dockerfile, { dockerfile: described, tags, target: 'one', buildArgs });
    const { imageId } = await build(builder, generation, chosen);
    for (const tag of tags) expect(await engine.api.imageId(tag)).toBe(imageId);
    expect([...(await imageTree(engine.api, tags[0]!)).keys()]).toEqual(['x', 'x/a']);
  });

  it('ends a cancelled build at the engine', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'text' }));
    const seconds = String(100_000 + Math.floor(Math.random() * 1e9));
    const abort = new AbortController();
    const dockerfile = request(`FROM ${baseImage}\nRUN sleep ${seconds}\n`);
    const built = builder.build(generation, dockerfile, () => {}, abort.signal);
    built.catch(() => {});
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(true), 20_000);
    abort.abort();
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(false), 20_000);
    expect((await build(builder, generation, request(copyAll))).transfer).toEqual(nothingMoved);
  });

  it('runs builds and a prime of another copy at once', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'one' }));
    const other = builder.createGeneration({
      id: uniqueTag(),
      sharedKey: uniqueTag(),
      contextName: 'other',
      tree: content.tree(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, `text ${i}`]))),
    });
    const tags = [temporaryTag(engine.api), temporaryTag(engine.api)];
    const dockerfiles = tags.map((tag) =>
      request(`FROM ${baseImage}\nRUN sleep 1 && echo ${tag}\nCOPY . /\n`, { tags: [tag] }),
    );
    const [first, second, primed] = await Promise.all([
      ...dockerfiles.map((dockerfile) => build(builder, generation, dockerfile)),
      builder.prime(other),
    ]);
    expect(first).toMatchObject({ transfer: nothingMoved });
    expect(second).toMatchObject({ transfer: nothingMoved });
    expect(primed).toMatchObject({ diffCopies: 1, files: 500 });
    for (const tag of tags) expect(await engine.api.imageId(tag)).toBeDefined();
  });

  it('fails a build whose connection is cut, and builds again', async () => {
    const proxy = await SocketProxy.before(engine.socket);
    const { builder, content, advance } = await project(new MemoryContext(), proxy.path);
    const { generation } = await advance(content.tree({ a: 'text' }));
    const seconds = String(100_000 + Math.floor(Math.random() * 1e9));
    const built = build(builder, generation, request(`FROM ${baseImage}\nRUN sleep ${seconds}\n`));
    built.catch(() => {});
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(true), 20_000);
    const cut = performance.now();
    proxy.cut();
    await expect(built).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    expect(performance.now() - cut).toBeLessThan(10_000);
    await vi.waitFor(() => expect(isRunning(seconds)).toBe(false), 20_000);
    const again = await build(builder, generation, request(copyAll));
    expect(again.transfer).toEqual(nothingMoved);
    const next = await advance(content.tree({ a: 'other' }));
    expect(next.moved).toMatchObject({ files: 1 });
  });

  it('offers files to a frontend that cannot take graphs', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'text' }));
    const events: BuildEvent[] = [];
    // Any image without the label will do for a frontend that is refused; it is none, so the build fails after that.
    const dockerfile = request(`# syntax=${baseImage}\n${copyAll}`);
    const built = builder.build(generation, dockerfile, (event) => events.push(event), never);
    await expect(built).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    const warnings = events.filter((event) => event.type === 'warning').map(({ message }) => message);
    expect(warnings).toContainEqual(expect.stringContaining('cannot use the context'));
  });

  it.runIf(externalFrontend)('builds by an external frontend, from the primed context where it can', async () => {
    const { builder, content, advance } = await project();
    const { generation } = await advance(content.tree({ a: 'text', '.dockerignore': 'a\n' }));
    const [able, unable] = [temporaryTag(engine.api), temporaryTag(engine.api)];
    await importFrontend(able, 'moby.buildkit.frontend.caps=moby.buildkit.frontend.inputs');
    await importFrontend(unable);
    const withFrontend = (frontend: string) => request(`# syntax=${frontend}\n${copyAll}`);
    const primed = await build(builder, generation, withFrontend(able));
    expect(primed.transfer).toEqual(nothingMoved);
    const sent = await build(builder, generation, withFrontend(unable));
    expect(sent.transfer.files).toBe(2);
    expect(sent.imageId).toBe(primed.imageId);
  });

  /** The given frontend as an image of the engine's, with a label that says what it can. */
  async function importFrontend(tag: string, label?: string): Promise<void> {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    copyFileSync(externalFrontend!, join(folder, 'bin/frontend'));
    chmodSync(join(folder, 'bin/frontend'), 0o755);
    const archive = execFileSync('tar', ['-C', folder, '-c', '.'], { maxBuffer: 1 << 28 });
    const labels = ['moby.buildkit.frontend.network.none=true', ...(label === undefined ? [] : [label])];
    const changes = ['ENTRYPOINT ["/bin/frontend"]', ...labels.map((one) => `LABEL ${one}`)];
    const query = changes.map((change) => `&changes=${encodeURIComponent(change)}`).join('');
    await engine.api.call('POST', `/images/create?fromSrc=-&repo=${tag}${query}`, archive, 'application/x-tar');
  }

  it('is reached by TLS with the client certificates of the environment', async () => {
    const { port, certificates } = await tlsProxy(engine.socket);
    const spec = `tcp://127.0.0.1:${port}`;
    const resolve = (env: EngineEnvironment) => resolveEngine({ spec, env }, nodeEndpointPort);
    const content = new MemoryContext();
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates };
    const builder = await connectTo(content, await resolve(env));
    const tree = content.tree({ a: 'text' });
    const order = { id: uniqueTag(), sharedKey: uniqueTag(), contextName: 'test', tree };
    expect(await builder.prime(builder.createGeneration(order))).toMatchObject({ files: 1 });

    const stranger = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: temporaryFolder() };
    for (const wrong of [stranger, {}]) {
      await expect(connectTo(content, await resolve(wrong))).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
    }
  });

  it.runIf(suite !== 'bookworm')('leaves builds in the history, and no primes', async () => {
    const { builder, content, advance } = await project();
    const records = async () => (await buildHistory(engine.socket)).filter(({ frontend }) => frontend === '');
    const before = await records();
    const { generation } = await advance(content.tree({ a: 'text' }));
    await advance(content.tree({ a: 'other' }));
    expect(await records()).toHaveLength(before.length);
    const name = `${uniqueTag()}.Dockerfile`;
    const named = request(copyAll, { dockerfile: { name, content: Buffer.from(copyAll) } });
    await build(builder, generation, named);
    const builds = (await buildHistory(engine.socket)).filter(
      ({ frontendAttrs }) => frontendAttrs['filename'] === name,
    );
    expect(builds).toHaveLength(1);
  });
});
