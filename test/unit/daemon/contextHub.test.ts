import { beforeEach, describe, expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { Deferred } from '../../../src/base/deferred.ts';
import type { Disposable } from '../../../src/base/disposable.ts';
import { systemClock } from '../../../src/base/time.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Digest } from '../../../src/context/digest.ts';
import type { Context, Owner, StoredHead } from '../../../src/daemon/contextHub.ts';
import { ContextHub } from '../../../src/daemon/contextHub.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { Contents } from '../../support/contents.ts';

const id = (name: string) => digestOf(Buffer.from(name));
const contents = new Contents();
const snapshot = contents.snapshot(contents.file('f', 'content'));

let hub: ContextHub;
/** What the store has. */
let heads: Map<Digest, StoredHead>;
/** For what the builder is at work. */
let busy: Set<Digest>;
/** What was forgotten of the builder's, oldest first. */
let dropped: Digest[];

beforeEach(() => {
  heads = new Map();
  busy = new Set();
  dropped = [];
  const store = {
    head: (context: Digest) => Promise.resolve(heads.get(context)),
    commit: (context: Digest, committed: typeof snapshot) =>
      Promise.resolve(void heads.set(context, { snapshot: committed, isWhole: true })),
    touch: () => Promise.resolve(),
    check: () => Promise.resolve(),
  };
  hub = new ContextHub(store, { isBusy: (context) => busy.has(context), drop: (context) => dropped.push(context) });
});

/** A client that has the context open until it is disposed. */
async function client(name: string): Promise<Disposable> {
  const context = await hub.open(id(name));
  return context.subscribe(() => {});
}

/** As many short-lived contexts as stay in memory. */
async function others(): Promise<void> {
  for (let i = 0; i < daemonLimits.unusedContexts; i++) (await client(`other ${i}`)).dispose();
}

function isLoaded(name: string): boolean {
  return [...hub.all].some((context) => context.id === id(name));
}

test(`${daemonLimits.unusedContexts} contexts that nobody uses any more stay in memory, the latest, with all that is known of them`, async () => {
  (await client('first')).dispose();
  (await client('second')).dispose();
  const { length } = [...hub.all];
  await others();
  expect(length).toBe(2);
  expect([...hub.all]).toHaveLength(daemonLimits.unusedContexts);
  expect(dropped).toEqual([id('first'), id('second')]);
});

test('a context that is opened again is the latest', async () => {
  (await client('again')).dispose();
  (await client('once')).dispose();
  (await client('again')).dispose();
  (await client('more')).dispose();
  for (let i = 3; i <= daemonLimits.unusedContexts; i++) (await client(`other ${i}`)).dispose();
  expect([isLoaded('again'), isLoaded('once')]).toEqual([true, false]);
});

test('one that was forgotten is opened with the head that the store has', async () => {
  const context = await hub.open(id('built'));
  const membership = context.subscribe(() => {});
  await context.commit(snapshot, 1);
  membership.dispose();
  await others();
  expect(isLoaded('built')).toBe(false);
  expect(hub.isUsed(id('built'))).toBe(false);
  const reopened = await hub.open(id('built'));
  expect(reopened).not.toBe(context);
  expect(reopened.head?.digest).toBe(snapshot.digest);
});

test('one that a client has open stays, though another has left', async () => {
  const [one, other] = [await client('open'), await client('open')];
  one.dispose();
  await others();
  await others();
  expect([isLoaded('open'), hub.isUsed(id('open'))]).toEqual([true, true]);
  other.dispose();
  expect(hub.isUsed(id('open'))).toBe(false);
});

test('one stays while a push that its client began comes to its end', async () => {
  const received = new Deferred<void>();
  const context = await hub.open(id('pushed'));
  const membership = context.subscribe(() => {});
  const push = context.push(systemClock, () => received.promise);
  membership.dispose();
  await others();
  expect(isLoaded('pushed')).toBe(true);
  received.resolve();
  await push;
  await expect.poll(() => hub.isUsed(id('pushed'))).toBe(false);
});

test('one stays while the builder is at work for it, and another goes', async () => {
  busy.add(id('primed'));
  (await client('primed')).dispose();
  (await client('idle')).dispose();
  await others();
  expect([isLoaded('primed'), isLoaded('idle')]).toEqual([true, false]);
  busy.clear();
  (await client('one more')).dispose();
  expect(isLoaded('primed')).toBe(false);
});

test('one that is about to be opened is used', async () => {
  (await client('reopened')).dispose();
  expect(hub.isUsed(id('reopened'))).toBe(false);
  const opening = hub.open(id('reopened'));
  expect(hub.isUsed(id('reopened'))).toBe(true);
  await others();
  expect(isLoaded('reopened')).toBe(true);
  (await opening).subscribe(() => {}).dispose();
  expect(hub.isUsed(id('reopened'))).toBe(false);
});

describe('of what clients have read of a context', () => {
  const day = 86_400_000_000;
  const changed = contents.snapshot(contents.file('f', 'changed'));
  const owner: Owner = {
    nonce: '' as ByteString,
    engine: { spec: '', env: {} },
    speculate: false,
    barrier: () => Promise.reject(new Error('nobody asks')),
  };
  let context: Context;
  let membership: Disposable;

  beforeEach(async () => {
    context = await hub.open(id('read'));
    membership = context.subscribe(() => {});
    await context.commit(snapshot, 10 * day);
  });

  const headAfter = async (commit: Promise<void>) => {
    await commit;
    return context.head?.digest;
  };

  test('the latest stays the head, and is told again by whoever read the same earlier', async () => {
    await expect(context.commit(changed, 9 * day)).rejects.toMatchObject({ code: 'SUPERSEDED' });
    expect(await headAfter(context.commit(snapshot, 9 * day))).toBe(snapshot.digest);
    expect(await headAfter(context.commit(changed, 11 * day))).toBe(changed.digest);
  });

  test('nothing counts as later that was told before the client’s clock began anew: by nobody who has it open still', async () => {
    membership.dispose();
    context.subscribe(() => {});
    expect(await headAfter(context.commit(changed, 1))).toBe(changed.digest);
  });

  test('nor before an owner took the context over, though a connection from then was not found out to be dead', async () => {
    context.join('owner', owner.nonce, owner);
    expect(await headAfter(context.commit(changed, 1))).toBe(changed.digest);
  });

  test('a guest that joins an owner changes nothing of it', async () => {
    context.join('owner', owner.nonce, owner);
    await context.commit(changed, 2 * day);
    context.subscribe(() => {});
    context.join('owner', owner.nonce, { ...owner });
    context.join('guest', owner.nonce, { ...owner });
    await expect(context.commit(snapshot, day)).rejects.toMatchObject({ code: 'SUPERSEDED' });
  });

  test('what was lost is taken from whoever pushes it again, however early it was read', async () => {
    await context.forget();
    expect(await headAfter(context.commit(snapshot, day))).toBe(snapshot.digest);
  });
});
