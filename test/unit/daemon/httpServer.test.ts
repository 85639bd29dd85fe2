import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { FrontDoor } from '../../../src/daemon/frontDoor.ts';
import { guardedDoor, privateDoor } from '../../../src/daemon/frontDoor.ts';
import { HttpServer } from '../../../src/daemon/httpServer.ts';
import { EngineProxy } from '../../../src/daemon/passThrough/engineProxy.ts';
import { RawClient } from '../../support/rawHttp.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** The daemon's HTTP surface, with an engine that cannot be reached. */
async function listening(door: FrontDoor): Promise<() => RawClient> {
  const socketPath = join(temporaryFolder(), 'daemon.sock');
  const nowhere = new PresyncError('ENGINE_UNREACHABLE', 'There is no engine.');
  const engine = new EngineProxy(() => Promise.reject(nowhere), silentLogger);
  const own = () => Promise.resolve({});
  const handlers = { onPeer: () => {}, status: own, gc: own, verify: own, drain: own, engine };
  const endpoint = { kind: 'socket', socketPath, label: socketPath } as const;
  const server = new HttpServer({ endpoint, door, tls: undefined }, handlers, silentLogger);
  await server.listen();
  onTestFinished(() => server.close());
  return () => new RawClient(socketPath);
}

describe('whoever is refused an upgrade and does not hang up', () => {
  it.each([
    ['for want of a token', guardedDoor('t'.repeat(64), () => true), '/presync/v1/sync', 401],
    ['at a path of ours that there is not', privateDoor, '/presync/v1/nothing', 404],
    ['by an engine that is not there', privateDoor, '/session', 502],
  ])('%s is hung up on', async (_, door, path, status) => {
    const connect = await listening(door);
    const client = connect().send(
      `GET ${path} HTTP/1.1\r\nHost: presync\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(await client.ended()).toContain(`HTTP/1.1 ${status} `);
    // Its own end of the connection is open still: writing tells whether the other one is.
    const closed = new Promise((resolve) => client.socket.once('close', () => resolve('closed')));
    client.send('x');
    expect(await Promise.race([closed, sleep(2000, 'open')])).toBe('closed');
  });
});
