import { beforeEach, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { ByteString } from '../../../src/base/bytes.ts';
import type { Engine } from '../../../src/builder/engine.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { Context } from '../../../src/daemon/contextHub.ts';
import { EnginePool } from '../../../src/daemon/enginePool.ts';
import { Primer } from '../../../src/daemon/primer.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

/** Primes that wait for their end, by the builder's name. */
let primes: Map<string, (failure?: Error) => void>;
let context: Context;
let primer: Primer;

const contents = new Contents();
const snapshot = contents.snapshot(contents.file('f', 'content'));

beforeEach(() => {
  primes = new Map();
  const store = {
    head: () => Promise.resolve(undefined),
    commit: () => Promise.resolve(),
    touch: () => Promise.resolve(),
    check: () => Promise.resolve(),
  };
  context = new Context(digestOf(new Uint8Array()), store, { snapshot, isWhole: true });
  primer = new Primer({
    engines: new EnginePool({
      resolve: ({ spec }) => Promise.resolve({ kind: 'unix', path: spec, label: spec }),
      connect: ({ label }) => Promise.resolve(fakeEngine(label)),
    }),
    memory: () => ({
      load: () => Promise.resolve(undefined),
      save: () => Promise.resolve(),
      clear: () => Promise.resolve(),
    }),
    newId: () => 'id',
    clock: new FakeClock(),
    logger: silentLogger,
    random: () => 0.5,
  });
});

function fakeEngine(label: string): Engine {
  return {
    info: { label },
    sessionId: 's',
    createGeneration: () => ({ transferred: { diffCopies: 0, files: 0, bytes: 0 }, dispose: () => {} }),
    prime: () =>
      new Promise((resolve, reject) =>
        primes.set(label, (failure) =>
          failure === undefined ? resolve({ diffCopies: 1, files: 1, bytes: 7 }) : reject(failure),
        ),
      ),
  } as unknown as Engine;
}

/** An owner that keeps this builder warm takes the context over. */
async function own(builder: string): Promise<void> {
  context.owner = {
    nonce: '' as ByteString,
    engine: { spec: builder, env: {} },
    speculate: false,
    barrier: () => Promise.reject(new Error('nobody asks')),
  };
  primer.follow(context);
  await settle();
}

async function end(builder: string, failure?: Error): Promise<void> {
  primes.get(builder)!(failure);
  await settle();
}

test('the head is primed in the builder of its owner', async () => {
  await own('/a');
  expect(context.primed).toBeUndefined();
  await end('/a');
  expect(context.primed?.digest).toBe(snapshot.digest);
});

test.each([
  ['ends well', undefined],
  ['fails', new PresyncError('ENGINE_UNREACHABLE', 'It is gone.')],
])('a prime that %s after its owner has chosen another builder says nothing of that one', async (_, failure) => {
  await own('/a');
  await own('/b');
  await end('/a', failure);
  expect([context.primed, context.problem]).toEqual([undefined, undefined]);
  await end('/b');
  expect(context.primed?.digest).toBe(snapshot.digest);
});

test('nor does a build with a builder that is not its owner’s', async () => {
  await own('/a');
  await end('/a');
  const lease = primer.lease(context, { spec: '/b', env: {} }, snapshot, new AbortController().signal);
  lease.catch(() => {});
  await settle();
  await end('/b', new PresyncError('ENGINE_UNREACHABLE', 'It is gone.'));
  await expect(lease).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  expect(context.primed?.digest).toBe(snapshot.digest);
  expect(context.problem).toBeUndefined();
});
