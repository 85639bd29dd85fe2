import { chmodSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { dial } from '../../../src/builder/endpoint/dial.ts';
import type { EngineEndpoint } from '../../../src/builder/endpoint/engineEndpoint.ts';
import { describeEngine, openControl } from '../../../src/builder/engineInfo.ts';
import { EngineHttp } from '../../../src/builder/engineHttp.ts';
import { moby } from '../../../src/builder/generated/buildkit.js';
import { frame } from '../../../src/builder/grpc/framing.ts';
import type { MethodHandler } from '../../../src/builder/grpc/server.ts';
import { serveGrpc } from '../../../src/builder/grpc/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const unix = (path: string): EngineEndpoint => ({ kind: 'unix', path, label: `unix://${path}` });

/** Listens on a socket in a new folder. */
async function listen(onConnection: (socket: net.Socket) => void = () => {}): Promise<string> {
  const path = join(temporaryFolder(), 'engine.sock');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return path;
}

const hinted = (code: string, hint: RegExp) => ({ code, hint: expect.stringMatching(hint) as unknown });

describe('dialling an engine', () => {
  it('finds nothing where nothing is', async () => {
    const missing = dial(unix(join(temporaryFolder(), 'absent.sock')));
    await expect(missing).rejects.toMatchObject(hinted('ENGINE_NOT_FOUND', /Install Docker/));
  });

  it('says when nobody listens any more', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = server.address() as net.AddressInfo;
        server.close(() => resolve(free));
      });
    });
    const refused = dial({ kind: 'tcp', host: '127.0.0.1', port, tls: undefined, label: 'tcp' });
    await expect(refused).rejects.toMatchObject(hinted('ENGINE_UNREACHABLE', /daemon running/));
  });

  it.skipIf(process.getuid?.() !== 0)('says when this user may not connect', async () => {
    const path = await listen();
    chmodSync(path, 0o600);
    process.seteuid!(65534);
    try {
      expect(() => writeFileSync(join(path, '..', 'probe'), ''), 'the rights are gone').toThrow(/EACCES/);
      await expect(dial(unix(path))).rejects.toMatchObject(hinted('ENGINE_UNREACHABLE', /docker group/));
    } finally {
      process.seteuid!(0);
    }
  });

  it('can be given up', async () => {
    const path = await listen();
    await expect(dial(unix(path), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('names the certificate that cannot be read', async () => {
    const tls = { ca: '/absent/ca.pem', cert: undefined, key: undefined, verify: true };
    const dialled = dial({ kind: 'tcp', host: '127.0.0.1', port: 1, tls, label: 'tcp' });
    await expect(dialled).rejects.toMatchObject({
      code: 'BAD_ENDPOINT',
      message: expect.stringContaining('/absent/ca.pem') as unknown,
    });
  });
});

describe('what answers', () => {
  const describeAt = (path: string) => describeEngine(unix(path), new EngineHttp(unix(path)));

  it('is a buildkitd when it speaks HTTP/2 at once', async () => {
    const info: MethodHandler = (call) =>
      call.write(frame(moby.buildkit.v1.InfoResponse.encode({ buildkitVersion: { version: 'v0.99' } }).finish()));
    const methods = new Map([['/moby.buildkit.v1.Control/Info', info]]);
    const path = await listen((socket) => serveGrpc(socket, methods, silentLogger));
    expect(await describeAt(path)).toMatchObject({ kind: 'buildkitd', version: 'v0.99', apiVersion: '' });
    const control = await openControl(unix(path), 'buildkitd', new EngineHttp(unix(path)));
    expect(await control.unary('/moby.buildkit.v1.Control/Info', Buffer.alloc(0))).toBeInstanceOf(Uint8Array);
    control.dispose();
  });

  it('is a buildkitd of unknown version when it has no Info', async () => {
    const path = await listen((socket) => serveGrpc(socket, new Map(), silentLogger));
    expect(await describeAt(path)).toMatchObject({ kind: 'buildkitd', version: '' });
  });

  it('may be something else entirely', async () => {
    const path = await listen((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    await expect(describeAt(path)).rejects.toMatchObject(hinted('ENGINE_UNREACHABLE', /Docker engine/));
  });

  it('may be a server that knows no engine', async () => {
    const path = await listen((socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope'));
    await expect(describeAt(path)).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
  });
});
