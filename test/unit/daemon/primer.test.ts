import { beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../../src/base/emitter.ts';
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
/** Those that were reached last, by name. */
let engines: Map<string, Engine>;
/** Ends the connection of the builder of that name. */
let closing: Map<string, () => void>;
/** Builders that do not answer. */
let gone: Set<string>;
let pool: EnginePool;
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
  engines = new Map();
  closing = new Map();
  gone = new Set();
  records = new Map();
  never = new AbortController().signal;
  context = new Context(digestOf(new Uint8Array()), store, { snapshot, isWhole: true });
  pool = new EnginePool({
    resolve: ({ spec }) => Promise.resolve({ kind: 'unix', path: spec, label: spec }),
    connect: ({ label }) => {
      if (gone.has(label)) return Promise.reject(notThere());
      reached.push(label);
      const engine = fakeEngine(label);
      engines.set(label, engine);
      return Promise.resolve(engine);
    },
  });
  pool.isUsed = (engine) => primer.uses(engine);
  pool.onLetGo = (engine) => primer.leave(engine);
  primer = new Primer({
    engines: pool,
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
  let ended = false;
  const closed = new Emitter<void>();
  closing.set(label, () => closed.emit());
  return {
    info: { label },
    sessionId: 's',
    onDidClose: closed.event,
    reach: () => (gone.has(label) ? Promise.reject(notThere()) : Promise.resolve()),
    dispose: () => void (ended = true),
    createGeneration: () => ({ transfer: { diffCopies: 1, files: 1, bytes: 7 }, dispose: () => {} }),
    prime: () =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new PresyncError('ENGINE_LOST', 'It has ended.'));
        begun++;
        primes.set(label, (failure) =>
          failure === undefined ? resolve({ diffCopies: 1, files: 1, bytes: 7 }) : reject(failure),
        );
      }),
  } as unknown as Engine;
}

function notThere(): PresyncError {
  return new PresyncError('ENGINE_NOT_FOUND', 'It is not there.');
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

describe('a prime that fails', () => {
  const noSpace = new PresyncError('ENGINE_LOST', 'no space left on device');

  /** Ends the prime that runs; how long it takes until the next one begins, in milliseconds. */
  async function pauseAfter(failure: PresyncError): Promise<number> {
    const [before, since] = [begun, clock.now()];
    await end('/a', failure);
    while (begun === before) await clock.advance(250);
    return clock.now() - since;
  }

  test('is tried again ever later', async () => {
    await own('/a');
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) pauses.push(await pauseAfter(noSpace));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThanOrEqual(daemonLimits.primeRetry);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(daemonLimits.primeRetryMax / 2);
  });

  test('is tried again as soon as the first time once one has succeeded, or for a new owner', async () => {
    await own('/a');
    const first = await pauseAfter(noSpace);
    expect(await pauseAfter(noSpace)).toBeGreaterThan(first);
    await end('/a');
    await context.commit(contents.snapshot(contents.file('f', 'a change')), 1);
    await settle();
    expect(await pauseAfter(noSpace)).toBe(first);
    expect(await pauseAfter(noSpace)).toBeGreaterThan(first);
    await end('/a', noSpace);
    await own('/a');
    expect(await pauseAfter(noSpace)).toBe(first);
  });
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

describe('the builder of an owner that is gone', () => {
  const states: (string | undefined)[][] = [];

  beforeEach(async () => {
    states.length = 0;
    await own('/a');
    await end('/a');
    context.subscribe(({ primed, problem }) => states.push([primed, problem?.code]));
    gone.add('/a');
    closing.get('/a')!();
  });

  test('is told at once, then why, and is looked for until it is back', async () => {
    expect(states[0]).toEqual([undefined, undefined]);
    await settle();
    expect(states.at(-1)).toEqual([undefined, 'ENGINE_NOT_FOUND']);
    await clock.advance(daemonLimits.primeRetry);
    expect(states.at(-1)).toEqual([undefined, 'ENGINE_NOT_FOUND']);
    gone.delete('/a');
    await clock.advance(daemonLimits.primeRetryMax);
    expect(states.at(-1)).toEqual([snapshot.digest, undefined]);
    expect(begun).toBe(1);
  });

  test('is known to be back as soon as somebody builds with it', async () => {
    await settle();
    gone.delete('/a');
    const lease = await primer.lease(context, selector, snapshot, never);
    await settle();
    expect(states.at(-1)).toEqual([snapshot.digest, undefined]);
    lease.release();
  });

  test('so it is where it was not there from the beginning', async () => {
    gone.add('/b');
    await own('/b');
    expect(states.at(-1)).toEqual([undefined, 'ENGINE_NOT_FOUND']);
    gone.delete('/b');
    const leased = primer.lease(context, { spec: '/b', env: {} }, snapshot, never);
    await settle();
    await end('/b');
    (await leased).release();
    await settle();
    expect(states.at(-1)).toEqual([snapshot.digest, undefined]);
  });

  test('loses nothing by a change and a build meanwhile', async () => {
    const changed = contents.snapshot(contents.file('f', 'changed'));
    await context.commit(changed, 1);
    await expect(primer.lease(context, selector, changed, never)).rejects.toMatchObject({ code: 'ENGINE_NOT_FOUND' });
    expect([...primer.trees()].map(({ digest }) => digest)).toEqual([snapshot.digest]);
    gone.delete('/a');
    await clock.advance(daemonLimits.primeRetryMax);
    await end('/a');
    expect(states.at(-1)).toEqual([changed.digest, undefined]);
  });
});

test('a lost builder that is not its owner’s says nothing', async () => {
  await own('/a');
  await end('/a');
  await own('/b');
  await end('/b');
  closing.get('/a')!();
  await settle();
  expect(context.primed?.digest).toBe(snapshot.digest);
});

describe('an engine', () => {
  test('is used while it primes, and from then on by a build and for an owner', async () => {
    const leased = primer.lease(context, selector, snapshot, never);
    await settle();
    const a = engines.get('/a')!;
    expect(primer.uses(a)).toBe(true);
    await end('/a');
    const lease = await leased;
    expect(primer.uses(a)).toBe(true);
    lease.release();
    expect(primer.uses(a)).toBe(false);

    await own('/b');
    await end('/b');
    expect([primer.uses(a), primer.uses(engines.get('/b')!)]).toEqual([false, true]);
    await own('/a');
    await settle();
    expect([primer.uses(a), primer.uses(engines.get('/b')!)]).toEqual([true, false]);
    context.leave(context.owner!);
    expect(primer.uses(a)).toBe(false);
  });

  test('that has ended is asked for nothing more, and what it took still counts', async () => {
    const leased = primer.lease(context, selector, snapshot, never);
    await settle();
    await end('/a');
    (await leased).release();
    const before = primer.transferred(context);
    expect(before).toEqual({ diffCopies: 1, files: 1, bytes: 7 });
    const ended = engines.get('/a');
    for (let i = 0; i < daemonLimits.unusedEngines; i++) await pool.get({ spec: `/other${i}`, env: {} });
    await new Promise(setImmediate);
    expect([...primer.trees()]).toEqual([]);
    expect(primer.transferred(context)).toEqual(before);
    records.clear();
    const again = primer.lease(context, selector, snapshot, never);
    await settle();
    await end('/a');
    await again;
    expect(engines.get('/a')).not.toBe(ended);
    expect(primer.transferred(context)).toEqual({ diffCopies: 2, files: 2, bytes: 14 });
  });

  test('that an owner or a build has stays, however many others are asked for', async () => {
    await own('/a');
    await end('/a');
    const leased = primer.lease(context, { spec: '/b', env: {} }, snapshot, never);
    await settle();
    await end('/b');
    await leased;
    for (let i = 0; i <= daemonLimits.unusedEngines; i++) await pool.get({ spec: `/other${i}`, env: {} });
    await new Promise(setImmediate);
    expect(pool.describe().map(({ label }) => label)).toEqual(['/a', '/b', ...reached.slice(3)]);
  });
});
