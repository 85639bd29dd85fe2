import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { clientLimits } from '../../../src/client/limits.ts';
import { ContextOwner } from '../../../src/client/owner.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Path } from '../../../src/context/path.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { FakeDaemon } from '../../support/fakeDaemon.ts';
import { FakeWorkspace } from '../../support/fakeWorkspace.ts';

let workspace: FakeWorkspace;
let daemon: FakeDaemon;
let clock: FakeClock;
let owner: ContextOwner;
let reachable: boolean;

beforeEach(() => {
  workspace = new FakeWorkspace();
  daemon = new FakeDaemon();
  clock = new FakeClock();
  reachable = true;
  owner = newOwner();
});

function newOwner(): ContextOwner {
  return new ContextOwner({
    context: workspace,
    watching: workspace,
    request: { context: workspace.id, label: fromText('/ws'), nonce: fromText('n'), engine: { spec: '', env: {} } },
    reach: () => (reachable ? Promise.resolve(daemon.connect()) : Promise.reject(new Error('no daemon'))),
    clock,
    logger: silentLogger,
    random: () => 1,
  });
}

afterEach(() => owner.dispose());

const synced = () => expect.poll(() => daemon.head?.digest).toBe(workspace.held.digest);

describe('an owner', () => {
  test('brings the daemon to what the folder holds', async () => {
    workspace.write('a', '1');
    owner.start();
    await synced();
    await expect.poll(() => owner.state.inSync).toBe(true);
  });

  test('whose first reading ends after the daemon said what it has sends nothing of what is there', async () => {
    workspace.write('a', '1');
    owner.start();
    await synced();
    owner.dispose();
    const pushes = daemon.pushes.length;
    let finish = () => {};
    const reading = new Promise<void>((resolve) => (finish = resolve));
    const read = workspace.read.bind(workspace);
    workspace.read = async (hint) => {
      await reading;
      return read(hint);
    };
    owner = newOwner();
    owner.start();
    await expect.poll(() => owner.state.link).toBe('connected');
    finish();
    await expect.poll(() => owner.state.inSync).toBe(true);
    expect(daemon.pushes).toHaveLength(pushes);
  });

  test('pushes a watched change after a quiet moment, and only the difference', async () => {
    workspace.write('a', '1');
    workspace.tell();
    owner.start();
    await synced();
    const before = daemon.head!.digest;
    workspace.write('b', '2');
    workspace.tell();
    expect(owner.state.inSync).toBe(false);
    await clock.advance(100);
    await synced();
    expect(daemon.pushes.at(-1)).toEqual({ base: before, target: workspace.held.digest });
    expect(workspace.reads.at(-1)).toEqual({ paths: ['b'] });
  });

  test('that was disposed while it read tries nothing any more', async () => {
    const readings: ((error: Error) => void)[] = [];
    workspace.read = () => new Promise((_, reject) => readings.push(reject));
    owner.start();
    await expect.poll(() => readings).toHaveLength(1);
    owner.dispose();
    readings[0]!(new Error('cancelled'));
    await settle();
    await clock.advance(3 * clientLimits.syncRetry);
    expect(readings).toHaveLength(1);
  });

  test('pushes a save at once, without the quiet moment', async () => {
    owner.start();
    await synced();
    workspace.write('a', '1');
    owner.saved({ paths: ['a' as Path] });
    await synced();
  });

  test('takes in all saves of the time of one pass with the next, and no more passes', async () => {
    owner.start();
    await synced();
    await expect.poll(() => owner.state.busy).toBe(false);
    let finish = () => {};
    const held = new Promise<void>((resolve) => (finish = resolve));
    const read = workspace.read.bind(workspace);
    workspace.read = async (hint) => {
      await held;
      return read(hint);
    };
    let passes = 0;
    let wasBusy = false;
    owner.onDidChange(({ busy }) => {
      if (busy && !wasBusy) passes++;
      wasBusy = busy;
    });
    owner.saved({ paths: ['first' as Path] });
    await settle();
    const names = Array.from({ length: 100 }, (_, index) => `f${index}`);
    const all = names.map((name) => {
      workspace.write(name, name);
      owner.saved({ paths: [name as Path] });
      return owner.sync().then(() => daemon.head?.digest === workspace.held.digest);
    });
    finish();
    expect(await Promise.all(all)).toEqual(names.map(() => true));
    await settle();
    expect(passes).toBe(2);
    expect(workspace.reads.at(-1)).toEqual({ paths: names });
  });

  test('watches on without a daemon, and pushes what changed when there is one', async () => {
    reachable = false;
    workspace.write('a', '1');
    owner.start();
    await expect.poll(() => owner.state.link).toBe('waiting');
    workspace.write('b', '2');
    workspace.tell();
    await clock.advance(100);
    expect(owner.state.snapshot?.digest).toBe(workspace.held.digest);
    reachable = true;
    await clock.advance(1000);
    await synced();
  });

  test('resumes from what was acknowledged when the link was cut', async () => {
    workspace.write('a', '1');
    owner.start();
    await synced();
    const acknowledged = daemon.head!.digest;
    daemon.cut();
    await expect.poll(() => owner.state.link).toBe('waiting');
    workspace.write('b', '2');
    workspace.tell();
    await clock.advance(1000);
    await synced();
    expect(daemon.pushes.at(-1)!.base).toBe(acknowledged);
  });

  test('describes everything when the daemon has lost its snapshots', async () => {
    workspace.write('a', '1');
    owner.start();
    await synced();
    daemon.sink.snapshots.clear();
    workspace.write('b', '2');
    workspace.tell();
    await clock.advance(100);
    await synced();
    expect(daemon.pushes.at(-1)!.base).toBeUndefined();
  });

  test('sends again what the daemon has lost of its snapshot', async () => {
    workspace.write('a', '1');
    workspace.write('b', '2');
    owner.start();
    await synced();
    const { sink } = daemon;
    sink.kept = sink.head;
    sink.head = undefined;
    sink.snapshots.clear();
    const lost = digestOf(Buffer.from('2'));
    sink.chunks.delete(lost);
    sink.arrivals.length = 0;
    await daemon.notify(workspace.id, undefined);
    await synced();
    expect(sink.arrivals).toEqual([lost]);
    await expect.poll(() => owner.state.inSync).toBe(true);
  });

  test('only follows where another owns the context, and takes over when that one leaves', async () => {
    daemon.ownership = 'other';
    workspace.write('a', '1');
    owner.start();
    await expect.poll(() => owner.state.attached).toBe(true);
    expect(daemon.pushes).toEqual([]);
    daemon.ownership = 'yours';
    await daemon.notify(workspace.id, undefined, false);
    await synced();
    expect(owner.state.attached).toBe(false);
  });

  test('connects anew when it cannot take over, and says why it could not', async () => {
    daemon.ownership = 'other';
    workspace.write('a', '1');
    owner.start();
    await expect.poll(() => owner.state.link).toBe('connected');
    daemon.ownership = 'yours';
    const answer = daemon.peer!.onRequest;
    daemon.peer!.onRequest = (exchange, request) => {
      if (request.type !== 'open') return answer(exchange, request);
      void exchange.send({ type: 'error', error: new PresyncError('STORE_IO', 'The disk hiccups.') });
    };
    await daemon.notify(workspace.id, undefined, false);
    await expect.poll(() => owner.state).toMatchObject({ link: 'waiting', failure: { code: 'STORE_IO' } });
    await clock.advance(1000);
    await synced();
    expect(owner.state).toMatchObject({ attached: false, failure: undefined });
  });

  test('is in sync where another owns the context as soon as that one has pushed the same', async () => {
    daemon.ownership = 'other';
    workspace.write('a', '1');
    owner.start();
    await expect.poll(() => owner.state.attached && !owner.state.busy).toBe(true);
    expect(owner.state.inSync).toBe(false);
    daemon.sink.head = workspace.held;
    await daemon.notify(workspace.id, workspace.held.digest);
    await expect.poll(() => owner.state).toMatchObject({ inSync: true, primed: true, attached: true });
    workspace.write('a', '2');
    owner.saved({ paths: ['a' as Path] });
    await expect.poll(() => owner.state.snapshot?.digest).toBe(workspace.held.digest);
    expect(owner.state.inSync).toBe(false);
    expect(daemon.pushes).toEqual([]);
  });

  test('reads everything again when it is asked to, and pushes what nobody told of', async () => {
    owner.start();
    await synced();
    workspace.write('a', '1');
    await owner.refresh();
    expect(workspace.reads.at(-1)).toMatchObject({ everything: true });
    expect(daemon.head?.digest).toBe(workspace.held.digest);
  });

  test('counts what it sends while it sends it', async () => {
    const counts: number[] = [];
    owner.onDidChange(({ sent }) => counts.push(sent.bytes));
    workspace.write('a', 'x'.repeat(100_000));
    workspace.write('b', 'y'.repeat(100_000));
    owner.start();
    await synced();
    await expect.poll(() => owner.state.busy).toBe(false);
    expect(owner.state.sent).toEqual({ files: 2, bytes: 200_000 });
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.filter((bytes) => bytes === 200_000).length).toBeGreaterThan(1);
  });

  test('says that the builder is ready while it holds what was acknowledged, and no longer', async () => {
    owner.start();
    await synced();
    await daemon.notify(workspace.id, daemon.head!.digest);
    await expect.poll(() => owner.state.primed).toBe(true);
    workspace.write('a', '1');
    owner.saved({ paths: ['a' as Path] });
    await synced();
    await expect.poll(() => owner.state.primed).toBe(false);
  });
});

test('that is not told of all changes says so, beside being in sync', async () => {
  workspace.degraded = 'there are no more watches';
  owner.start();
  await synced();
  expect(owner.state).toMatchObject({
    inSync: true,
    failure: { code: 'CONTEXT_UNWATCHED', message: 'Changes are found late: there are no more watches.' },
  });
  workspace.degraded = undefined;
  expect(owner.state.failure).toBeUndefined();
});

describe('a barrier', () => {
  async function ask(prove: boolean): Promise<Exchange> {
    const exchange = await daemon.peer!.begin({ type: 'barrier', context: workspace.id, prove });
    await exchange.expect('barrier');
    return exchange;
  }

  /** Its proof: the builder has a head start. */
  async function proofOf(exchange: Exchange) {
    await exchange.expect('reached');
    await settle();
    await clock.advance(clientLimits.proofHeadStart);
    return exchange.expect('proof');
  }

  const barrier = async () => (await ask(false)).receive();

  test('is answered with a snapshot that holds all that was written before', async () => {
    owner.start();
    await synced();
    workspace.write('a', 'just written');
    expect(await barrier()).toMatchObject({ type: 'reached', snapshot: workspace.held.digest });
    expect(daemon.head!.digest).toBe(workspace.held.digest);
  });

  test('tells what had to be sent for it', async () => {
    owner.start();
    await synced();
    workspace.write('a', '12345');
    expect(await barrier()).toMatchObject({ sent: { files: 1, bytes: 5 } });
    expect(await barrier()).toMatchObject({ sent: { files: 0, bytes: 0 } });
  });

  test('fails where files cannot be read: the build would lack them', async () => {
    owner.start();
    await synced();
    workspace.problems = [{ path: 'x' as Path, kind: 'unreadable', message: 'No permission.' }];
    workspace.write('a', '1');
    await expect(barrier()).rejects.toMatchObject({ code: 'CONTEXT_UNREADABLE' });
  });

  test('that is to be proven is followed by the proof of that very snapshot', async () => {
    owner.start();
    await synced();
    workspace.write('a', '1');
    const proven: string[] = [];
    workspace.prove = ({ digest }) => (proven.push(digest), { verdict: 'equal', paths: [], count: 0, ms: 5 });
    const exchange = await ask(true);
    const { snapshot } = await exchange.expect('reached');
    await clock.advance(clientLimits.proofHeadStart - 1);
    expect(proven).toEqual([]);
    await clock.advance(1);
    expect((await exchange.expect('proof')).proof).toMatchObject({ verdict: 'equal', ms: 5 });
    expect(proven).toEqual([snapshot]);
    expect(owner.state.inSync).toBe(true);
  });

  test.each(['missed', 'moved'] as const)('after a proof of what was %s has that taken in', async (verdict) => {
    owner.start();
    await synced();
    workspace.prove = () => ({ verdict, paths: ['b' as Path], count: 1, ms: 5 });
    const exchange = await ask(true);
    expect((await proofOf(exchange)).proof).toMatchObject({ verdict });
    await barrier();
    expect(workspace.reads.at(-1)).toEqual({ paths: ['b'] });
  });

  test('reads everything when more was missed than the proof names', async () => {
    owner.start();
    await synced();
    workspace.prove = () => ({ verdict: 'missed', paths: ['b' as Path], count: 2, ms: 5 });
    await proofOf(await ask(true));
    await barrier();
    expect(workspace.reads.at(-1)).toMatchObject({ everything: true });
  });

  test('tells when its proof fails', async () => {
    owner.start();
    await synced();
    workspace.prove = () => Promise.reject(new PresyncError('CONTEXT_NOT_FOUND', 'gone'));
    await expect(proofOf(await ask(true))).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
  });
});
