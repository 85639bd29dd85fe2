import { beforeEach, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { ByteString } from '../../../src/base/bytes.ts';
import type { Engine } from '../../../src/builder/engine.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { Context } from '../../../src/daemon/contextHub.ts';
import type { CopyRecord } from '../../../src/daemon/copy.ts';
import { EnginePool } from '../../../src/daemon/enginePool.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { Primer } from '../../../src/daemon/primer.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

/** Primes that wait for their end, by the builder's name. */
let primes: Map<string, (failure?: Error) => void>;
/** How many began. */
let begun: number;
let clock: FakeClock;
/** The builders that were reached. */
let reached: string[];
let context: Context;
let primer: Primer;
/** What is remembered of the copies, by the builder's name. */
let records: Map<string, CopyRecord>;
let never: AbortSignal;

const contents = new Contents();
const snapshot = contents.snapshot(contents.file('f', 'content'));

const store = {
  head: () => Promise.resolve(undefined),
  commit: () => Promise.resolve(),
  touch: () => Promise.resolve(),
  check: () => Promise.resolve(),
};

beforeEach(() => {
  primes = new Map();
  begun = 0;
  clock = new FakeClock();
  reached = [];
  records = new Map();
  never = new AbortController().signal;
  context = new Context(digestOf(new Uint8Array()), store, { snapshot, isWhole: true });
  primer = new Primer({
    engines: new EnginePool({
      resolve: ({ spec }) => Promise.resolve({ kind: 'unix', path: spec, label: spec }),
      connect: ({ label }) => {
        reached.push(label);
        return Promise.resolve(fakeEngine(label));
      },
    }),
    memory: (_, { info }) => ({
      load: () => Promise.resolve(records.get(info.label)),
      save: (record) => Promise.resolve(void records.set(info.label, record)),
      clear: () => Promise.resolve(void records.delete(info.label)),
    }),
    newId: () => 'id',
    clock,
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
      new Promise((resolve, reject) => {
        begun++;
        primes.set(label, (failure) =>
          failure === undefined ? resolve({ diffCopies: 1, files: 1, bytes: 7 }) : reject(failure),
        );
      }),
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
  const lease = primer.lease(context, { spec: '/b', env: {} }, snapshot, never);
  lease.catch(() => {});
  await settle();
  await end('/b', new PresyncError('ENGINE_UNREACHABLE', 'It is gone.'));
  await expect(lease).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  expect(context.primed?.digest).toBe(snapshot.digest);
  expect(context.problem).toBeUndefined();
});

const selector = { spec: '/a', env: {} };

test('a context is used from when a build asks for it until the build lets go', async () => {
  const leased = primer.lease(context, selector, snapshot, never);
  expect(context.isUsed).toBe(true);
  await settle();
  await end('/a');
  const lease = await leased;
  expect(context.isUsed).toBe(true);
  lease.release();
  expect(context.isUsed).toBe(false);
});

test('it is used while a snapshot that is on its way is primed', async () => {
  primer.anticipate(context, selector, snapshot);
  expect(context.isUsed).toBe(true);
  await settle();
  expect(primer.isBusy(context.id)).toBe(true);
  await end('/a');
  expect(context.isUsed).toBe(false);
});

test('a build whose client is gone has nothing begun for it', async () => {
  await expect(primer.lease(context, selector, snapshot, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
  await settle();
  expect([context.isUsed, reached]).toEqual([false, []]);
});

test('what was primed is still there for a context that was forgotten and is opened again', async () => {
  const leased = primer.lease(context, selector, snapshot, never);
  await settle();
  await end('/a');
  (await leased).release();
  primer.drop(context.id);
  expect([...primer.trees()]).toEqual([]);
  const reopened = new Context(context.id, store, { snapshot, isWhole: true });
  primes.clear();
  await primer.lease(reopened, selector, snapshot, never);
  expect(primes.size).toBe(0);
});

test('a row of changes is primed when it pauses, where a prime takes long', async () => {
  await own('/a');
  await clock.advance(4000);
  await end('/a');
  const changes = [1, 2, 3].map((i) => contents.snapshot(contents.file('f', `change ${i}`)));
  const commit = async (i: number) => {
    await context.commit(changes[i]!, i + 1);
    await settle();
  };
  await commit(0);
  await clock.advance(400);
  await commit(1);
  await commit(2);
  await end('/a');
  expect(begun).toBe(2);
  await clock.advance(daemonLimits.primePause);
  await end('/a');
  expect([begun, context.primed?.digest]).toEqual([3, changes[2]!.digest]);
});
