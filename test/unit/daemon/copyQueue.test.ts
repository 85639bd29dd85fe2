import { beforeEach, describe, expect, test } from 'vitest';
import type { Disposable } from '../../../src/base/disposable.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import type { CopyMemory, CopyRecord, GenerationOrder, PrimingEngine } from '../../../src/daemon/copy.ts';
import { Copy } from '../../../src/daemon/copy.ts';
import { CopyQueue } from '../../../src/daemon/copyQueue.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

/** An engine whose primes end when the test says so. */
interface FakeGeneration extends Disposable {
  readonly order: GenerationOrder;
}

class FakeEngine implements PrimingEngine<FakeGeneration> {
  readonly log: string[] = [];
  sessionId = 's1';
  baselines: (Snapshot | undefined)[] = [];
  readonly live = new Set<string>();
  #ends: ((failure?: Error) => void)[] = [];
  auto = true;

  createGeneration(order: GenerationOrder): Promise<FakeGeneration> {
    const generation = { order, dispose: () => void this.live.delete(order.id) };
    this.live.add(order.id);
    return Promise.resolve(generation);
  }

  prime(generation: FakeGeneration) {
    this.log.push(`${generation.order.sharedKey}:${names.get(generation.order.tree.digest)}`);
    return new Promise<{ diffCopies: number; files: number; bytes: number }>((resolve, reject) => {
      const end = (failure?: Error) => (failure ? reject(failure) : resolve({ diffCopies: 1, files: 0, bytes: 0 }));
      if (this.auto) end();
      else this.#ends.push(end);
    });
  }

  reportedTree(previous: Snapshot | undefined, current: Snapshot): Snapshot {
    this.baselines.push(previous);
    return current;
  }

  async end(failure?: Error): Promise<void> {
    this.#ends.shift()!(failure);
    await settle();
  }
}

const contents = new Contents();
const [A, B, C] = ['A', 'B', 'C'].map((name) => contents.snapshot(contents.file('f', name))) as [
  Snapshot,
  Snapshot,
  Snapshot,
];
const names = new Map([
  [A.digest, 'A'],
  [B.digest, 'B'],
  [C.digest, 'C'],
]);

let engine: FakeEngine;
let clock: FakeClock;
let record: CopyRecord | undefined;
let ids: number;
const never = new AbortController().signal;

let disk: Promise<void>;

const memory: CopyMemory = {
  load: () => Promise.resolve(record),
  save: (saved) => disk.then(() => void (record = saved)),
  clear: () => disk.then(() => (record = undefined)),
};

function newQueue() {
  const newId = () => `k${++ids}`;
  return new CopyQueue<FakeGeneration>(
    (kind) => new Copy(engine, kind === 'lasting' ? memory : undefined, newId),
    clock,
    silentLogger,
  );
}

beforeEach(() => {
  engine = new FakeEngine();
  clock = new FakeClock();
  record = undefined;
  disk = Promise.resolve();
  ids = 0;
});

describe('a copy queue', () => {
  test('primes once for two builds of one snapshot', async () => {
    const queue = newQueue();
    const [first, second] = await Promise.all([queue.acquire(A, never), queue.acquire(A, never)]);
    expect(engine.log).toEqual(['k1:A']);
    expect(first.generation).toBe(second.generation);
  });

  test('primes the newest of the snapshots that wait', async () => {
    engine.auto = false;
    const queue = newQueue();
    queue.prime(A);
    await settle();
    queue.prime(B);
    queue.prime(C);
    await engine.end();
    await engine.end();
    expect(engine.log).toEqual(['k1:A', 'k1:C']);
  });

  test('says so when a snapshot is asked for that is primed already', async () => {
    const queue = newQueue();
    const primed: Snapshot[] = [];
    queue.onPrimed = (snapshot) => primed.push(snapshot);
    queue.prime(A);
    await settle();
    queue.prime(A);
    await settle();
    expect(primed).toEqual([A, A]);
    expect(engine.log).toEqual(['k1:A']);
  });

  test('does not prime while a build holds the copy', async () => {
    const queue = newQueue();
    const lease = await queue.acquire(A, never);
    queue.prime(B);
    await settle();
    expect(engine.log).toEqual(['k1:A']);
    lease.release();
    await settle();
    expect(engine.log).toEqual(['k1:A', 'k1:B']);
  });

  test('gives a build its own snapshot even when newer ones wait', async () => {
    const queue = newQueue();
    const first = await queue.acquire(A, never);
    const second = queue.acquire(B, never);
    queue.prime(C);
    first.release();
    const lease = await second;
    expect(names.get(lease.generation.order.tree.digest)).toBe('B');
    lease.release();
    await settle();
    expect(engine.log).toEqual(['k1:A', 'k1:B', 'k1:C']);
  });

  test('makes a new generation for A, B, A', async () => {
    const queue = newQueue();
    const generations: string[] = [];
    for (const snapshot of [A, B, A]) {
      const lease = await queue.acquire(snapshot, never);
      generations.push(lease.generation.order.id);
      lease.release();
    }
    expect(new Set(generations).size).toBe(3);
    expect(engine.live.size).toBe(1);
  });

  test('takes a second copy when a build holds the first for long, and no third', async () => {
    const queue = newQueue();
    await queue.acquire(A, never);
    const second = queue.acquire(B, never);
    await clock.advance(daemonLimits.copyHeldTooLong - 1);
    expect(engine.log).toEqual(['k1:A']);
    await clock.advance(1);
    await second;
    expect(engine.log).toEqual(['k1:A', 'k3:B']);
    queue.prime(C);
    await clock.advance(daemonLimits.copyHeldTooLong * 3);
    expect(engine.log).toHaveLength(2);
  });

  test('takes it also where timers fire a little early', async () => {
    class HastyClock extends FakeClock {
      override schedule(ms: number, run: () => void) {
        return super.schedule(ms > 1 ? ms - 0.5 : ms, run);
      }
    }
    clock = new HastyClock();
    const queue = newQueue();
    const first = await queue.acquire(A, never);
    let second: unknown;
    void queue.acquire(B, never).then((lease) => (second = lease));
    await clock.advance(daemonLimits.copyHeldTooLong + 1);
    expect(second).toBeDefined();
    first.release();
    queue.dispose();
    expect(clock.waiting).toBe(0);
  });

  test('tells the builds that wait when their prime fails, and starts a new copy after it', async () => {
    engine.auto = false;
    const queue = newQueue();
    const build = queue.acquire(A, never);
    build.catch(() => {});
    await settle();
    await engine.end(new PresyncError('ENGINE_LOST', 'gone'));
    await expect(build).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    queue.prime(A);
    await settle();
    await engine.end();
    expect(engine.log).toEqual(['k1:A', 'k3:A']);
  });

  test('keeps nothing of what a prime that failed was to replace', async () => {
    const queue = newQueue();
    queue.prime(A);
    await settle();
    engine.auto = false;
    queue.prime(B);
    await settle();
    expect(engine.live.size).toBe(2);
    await engine.end(new PresyncError('ENGINE_LOST', 'gone'));
    expect(engine.live.size).toBe(0);
  });

  test('forgets a build that is cancelled while it waits', async () => {
    const queue = newQueue();
    const first = await queue.acquire(A, never);
    const abort = new AbortController();
    const second = queue.acquire(B, abort.signal);
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    first.release();
    await settle();
    expect(engine.log).toEqual(['k1:A']);
  });

  test('refuses the builds that wait when it ends, and those that come later', async () => {
    const queue = newQueue();
    await queue.acquire(A, never);
    const waiting = queue.acquire(B, never);
    queue.dispose();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(queue.acquire(A, never)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a second copy', () => {
  /** A queue whose second copy has B, leased, beside A in the lasting one, which is free. */
  async function secondCopyOfB() {
    const queue = newQueue();
    const long = await queue.acquire(A, never);
    const second = queue.acquire(B, never);
    await clock.advance(daemonLimits.copyHeldTooLong);
    long.release();
    return { queue, lease: await second };
  }

  const held = (queue: CopyQueue<FakeGeneration>) => [...queue.trees()].map(({ digest }) => names.get(digest));
  const looks = (count: number) => clock.advance(count * daemonLimits.secondCopyUnused);

  test('is let go of when it was of no use for long, and what it held too', async () => {
    const { queue, lease } = await secondCopyOfB();
    lease.release();
    queue.prime(C);
    await settle();
    await looks(1);
    expect(held(queue)).toEqual(['C', 'B']);
    await looks(1);
    expect(held(queue)).toEqual(['C']);
    expect(engine.live.size).toBe(1);
    await queue.acquire(C, never);
    expect(engine.log).toEqual(['k1:A', 'k3:B', 'k1:C']);
  });

  test('is made anew when a build holds the lasting one for long again', async () => {
    const { queue, lease } = await secondCopyOfB();
    lease.release();
    queue.prime(C);
    await settle();
    await looks(2);
    await queue.acquire(C, never);
    const build = queue.acquire(A, never);
    await clock.advance(daemonLimits.copyHeldTooLong);
    await build;
    expect(held(queue)).toEqual(['C', 'A']);
  });

  test('stays while it alone holds what was primed last: the next build does not wait', async () => {
    const { queue, lease } = await secondCopyOfB();
    lease.release();
    await looks(5);
    expect(held(queue)).toEqual(['A', 'B']);
    await queue.acquire(B, never);
    expect(engine.log).toEqual(['k1:A', 'k3:B']);
  });

  test('stays while a build holds it, and while it is primed', async () => {
    const { queue, lease } = await secondCopyOfB();
    queue.prime(C);
    await settle();
    await looks(5);
    expect(held(queue)).toEqual(['C', 'B']);
    expect(engine.live.size).toBe(2);
    await queue.acquire(C, never);
    engine.auto = false;
    lease.release();
    const build = queue.acquire(A, never);
    await looks(5);
    expect(engine.log.at(-1)).toBe('k3:A');
    await engine.end();
    await build;
  });

  test('stays while builds keep being long', async () => {
    const { queue, lease } = await secondCopyOfB();
    lease.release();
    for (let round = 0; round < 5; round++) {
      queue.prime(C);
      await settle();
      await looks(1);
      const long = await queue.acquire(A, never);
      const second = queue.acquire(B, never);
      await clock.advance(daemonLimits.copyHeldTooLong);
      long.release();
      (await second).release();
    }
    expect(held(queue)).toEqual(['A', 'B']);
    expect(new Set(engine.log.map((line) => line.split(':')[0]))).toEqual(new Set(['k1', 'k3']));
  });

  test('is looked at no more when its queue has ended', async () => {
    const { queue, lease } = await secondCopyOfB();
    lease.release();
    expect(clock.waiting).toBe(1);
    queue.dispose();
    expect(clock.waiting).toBe(0);
  });
});

describe('a copy after a restart', () => {
  test('takes up the generation that was primed, without a prime', async () => {
    const before = newQueue();
    const { generation } = await before.acquire(A, never);
    const after = await newQueue().acquire(A, never);
    expect(engine.log).toEqual(['k1:A']);
    expect(after.generation.order.id).toBe(generation.order.id);
  });

  test('primes again in another session, from what BuildKit was told before', async () => {
    await newQueue().acquire(A, never);
    engine.sessionId = 's2';
    await newQueue().acquire(A, never);
    expect(engine.log).toEqual(['k1:A', 'k1:A']);
    expect(engine.baselines).toEqual([undefined, A]);
  });

  test('has no past when the daemon died while priming', async () => {
    const queue = newQueue();
    (await queue.acquire(A, never)).release();
    engine.auto = false;
    queue.prime(B);
    await settle();
    expect(engine.log).toEqual(['k1:A', 'k1:B']);
    expect(record).toBeUndefined();
    engine.auto = true;
    await newQueue().acquire(B, never);
    expect(engine.log).toEqual(['k1:A', 'k1:B', 'k4:B']);
  });

  test('is remembered behind the builds: the next prime waits for the disk, they do not', async () => {
    let written = () => {};
    disk = new Promise((resolve) => (written = resolve));
    const queue = newQueue();
    (await queue.acquire(A, never)).release();
    queue.prime(B);
    await settle();
    expect(engine.log).toEqual(['k1:A']);
    written();
    await settle();
    expect(engine.log).toEqual(['k1:A', 'k1:B']);
    expect(record?.tree.digest).toBe(B.digest);
  });
});

describe('a snapshot on its way', () => {
  test('is primed ahead where there is nothing to lose, and a build then waits for that prime alone', async () => {
    engine.auto = false;
    const queue = newQueue();
    void queue.anticipate(A);
    await settle();
    expect(engine.log).toEqual(['k1:A']);
    const build = queue.acquire(A, never);
    await engine.end();
    await build;
    expect(engine.log).toEqual(['k1:A']);
  });

  test('is not primed ahead of a copy that has a past', async () => {
    const queue = newQueue();
    (await queue.acquire(A, never)).release();
    await queue.anticipate(B);
    expect(engine.log).toEqual(['k1:A']);
    await newQueue().anticipate(B);
    expect(engine.log).toEqual(['k1:A']);
  });

  test('is primed again, into another copy, when it did not arrive', async () => {
    engine.auto = false;
    const queue = newQueue();
    void queue.anticipate(A);
    await settle();
    await engine.end(new PresyncError('STORE_CORRUPT', 'did not arrive'));
    const build = queue.acquire(A, never);
    await settle();
    await engine.end();
    await build;
    expect(engine.log).toEqual(['k1:A', 'k3:A']);
  });
});
