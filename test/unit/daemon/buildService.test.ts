/** What a client hears of its build, and when: against a builder in memory. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { systemClock } from '../../../src/base/time.ts';
import type { BuildResult } from '../../../src/context/buildEvent.ts';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Proof } from '../../../src/context/proof.ts';
import { emptySnapshot } from '../../../src/context/snapshot.ts';
import type { PrimedBuild, Primes } from '../../../src/daemon/buildService.ts';
import { BuildService } from '../../../src/daemon/buildService.ts';
import type { OwnersBarrier } from '../../../src/daemon/contextHub.ts';
import { Context } from '../../../src/daemon/contextHub.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import type { Build } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

const none = { diffCopies: 0, files: 0, bytes: 0 };
const result: BuildResult = {
  imageId: 'sha256:1',
  imageBytes: 0,
  metadata: new Map(),
  generation: 'g',
  solveMs: 1,
  transfer: none,
};
const neverTaken = new Promise<void>(() => {});
const engine = { spec: '', env: {} };
const request: BuildRequest = {
  dockerfile: { name: 'Dockerfile', content: new Uint8Array() },
  tags: ['app'],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
};
const proof: Proof = { verdict: 'equal', paths: [], count: 0, ms: 3 };

let context: Context;
let released: number;
let commits: number;
/** Runs the solve. */
let onBuild: PrimedBuild['build'];
let onBarrier: (prove: boolean) => Promise<OwnersBarrier>;

beforeEach(() => {
  commits = 0;
  const store = {
    head: () => Promise.resolve(undefined),
    commit: () => Promise.resolve(void commits++),
    touch: () => Promise.resolve(),
    check: () => Promise.resolve(),
  };
  context = new Context(digestOf(new Uint8Array()), store, { snapshot: emptySnapshot, isWhole: true });
  context.owner = { nonce: '' as ByteString, engine, speculate: false, barrier: (_, prove) => onBarrier(prove) };
  released = 0;
  onBuild = async (_request, _onEvent, signal, leave) => {
    await Promise.race([leave?.whenGiven, aborted(signal)]);
    return result;
  };
});

/** Rejects when the signal fires. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

/** Asks for a build; the service answers on the far side of the exchange, whose link has room when `taken` resolves. */
async function begin(order: Partial<Build>, taken = Promise.resolve()): Promise<Exchange> {
  const primes: Primes = {
    lease: () =>
      Promise.resolve({ build: (...args) => onBuild(...args), release: () => void released++ } satisfies PrimedBuild),
    transferred: () => none,
  };
  const service = new BuildService(primes, systemClock);
  const [near, far] = memoryLink();
  far.drained = () => taken;
  const daemon = new Peer(far, 'daemon');
  daemon.onRequest = (exchange, message) => {
    void service
      .run(exchange, message as Build, context, { engine, before: none, inputs: [] })
      .catch((thrown: unknown) => exchange.send({ type: 'error', error: PresyncError.from(thrown) }));
  };
  const message: Build = {
    type: 'build',
    context: context.id,
    snapshot: emptySnapshot.digest,
    request,
    hold: true,
    offer: { secrets: false, agents: false, registries: false, outputs: false, archive: false },
  };
  return new Peer(near, 'client').begin({ ...message, ...order });
}

/** The types of all messages until the build has ended, or the code of its error. */
async function rest(exchange: Exchange): Promise<string[]> {
  const types: string[] = [];
  try {
    for (;;) {
      const { type } = await exchange.receive();
      types.push(type);
      if (type === 'done') return types;
    }
  } catch (thrown) {
    return [...types, PresyncError.from(thrown).code];
  }
}

describe('a held build', () => {
  test('ends when its client releases it, and no sooner', async () => {
    const exchange = await begin({});
    await exchange.expect('events');
    await expect(exchange.receive({ timeout: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await exchange.send({ type: 'release' });
    expect(await rest(exchange)).toEqual(['done']);
    expect(released).toBe(1);
  });

  test('says when nothing is left but to release it', async () => {
    let ask: () => void = () => {};
    onBuild = async (_request, _onEvent, signal, leave) => {
      ask = () => leave?.ask();
      return aborted(signal);
    };
    const exchange = await begin({});
    await exchange.expect('events');
    ask();
    expect(await exchange.expect('events')).toMatchObject({ events: [{ type: 'waiting' }] });
  });

  test('ends when its client cancels it, also after it was released', async () => {
    onBuild = (_request, _onEvent, signal) => aborted(signal);
    const exchange = await begin({});
    await exchange.expect('events');
    await exchange.send({ type: 'release' });
    await exchange.send({ type: 'cancel' });
    expect(await rest(exchange)).toEqual(['CANCELLED']);
    expect(released).toBe(1);
  });

  test('ends when its client says what has no place there', async () => {
    const exchange = await begin({});
    await exchange.send({ type: 'committed', snapshot: emptySnapshot.digest });
    expect((await rest(exchange)).at(-1)).toBe('PROTOCOL');
  });
});

describe('a client that takes nothing', () => {
  const step = (digest: string) =>
    ({ type: 'vertex', digest, name: '', cached: false, started: 1, completed: 2, error: '' }) as const;

  test('does not hold the builder once that is done', async () => {
    onBuild = (_request, onEvent) => {
      onEvent(step('d'));
      return Promise.resolve(result);
    };
    await begin({ hold: false }, neverTaken);
    await expect.poll(() => released).toBe(1);
  });

  test('has its build ended when too much waits for it', async () => {
    let why: unknown;
    onBuild = async (_request, onEvent, signal) => {
      for (let i = 0; i < daemonLimits.unsentEventBytesAtMost / 100; i++) onEvent(step(`d${i}`));
      why = signal.reason;
      return aborted(signal);
    };
    await begin({ hold: false }, neverTaken);
    await expect.poll(() => why).toMatchObject({ code: 'LIMIT' });
    await expect.poll(() => released).toBe(1);
  });
});

test.each([
  ['SNAPSHOT_UNKNOWN', { snapshot: emptySnapshot.digest }],
  ['OWNER_SILENT', { snapshot: undefined }],
])('content that is damaged is asked for again: %s', async (code, order) => {
  onBarrier = () => Promise.resolve({ snapshot: emptySnapshot.digest, sent: { files: 0, bytes: 0 }, proof: undefined });
  onBuild = () => Promise.reject(new PresyncError('STORE_CORRUPT', 'damaged'));
  expect((await rest(await begin({ ...order, hold: false }))).at(-1)).toBe(code);
  expect(context.head).toBeUndefined();
  expect(context.unfinished).toBe(emptySnapshot);
  expect((await rest(await begin({ ...order, hold: false }))).at(-1)).toBe(code);
  // Pushed anew, it is durable again.
  await context.commit(emptySnapshot, 0);
  expect(commits).toBe(1);
});

describe('a build of what an owner keeps in sync', () => {
  const reached = { snapshot: emptySnapshot.digest, sent: { files: 2, bytes: 5 } };
  const owned = { snapshot: undefined };

  test("passes the owner's proof on, before the build has ended", async () => {
    onBarrier = (prove) => Promise.resolve({ ...reached, proof: prove ? Promise.resolve(proof) : undefined });
    const exchange = await begin(owned);
    const message = await exchange.expect('proof');
    expect(message.proof).toEqual(proof);
    await exchange.send({ type: 'release' });
    expect(await rest(exchange)).toEqual(['events', 'done']);
  });

  test.each([
    ['it is not held', { hold: false }],
    ['it is held for something else', { hold: true, unproven: true }],
  ])('asks for no proof when %s', async (_why, order) => {
    const asked = vi.fn();
    onBarrier = (prove) => (asked(prove), Promise.resolve({ ...reached, proof: undefined }));
    const exchange = await begin({ ...owned, ...order });
    await exchange.send({ type: 'release' });
    expect(await rest(exchange)).toEqual(['events', 'done']);
    expect(asked).toHaveBeenCalledWith(false);
  });

  test('that fails tells the proof first: it may have failed for what its snapshot lacks', async () => {
    onBuild = () => Promise.reject(new PresyncError('BUILD_FAILED', 'COPY failed'));
    let prove: (found: Proof) => void = () => {};
    onBarrier = () => Promise.resolve({ ...reached, proof: new Promise((resolve) => (prove = resolve)) });
    const exchange = await begin(owned);
    await exchange.expect('events');
    await new Promise(setImmediate);
    prove(proof);
    expect(await rest(exchange)).toEqual(['proof', 'BUILD_FAILED']);
  });

  test('ends with its error when the owner cannot prove', async () => {
    onBarrier = () => Promise.resolve({ ...reached, proof: Promise.reject(new PresyncError('OWNER_SILENT', 'gone')) });
    onBuild = (_request, _onEvent, signal) => aborted(signal);
    expect((await rest(await begin(owned))).at(-1)).toBe('OWNER_SILENT');
  });

  test('that is cancelled does not wait for a proof', async () => {
    onBarrier = () => Promise.resolve({ ...reached, proof: new Promise(() => {}) });
    onBuild = (_request, _onEvent, signal) => aborted(signal);
    const exchange = await begin(owned);
    await exchange.expect('events');
    await exchange.send({ type: 'cancel' });
    expect(await rest(exchange)).toEqual(['CANCELLED']);
  });
});
