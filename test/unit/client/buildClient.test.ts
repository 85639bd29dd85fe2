/** When a build begins, when it is released, when it is built again: against a daemon in memory. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import type { BuildListener, ProofTime } from '../../../src/client/buildClient.ts';
import { build } from '../../../src/client/buildClient.ts';
import { noServices } from '../../support/noServices.ts';
import type { Digest } from '../../../src/context/digest.ts';
import type { Path } from '../../../src/context/path.ts';
import type { Proof, Verdict } from '../../../src/context/proof.ts';
import type { Build } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { FakeDaemon } from '../../support/fakeDaemon.ts';
import { FakeWorkspace } from '../../support/fakeWorkspace.ts';

const path = 'f' as Path;
const proofOf = (verdict: Verdict): Proof => {
  return { verdict, paths: verdict === 'equal' ? [] : [path], count: verdict === 'equal' ? 0 : 1, ms: 7 };
};

let workspace: FakeWorkspace;
let daemon: FakeDaemon;
/** What happened at the daemon, in order. */
let log: string[];

beforeEach(() => {
  workspace = new FakeWorkspace();
  workspace.write('f', '1');
  daemon = new FakeDaemon();
  log = [];
});

const quiet: BuildListener = { onEvent: () => {}, onStarted: () => {} };

async function run(proof: ProofTime, signal = new AbortController().signal, listener = quiet) {
  const request = {
    dockerfile: { name: 'Dockerfile', content: new Uint8Array() },
    tags: ['app'],
    target: undefined,
    buildArgs: new Map(),
    noCache: false,
  };
  const open = { context: workspace.id, label: fromText('/ws'), nonce: fromText('n'), engine: { spec: '', env: {} } };
  const order = { context: workspace, open, parts: [{ request, services: noServices }], proof };
  const [outcome] = await build(daemon.connect().peer, order, listener, signal);
  return outcome!;
}

async function done(exchange: Exchange, snapshot: Digest): Promise<void> {
  const transfer = { diffCopies: 0, files: 0, bytes: 0 };
  const result = { imageId: 'sha256:1', imageBytes: 0, metadata: new Map(), generation: 'g', solveMs: 1, transfer };
  await exchange.send({ type: 'done', snapshot, result, sent: { files: 0, bytes: 0 } });
}

/** Builds as the daemon does: what is held ends when it is released, and with an error when it is cancelled. */
async function serve(exchange: Exchange, order: Build, proof?: Proof): Promise<void> {
  log.push(order.hold ? 'held' : 'free');
  if (proof !== undefined) await exchange.send({ type: 'proof', proof });
  if (order.hold) {
    const { type } = await exchange.receive();
    log.push(type);
    if (type === 'cancel') throw new PresyncError('CANCELLED', 'Cancelled.');
  }
  await done(exchange, order.snapshot ?? workspace.held.digest);
}

/** Answers each build with the next of the daemon's proofs, or without one. */
function serveWith(...proofs: Proof[]): void {
  daemon.onBuild = (exchange, order) => serve(exchange, order as Build, proofs.shift());
}

function proveWith(...verdicts: Verdict[]): void {
  workspace.prove = () => proofOf(verdicts.shift() ?? 'equal');
}

describe('a build of what it read itself', () => {
  test('is held until it is proven', async () => {
    serveWith();
    let prove: () => void = () => {};
    const waiting = new Promise<void>((resolve) => (prove = resolve));
    workspace.prove = () => waiting.then(() => proofOf('equal'));
    const built = run('concurrent');
    await vi.waitFor(() => expect(log).toEqual(['held']), 20_000);
    prove();
    expect(await built).toMatchObject({ verified: true, verifyMs: 7, differing: { count: 0 } });
    expect(log).toEqual(['held', 'release']);
  });

  test('is not released before that is agreed to, proven or not', async () => {
    for (const atRest of [true, false]) {
      log = [];
      workspace.atRest = atRest;
      const agreed = vi.fn(() => Promise.resolve(true));
      let tell: () => Promise<void> = () => Promise.resolve();
      daemon.onBuild = (exchange, order) => {
        tell = async () => void (await exchange.send({ type: 'events', events: [{ type: 'waiting' }] }));
        return serve(exchange, order as Build);
      };
      const built = run('concurrent', undefined, { ...quiet, mayName: agreed });
      await vi.waitFor(() => expect(log).toEqual(['held']), 20_000);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect([log, agreed.mock.calls.length]).toEqual([['held'], 0]);
      await tell();
      expect(await built).toMatchObject({ verified: true });
      expect(log).toEqual(['held', 'release']);
    }
  });

  test('is not released before that is agreed to where nothing is proven, whoever watches the context', async () => {
    for (const ownership of ['yours', 'other'] as const) {
      log = [];
      daemon.ownership = ownership;
      daemon.onBuild = async (exchange, order) => {
        log.push((order as Build).unproven === true ? 'unproven' : 'to be proven');
        await exchange.send({ type: 'events', events: [{ type: 'waiting' }] });
        await serve(exchange, order as Build);
      };
      const mayName = () => (log.push('asked'), Promise.resolve(true));
      expect(await run('off', undefined, { ...quiet, mayName })).toMatchObject({ verified: false });
      expect([...log].sort()).toEqual(['asked', 'held', 'release', 'unproven']);
    }
  });

  test('is not released where that is refused', async () => {
    const abort = new AbortController();
    daemon.onBuild = async (exchange, order) => {
      await exchange.send({ type: 'events', events: [{ type: 'waiting' }] });
      await serve(exchange, order as Build);
    };
    const mayName = () => (abort.abort(), Promise.resolve(false));
    await expect(run('concurrent', abort.signal, { ...quiet, mayName })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(log).toEqual(['held', 'cancel']);
  });

  test('needs no second scan when the first found the folder at rest', async () => {
    serveWith();
    workspace.atRest = true;
    workspace.prove = () => Promise.reject(new Error('not asked for'));
    expect(await run('concurrent')).toMatchObject({ verified: true, verifyMs: 1 });
    expect(log).toEqual(['free']);
  });

  test('is built again, from what is there by then, when something was missed', async () => {
    serveWith();
    const verdicts: Verdict[] = ['missed', 'equal'];
    workspace.prove = () => {
      if (verdicts.length === 2) workspace.write('f', 'was missed');
      return proofOf(verdicts.shift()!);
    };
    const { verified, snapshot } = await run('concurrent');
    expect(log).toEqual(['held', 'cancel', 'held', 'release']);
    expect(verified).toBe(true);
    expect(snapshot).toBe(workspace.held.digest);
  });

  test('is built unproven, and names what was missed, after three tries', async () => {
    serveWith();
    proveWith('missed', 'missed', 'missed');
    expect(await run('concurrent')).toMatchObject({ verified: false, differing: { paths: [path], count: 1 } });
    expect(log).toEqual(['held', 'cancel', 'held', 'cancel', 'held', 'cancel', 'free']);
  });

  test('is not built again for what has changed since, and is not said to be proven', async () => {
    serveWith();
    proveWith('moved');
    expect(await run('concurrent')).toMatchObject({ verified: false, differing: { paths: [path] } });
    expect(log).toEqual(['held', 'release']);
  });

  test('that fails is built again if its snapshot lacked something', async () => {
    proveWith('missed', 'equal');
    daemon.onBuild = (exchange, order) => {
      if (log.length > 0) return serve(exchange, order as Build);
      log.push('failed');
      throw new PresyncError('BUILD_FAILED', 'COPY failed');
    };
    expect(await run('concurrent')).toMatchObject({ verified: true });
    expect(log).toEqual(['failed', 'held', 'release']);
  });

  test('that fails has failed if its snapshot was right', async () => {
    daemon.onBuild = () => Promise.reject(new PresyncError('BUILD_FAILED', 'COPY failed'));
    await expect(run('concurrent')).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  });

  test('ends when it cannot be proven: the folder is gone', async () => {
    serveWith();
    workspace.prove = () => Promise.reject(new PresyncError('CONTEXT_NOT_FOUND', 'gone'));
    await expect(run('concurrent')).rejects.toMatchObject({ code: 'CONTEXT_NOT_FOUND' });
    expect(log).toEqual(['held', 'cancel']);
  });

  test('is cancelled while it waits for its proof', async () => {
    serveWith();
    const abort = new AbortController();
    workspace.prove = (_, signal) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new PresyncError('CANCELLED', 'Cancelled.'))),
      );
    const built = run('concurrent', abort.signal);
    await vi.waitFor(() => expect(log).toEqual(['held']), 20_000);
    abort.abort();
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(log).toEqual(['held', 'cancel']);
  });

  test('without a proof is neither held nor verified', async () => {
    serveWith();
    workspace.atRest = true;
    expect(await run('off')).toMatchObject({ verified: false, verifyMs: 0 });
    expect(log).toEqual(['free']);
  });
});

describe('a proof before the build', () => {
  test('is there before anything is built', async () => {
    serveWith();
    workspace.prove = () => (log.push('proof'), proofOf('equal'));
    expect(await run('before')).toMatchObject({ verified: true, verifyMs: 7 });
    expect(log).toEqual(['proof', 'free']);
  });

  test('is tried three times with what changes', async () => {
    serveWith();
    proveWith('moved', 'missed', 'equal');
    expect(await run('before')).toMatchObject({ verified: true });
    proveWith('moved', 'missed', 'moved');
    expect(await run('before')).toMatchObject({ verified: false, differing: { paths: [path] } });
    expect(log).toEqual(['free', 'free']);
  });

  test("is the build's own, whoever watches the context", async () => {
    daemon.ownership = 'other';
    serveWith();
    expect(await run('before')).toMatchObject({ verified: true });
    expect(workspace.reads).toHaveLength(1);
  });
});

describe('a build of what an owner keeps in sync', () => {
  beforeEach(() => (daemon.ownership = 'other'));

  test("reads nothing, and is proven by the owner's scan", async () => {
    serveWith(proofOf('equal'));
    expect(await run('concurrent')).toMatchObject({ verified: true, verifyMs: 7 });
    expect(workspace.reads).toEqual([]);
    expect(log).toEqual(['held', 'release']);
  });

  test('asks for another barrier when the owner had missed something', async () => {
    serveWith(proofOf('missed'), proofOf('equal'));
    expect(await run('concurrent')).toMatchObject({ verified: true });
    expect(log).toEqual(['held', 'cancel', 'held', 'release']);
  });

  test('that fails while the owner finds that it had missed something is built again', async () => {
    const proofs = [proofOf('missed'), proofOf('equal')];
    daemon.onBuild = async (exchange, order) => {
      if (proofs.length === 1) return serve(exchange, order as Build, proofs.shift());
      await exchange.send({ type: 'proof', proof: proofs.shift()! });
      throw new PresyncError('BUILD_FAILED', 'COPY failed');
    };
    expect(await run('concurrent')).toMatchObject({ verified: true });
  });

  test('reads the folder itself when the owner falls silent, also in the middle', async () => {
    daemon.onBuild = (exchange, order) => {
      if ((order as Build).snapshot !== undefined) return serve(exchange, order as Build);
      throw new PresyncError('OWNER_SILENT', 'silent');
    };
    expect(await run('concurrent')).toMatchObject({ verified: true });
    expect(workspace.reads).toHaveLength(1);
    expect(log).toEqual(['held', 'release']);
  });

  test('is not held without a proof', async () => {
    serveWith();
    expect(await run('off')).toMatchObject({ verified: false });
    expect(log).toEqual(['free']);
  });
});
