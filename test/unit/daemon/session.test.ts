import { expect, test, vi } from 'vitest';
import { Deferred } from '../../../src/base/deferred.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Context } from '../../../src/daemon/contextHub.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { collected } from '../../support/collected.ts';
import { DaemonRig } from '../../support/daemonRig.ts';
import { settle } from '../../support/fakeClock.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const id = digestOf(Buffer.from('context'));

test('nothing is left of an opening when the client opens the context anew', async () => {
  const rig = await DaemonRig.open(temporaryFolder());
  const link = await rig.greeted();
  await rig.openContext(link, id, 'owner');
  const context = await rig.hub.open(id);
  const before = new WeakRef(context.owner!);
  await rig.openContext(link, id, 'owner');
  expect(context.owner).not.toBe(before.deref());
  await collected(before);
  link.cut();
  await expect.poll(() => context.isUsed).toBe(false);
  expect(context.owner).toBeUndefined();
});

test('a client that goes while its context is loaded owns nothing', async () => {
  const rig = await DaemonRig.open(temporaryFolder());
  const context = await rig.hub.open(id);
  const loaded = new Deferred<Context>();
  const open = vi.spyOn(rig.hub, 'open').mockReturnValue(loaded.promise);
  const link = await rig.greeted();
  rig.openContext(link, id, 'owner').catch(() => {});
  await vi.waitFor(() => expect(open).toHaveBeenCalled(), 20_000);
  link.cut();
  loaded.resolve(context);
  await settle();
  expect([context.owner, context.isUsed]).toEqual([undefined, false]);
});

test(`a client has ${daemonLimits.openContexts} contexts open at once, and is told when it opens one more`, async () => {
  const rig = await DaemonRig.open(temporaryFolder());
  const link = await rig.greeted();
  const nth = (n: number) => digestOf(Buffer.from(`context ${n}`));
  for (let n = 0; n < daemonLimits.openContexts; n++) await rig.openContext(link, nth(n), 'guest');
  await expect(rig.openContext(link, nth(-1), 'guest')).rejects.toMatchObject({ code: 'LIMIT' });
  await rig.openContext(link, nth(0), 'guest');
});
