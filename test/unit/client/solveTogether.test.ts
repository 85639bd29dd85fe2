/** Builds that share a snapshot, against a daemon in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { openContext } from '../../../src/client/openContext.ts';
import { noServices } from '../../support/noServices.ts';
import type { SolveOrder } from '../../../src/client/solve.ts';
import { solveTogether } from '../../../src/client/solveTogether.ts';
import type { BuildEvent } from '../../../src/context/buildEvent.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Proof } from '../../../src/context/proof.ts';
import type { Build } from '../../../src/protocol/message.ts';
import { vertex } from '../../support/buildEvents.ts';
import { FakeDaemon } from '../../support/fakeDaemon.ts';

const context = digestOf(Buffer.from('context'));
const snapshot = digestOf(Buffer.from('snapshot'));
const equal: Proof = { verdict: 'equal', paths: [], count: 0, ms: 1 };
const missed: Proof = { ...equal, verdict: 'missed' };

let daemon: FakeDaemon;
/** What happened at the daemon, in order. */
let log: string[];
let told: BuildEvent[];
let proofs: Proof[];

beforeEach(() => {
  daemon = new FakeDaemon();
  [log, told, proofs] = [[], [], []];
  serve();
});

interface Serving {
  /** The owner's. */
  readonly proof?: Proof;
  /** The owner is quicker with it than the builder is with its copy. */
  readonly early?: boolean;
  readonly fail?: string;
}

/** Answers builds as the daemon does. */
function serve({ proof, early = false, fail }: Serving = {}): void {
  daemon.onBuild = async (exchange, message) => {
    const { request, hold, snapshot: of } = message as Build;
    const target = request.target!;
    log.push(`${target} of ${of === undefined ? 'the owner' : 'a snapshot'}`);
    if (of === undefined && early) {
      await exchange.send({ type: 'proof', proof: proof! });
      if (proof!.verdict === 'missed') {
        await exchange.expect('cancel');
        throw new PresyncError('CANCELLED', 'Cancelled.');
      }
    }
    await exchange.send({ type: 'events', events: [{ type: 'started', snapshot }, vertex('shared'), vertex(target)] });
    if (of === undefined && proof !== undefined && !early) await exchange.send({ type: 'proof', proof });
    if (fail === target) throw new PresyncError('BUILD_FAILED', `${target} failed`);
    if (hold || fail !== undefined) {
      const { type } = await exchange.receive();
      log.push(`${target}: ${type}`);
      if (type === 'cancel') throw new PresyncError('CANCELLED', 'Cancelled.');
    }
    const transfer = { diffCopies: 0, files: 0, bytes: 0 };
    const result = { imageId: target, imageBytes: 0, metadata: new Map(), generation: 'g', solveMs: 1, transfer };
    await exchange.send({ type: 'done', snapshot, result, sent: { files: 0, bytes: 0 } });
  };
}

async function build(
  targets: readonly string[],
  of: Digest | undefined,
  proof: SolveOrder['proof'],
  signal = new AbortController().signal,
) {
  const { peer } = daemon.connect();
  const engine = { spec: '', env: {} };
  await openContext(peer, { context, label: fromText('/ws'), role: 'guest', nonce: fromText(''), engine });
  const parts = targets.map((target) => {
    const dockerfile = { name: 'Dockerfile', content: new Uint8Array() };
    return { request: { dockerfile, tags: [], target, buildArgs: new Map(), noCache: false }, services: noServices };
  });
  const listener = {
    onEvent: (event: BuildEvent) => told.push(event),
    onStarted: () => log.push('started'),
    onProof: (found: Proof) => proofs.push(found),
  };
  const solved = await solveTogether(peer, { context, snapshot: of, proof, parts }, listener, signal);
  return solved?.map(({ result }) => result.imageId);
}

describe('builds of one snapshot', () => {
  it('run beside each other and are released by one proof', async () => {
    expect(await build(['a', 'b', 'c'], snapshot, Promise.resolve(equal))).toEqual(['a', 'b', 'c']);
    expect(log.filter((what) => what.endsWith('release'))).toHaveLength(3);
    expect(log.filter((what) => what === 'started')).toHaveLength(1);
    expect(proofs).toEqual([equal]);
  });

  it('follow the first, which asks the owner what is built', async () => {
    serve({ proof: equal });
    expect(await build(['a', 'b', 'c'], undefined, 'owner')).toEqual(['a', 'b', 'c']);
    expect(log.filter((what) => what.includes(' of '))).toEqual([
      'a of the owner',
      'b of a snapshot',
      'c of a snapshot',
    ]);
    expect(proofs).toEqual([equal]);
  });

  it('are all to be built again when the snapshot lacked something', async () => {
    expect(await build(['a', 'b'], snapshot, Promise.resolve(missed))).toBeUndefined();
    serve({ proof: missed });
    expect(await build(['a', 'b'], undefined, 'owner')).toBeUndefined();
    expect(log.filter((what) => what.endsWith('release'))).toEqual([]);
  });

  it('are all to be built again when that is known before the first has begun', async () => {
    serve({ proof: missed, early: true });
    expect(await build(['a', 'b', 'c'], undefined, 'owner')).toBeUndefined();
    expect(log).toEqual(['a of the owner']);
  });

  it('are released by a proof that came before the first began', async () => {
    serve({ proof: equal, early: true });
    expect(await build(['a', 'b'], undefined, 'owner')).toEqual(['a', 'b']);
  });

  it('end with the signal though the owner never proves what they are of', async () => {
    const abort = new AbortController();
    const asked = daemon.onBuild;
    // The first is over without a proof.
    daemon.onBuild = (exchange, message) => {
      const { request, snapshot: of } = message as Build;
      return asked(exchange, { ...(message as Build), hold: request.target !== 'a' && of !== undefined });
    };
    const built = build(['a', 'b'], undefined, 'owner', abort.signal);
    await expect.poll(() => log).toContain('b of a snapshot');
    abort.abort();
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(log).toContain('b: cancel');
  });

  it('end together when one fails, with its error', async () => {
    serve({ fail: 'b' });
    await expect(build(['a', 'b', 'c'], snapshot, undefined)).rejects.toMatchObject({ message: 'b failed' });
    expect(log).toEqual(expect.arrayContaining(['a: cancel', 'c: cancel']));
  });

  it('are over when the first finds no owner', async () => {
    daemon.onBuild = () => Promise.reject(new PresyncError('OWNER_SILENT', 'Nobody.'));
    await expect(build(['a', 'b'], undefined, 'owner')).rejects.toMatchObject({ code: 'OWNER_SILENT' });
  });

  it('tell a step that they share once', async () => {
    await build(['a', 'b'], snapshot, undefined);
    expect(told.map((event) => (event.type === 'vertex' ? event.digest : ''))).toEqual(
      expect.arrayContaining(['shared', 'a', 'b']),
    );
    expect(told).toHaveLength(3);
  });
});
