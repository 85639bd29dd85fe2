import { beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { Daemon } from '../../../src/daemon/daemon.ts';
import type { SessionServices } from '../../../src/daemon/session.ts';
import { protocolVersion } from '../../../src/protocol/version.ts';
import { greetDaemon } from '../../../src/transfer/negotiation.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

let daemon: Daemon;
let clock: FakeClock;
let busy: boolean;
/** What the daemon did, oldest first. */
let done: string[];

beforeEach(() => {
  clock = new FakeClock();
  busy = false;
  done = [];
  daemon = new Daemon({
    // Nobody asks for anything here.
    services: { clock, logger: silentLogger } as unknown as SessionServices,
    busy: () => busy,
    stopListening: () => done.push('closed'),
    handOver: () => Promise.resolve(void done.push('handed over')),
    exit: () => done.push('exited'),
    idleExit: 1000,
    clock,
    logger: silentLogger,
  });
});

/** A client that was greeted, with why its link was closed. */
async function connect(): Promise<{ why?: string }> {
  const [near, far] = memoryLink();
  void daemon.accept(new Peer(far, 'daemon'));
  const peer = new Peer(near, 'client');
  const client: { why?: string } = {};
  peer.onClose = ({ code }) => (client.why = code);
  await greetDaemon(peer, { version: protocolVersion, packing: false });
  return client;
}

describe('a daemon that makes way', () => {
  test('closes the links of clients that are at nothing, hands over, and exits', async () => {
    const clients = [await connect(), await connect()];
    await daemon.drain();
    await expect.poll(() => clients.map(({ why }) => why !== undefined)).toEqual([true, true]);
    await expect.poll(() => done).toEqual(['closed', 'handed over', 'exited']);
  });

  test('exits at once when nobody is connected', async () => {
    await daemon.drain();
    await expect.poll(() => done).toEqual(['closed', 'handed over', 'exited']);
  });

  test('does so once, however often it is asked', async () => {
    await connect();
    await Promise.all([daemon.drain(), daemon.drain()]);
    await expect.poll(() => done).toEqual(['closed', 'handed over', 'exited']);
  });
});

describe('an idle daemon', () => {
  test('exits after a while', async () => {
    await clock.advance(999);
    expect(done).toEqual([]);
    await clock.advance(1);
    await expect.poll(() => done).toContain('exited');
  });

  test('stays while a client is connected or the builder is at work', async () => {
    busy = true;
    await clock.advance(1500);
    await connect();
    busy = false;
    await clock.advance(5000);
    expect(done).toEqual([]);
  });
});
