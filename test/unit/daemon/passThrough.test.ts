import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { privateDoor } from '../../../src/daemon/frontDoor.ts';
import { HttpServer } from '../../../src/daemon/httpServer.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { EngineProxy } from '../../../src/daemon/passThrough/engineProxy.ts';
import { RawClient } from '../../support/rawHttp.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A request's head, with lines as HTTP wants them. */
const head = (...lines: string[]) => [...lines, '', ''].join('\r\n');

interface Rig {
  readonly proxy: EngineProxy;
  readonly client: () => RawClient;
}

/** The daemon's HTTP surface in front of whatever listens at `engine`. */
async function rigBefore(engine: string): Promise<Rig> {
  const socketPath = join(temporaryFolder(), 'daemon.sock');
  const proxy = new EngineProxy(
    () => Promise.resolve({ kind: 'unix', path: engine, label: `unix://${engine}` }),
    silentLogger,
  );
  const own = () => Promise.resolve({});
  const handlers = { onPeer: () => {}, status: () => ({ own: true }), gc: own, verify: own, drain: own, engine: proxy };
  const endpoint = { kind: 'socket', socketPath, label: socketPath } as const;
  const server = new HttpServer({ endpoint, door: privateDoor, tls: undefined }, handlers, silentLogger);
  await server.listen();
  onTestFinished(() => server.close());
  return { proxy, client: () => new RawClient(socketPath) };
}

/** An engine of Node's own HTTP server. */
async function httpRig(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Rig> {
  const path = join(temporaryFolder(), 'engine.sock');
  const engine = http.createServer(answer);
  await new Promise<void>((resolve) => engine.listen(path, resolve));
  onTestFinished(() => {
    engine.closeAllConnections();
    engine.close();
  });
  return rigBefore(path);
}

/** An engine that speaks as the test has it. The first connection is handed out. */
async function rawRig(): Promise<Rig & { readonly engine: Promise<net.Socket> }> {
  const path = join(temporaryFolder(), 'engine.sock');
  const server = net.createServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const engine = once(server, 'connection').then(([socket]) => socket as net.Socket);
  onTestFinished(async () => {
    server.close();
  });
  return { ...(await rigBefore(path)), engine };
}

async function textUntil(socket: net.Socket, pattern: RegExp): Promise<string> {
  let text = '';
  while (!pattern.test(text)) {
    const [data] = (await once(socket, 'data')) as [Buffer];
    text += data.toString('latin1');
  }
  return text;
}

describe('requests to the Docker API', () => {
  it('reach the engine as they are and come back as they are', async () => {
    let seen: { head: unknown; body: string } | undefined;
    const { client } = await httpRig((request, response) => {
      let body = '';
      request.on('data', (data) => (body += String(data)));
      request.on('end', () => {
        seen = { head: [request.method, request.url, request.headers], body };
        response.writeHead(201, 'Made', ['Api-Version', '1.45', 'X-Twice', 'a', 'X-Twice', 'b']);
        response.end('{"Id":"1"}');
      });
    });
    const ended = client()
      .send(
        head(
          'POST /v1.45/build?t=a%20b HTTP/1.1',
          'Host: x',
          'X-Registry-Config: e30=',
          'Content-Length: 4',
          'Connection: close, X-Hop',
          'X-Hop: 1',
          'Authorization: Bearer ours',
        ),
      )
      .send('body');
    const answer = await ended.ended();
    expect(answer).toMatch(/^HTTP\/1\.1 201 Made\r\n/);
    expect(answer).toMatch(/X-Twice: a\r\nX-Twice: b\r\n/);
    expect(answer).toContain('{"Id":"1"}');
    expect(seen).toEqual({
      head: [
        'POST',
        '/v1.45/build?t=a%20b',
        { host: 'docker', 'x-registry-config': 'e30=', 'content-length': '4', connection: 'close' },
      ],
      body: 'body',
    });
  });

  it('say that they have no body when they have none', async () => {
    const lengths: unknown[] = [];
    const { client } = await httpRig((request, response) => {
      lengths.push([request.method, request.headers['content-length'], request.headers['transfer-encoding']]);
      response.end();
    });
    for (const method of ['POST', 'GET', 'DELETE', 'HEAD']) {
      await client()
        .send(head(`${method} /x HTTP/1.1`, 'Host: x', 'Connection: close'))
        .ended();
    }
    expect(lengths.map((one) => (one as unknown[]).slice(1))).toEqual(Array(4).fill(['0', undefined]));
  });

  it('get a response while they are still being sent, and the other way round', async () => {
    const { client } = await httpRig((request, response) => {
      response.write('first;');
      request.on('data', (data) => response.write(`echo ${String(data)};`));
      request.on('end', () => response.end('last'));
    });
    const one = client().send(head('POST /x HTTP/1.1', 'Host: x', 'Transfer-Encoding: chunked'));
    await one.until(/first;/);
    one.send('3\r\nabc\r\n');
    await one.until(/echo abc;/);
    one.send('0\r\n\r\n');
    await one.until(/last/);
  });

  it('share a connection one after the other', async () => {
    const { client } = await httpRig((request, response) => response.end(`for ${request.url}`));
    const one = client().send(head('GET /a HTTP/1.1', 'Host: x'));
    await one.until(/for \/a/);
    one.send(head('GET /b HTTP/1.1', 'Host: x'));
    await one.until(/for \/b/);
  });

  it('end at the engine when the client goes away, before an answer and within one', async () => {
    const events = new EventEmitter();
    const { client, proxy } = await httpRig((request, response) => {
      response.on('close', () => events.emit('closed', request.url));
      if (request.url === '/within') response.write('some');
      events.emit('begun');
    });
    for (const url of ['/before', '/within']) {
      const closed = once(events, 'closed');
      const begun = once(events, 'begun');
      const one = client().send(head(`GET ${url} HTTP/1.1`, 'Host: x'));
      await begun;
      if (url === '/within') await one.until(/some/);
      one.socket.destroy();
      expect(await closed).toEqual([url]);
    }
    await proxy.idle();
    expect(proxy.running).toBe(0);
  });

  it('do not look whole when the engine breaks off', async () => {
    const { client, engine } = await rawRig();
    const one = client().send(head('GET /events HTTP/1.1', 'Host: x'));
    const socket = await engine;
    await textUntil(socket, /\r\n\r\n/);
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n');
    await one.until(/abc/);
    socket.destroy();
    expect(await one.ended()).not.toMatch(/\r\n0\r\n\r\n$/);
  });

  it('are answered with what is wrong when there is no engine, or it answers nothing', async () => {
    const absent = await rigBefore(join(temporaryFolder(), 'absent.sock'));
    const refused = await absent
      .client()
      .send(head('GET /_ping HTTP/1.1', 'Host: x', 'Connection: close'))
      .ended();
    expect(refused).toMatch(/^HTTP\/1\.1 502 .*"message":"There is no Docker engine at .*--builder/s);
    const { client, engine } = await rawRig();
    void engine.then((socket) => socket.end());
    const lost = await client()
      .send(head('GET /_ping HTTP/1.1', 'Host: x', 'Connection: close'))
      .ended();
    expect(lost).toMatch(/^HTTP\/1\.1 502 .*"message":"The Docker engine closed the connection/s);
  });

  it('do not go to the engine when they are Presync’s own, from a browser or not a path', async () => {
    let asked = 0;
    const { client } = await httpRig((_request, response) => {
      asked++;
      response.end();
    });
    const ask = (...lines: string[]) =>
      client()
        .send(head(...lines, 'Host: x', 'Connection: close'))
        .ended();
    expect(await ask('GET /presync/v1/status HTTP/1.1')).toContain('{"own":true}');
    expect(await ask('GET /presync/v1/other HTTP/1.1')).toMatch(/^HTTP\/1\.1 404 /);
    expect(await ask('POST /build HTTP/1.1', 'Origin: null')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask('GET http://elsewhere/_ping HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('POST /session HTTP/1.1', 'Upgrade: h2c', 'Connection: Upgrade', 'Origin: https://x')).toMatch(
      /^HTTP\/1\.1 403 /,
    );
    expect(await ask('POST /build HTTP/1.1', 'Content-Length: 3', 'Transfer-Encoding: chunked')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await ask('POST /build HTTP/1.1', 'Content-Length: 3', 'Content-Length: 4')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('GET /_ping HTTP/1.1', `X-Long: ${'x'.repeat(daemonLimits.headBytes)}`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(asked).toBe(0);
  });
});

describe('connections that the engine upgrades', () => {
  const exec = head(
    'POST /exec/1/start HTTP/1.1',
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: tcp',
    'Content-Length: 9',
  );
  const switching =
    'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';

  /** Upgrades, and returns both ends. */
  async function upgraded() {
    const rig = await rawRig();
    const one = rig.client().send(`${exec}{"Tty":`).send('1}and more');
    const engine = await rig.engine;
    const request = await textUntil(engine, /\{"Tty":1\}/);
    engine.write(`${switching}at once`);
    await one.until(/at once/);
    return { ...rig, one, engine, request };
  }

  it('carry bytes both ways, from the first one behind the request on', async () => {
    const { one, engine, request } = await upgraded();
    expect(request).toMatch(/^POST \/exec\/1\/start HTTP\/1\.1\r\n/);
    expect(request).toMatch(/\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n/);
    expect(one.received).toBe(`${switching}at once`);
    expect(await textUntil(engine, /more/)).toBe('and more');
    engine.write('\x00\xff');
    await one.until(/\0/);
  });

  it('may be ended in one direction while the other goes on', async () => {
    for (const first of ['client', 'engine'] as const) {
      const { one, engine, proxy } = await upgraded();
      engine.resume();
      const [near, far] = first === 'client' ? [one.socket, engine] : [engine, one.socket];
      const ended = once(far, 'end');
      near.end();
      await ended;
      const arrived = once(near, 'data');
      far.write('still here');
      expect(String((await arrived)[0])).toBe('still here');
      far.end();
      await proxy.idle();
    }
  });

  it('are cut at the other end when one end is cut', async () => {
    for (const first of ['client', 'engine'] as const) {
      const { one, engine, proxy } = await upgraded();
      engine.resume();
      engine.on('error', () => {});
      const [near, far] = first === 'client' ? [one.socket, engine] : [engine, one.socket];
      const ended = once(far, 'end');
      near.destroy();
      await ended;
      far.end();
      await proxy.idle();
    }
  });

  it('deliver what was sent before the end, and hold back a sender whose reader is slow', async () => {
    const { one, engine, proxy } = await upgraded();
    one.socket.pause();
    const size = 32 * 1024 * 1024;
    engine.write(Buffer.alloc(size, 'x'));
    engine.end();
    await new Promise((resolve) => setTimeout(resolve, 200));
    // The kernel and the streams hold some; most of it still waits at its sender.
    expect(engine.writableLength).toBeGreaterThan(size / 2);
    let got = 0;
    one.socket.on('data', (data) => (got += data.length)).resume();
    await once(one.socket, 'end');
    expect(got).toBe(size);
    one.socket.end();
    await proxy.idle();
  });

  it('are answered as any other request when the engine does not upgrade', async () => {
    const { client } = await httpRig((_request, response) => response.writeHead(404).end('{"message":"no such exec"}'));
    const answer = await client().send(`${exec}{"Tty":1}`).ended();
    expect(answer).toMatch(/^HTTP\/1\.1 404 .*no such exec/s);
  });

  it('have a small body of known length before them', async () => {
    let asked = 0;
    const { client } = await httpRig(() => asked++);
    const ask = (...lines: string[]) =>
      client()
        .send(head('POST /exec/1/start HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: tcp', ...lines))
        .ended();
    expect(await ask(`Content-Length: ${daemonLimits.upgradeBodyBytes + 1}`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await ask('Transfer-Encoding: chunked')).toMatch(/^HTTP\/1\.1 400 /);
    expect(asked).toBe(0);
  });
});
