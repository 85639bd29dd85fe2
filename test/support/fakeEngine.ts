import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base/logger.ts';
import type { EngineEndpoint } from '../../src/builder/endpoint/engineEndpoint.ts';
import { moby } from '../../src/builder/generated/buildkit.js';
import { GrpcConnection } from '../../src/builder/grpc/client.ts';
import { frame } from '../../src/builder/grpc/framing.ts';
import type { MethodHandler, ServerCall } from '../../src/builder/grpc/server.ts';
import { serveGrpc } from '../../src/builder/grpc/server.ts';

export interface FakeEngineOptions {
  readonly apiVersion?: string;
  readonly osType?: string;
  /** Control methods beside Session, by name. */
  readonly control?: Readonly<Record<string, MethodHandler>>;
  /** Whether sessions can run inside the control connection. */
  readonly sessionInControl?: boolean;
  /** Hang up on upgrades. */
  readonly deaf?: boolean;
  /** What GET /images/NAME/json answers; undefined for 404, 'silence' for nothing, ever. */
  readonly image?: string | undefined;
  /** How often POST /session is refused with 400 first. */
  readonly refusals?: number;
  /** Whether there is a POST /session at all. */
  readonly sessionByUpgrade?: boolean;
  /** Reached by TCP, as an engine of another machine. */
  readonly remote?: boolean;
}

/** A session as its engine sees it: a client of what the other side serves. */
export interface EngineSideSession {
  readonly caller: GrpcConnection;
  /** What it was opened with. */
  readonly header: (name: string) => string;
  readonly way: 'control' | 'upgrade';
}

/** A Docker engine of which there is nothing but the surface. */
export class FakeEngine {
  readonly endpoint: EngineEndpoint;
  readonly sessions: EngineSideSession[] = [];
  readonly #sockets = new Set<Socket>();
  #refusals: number;

  private constructor(endpoint: EngineEndpoint, refusals: number) {
    this.endpoint = endpoint;
    this.#refusals = refusals;
  }

  static async start(options: FakeEngineOptions = {}): Promise<FakeEngine> {
    const folder = mkdtempSync(join(tmpdir(), 'presync-fake-'));
    const server = http.createServer((request, response) => {
      response.setHeader('Api-Version', options.apiVersion ?? '1.45');
      response.setHeader('Ostype', options.osType ?? 'linux');
      if (request.url === '/version') response.end(JSON.stringify({ Version: '99.1' }));
      else if (request.url === '/_ping') response.end('OK');
      else if (options.image === undefined || !request.url?.startsWith('/images/')) response.writeHead(404).end();
      else if (options.image !== 'silence') response.end(options.image);
    });
    const engine = new FakeEngine(await listen(server, folder, options.remote ?? false), options.refusals ?? 0);
    server.on('connection', (socket: Socket) => engine.#sockets.add(socket));
    server.on('upgrade', (request, socket: Socket, head) => engine.#upgrade(request, socket, head, options));
    onTestFinished(() => {
      engine.cut();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    });
    return engine;
  }

  /** Drops every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  #upgrade(request: http.IncomingMessage, socket: Socket, head: Buffer, options: FakeEngineOptions): void {
    if (options.deaf) return void socket.destroy();
    if (request.url === '/session' && this.#refusals-- > 0) {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\nConnection: close\r\n\r\nin use');
      return;
    }
    const missing = request.url === '/grpc' ? options.control === undefined : options.sessionByUpgrade === false;
    if (missing) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    socket.unshift(head);
    socket.on('error', () => {});
    if (request.url === '/session') {
      const header = (name: string) => String(request.headers[name] ?? '');
      this.sessions.push({ caller: new GrpcConnection(socket), header, way: 'upgrade' });
      return;
    }
    const methods = new Map<string, MethodHandler>();
    for (const [name, handler] of Object.entries(options.control ?? {})) {
      methods.set(`/moby.buildkit.v1.Control/${name}`, handler);
    }
    if (options.sessionInControl !== false)
      methods.set('/moby.buildkit.v1.Control/Session', (call) => this.#take(call));
    serveGrpc(socket, methods, silentLogger);
  }

  #take(call: ServerCall): Promise<void> {
    const header = (name: string) => (call.metadata.get(name) ?? []).join(', ');
    const tunnel = tunnelOf(call);
    this.sessions.push({ caller: new GrpcConnection(tunnel), header, way: 'control' });
    return new Promise((resolve) => tunnel.on('close', resolve));
  }
}

async function listen(server: http.Server, folder: string, remote: boolean): Promise<EngineEndpoint> {
  const label = 'fake engine';
  if (remote) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { kind: 'tcp', host: '127.0.0.1', port, tls: undefined, label };
  }
  const path = join(folder, 'engine.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { kind: 'unix', path, label };
}

const { BytesMessage } = moby.buildkit.v1;

/** The bytes inside a Control.Session call, from the engine's side. */
function tunnelOf(call: ServerCall): Duplex {
  const tunnel = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      call.write(frame(BytesMessage.encode({ data: chunk }).finish())).then(() => done(), done);
    },
  });
  tunnel.on('error', () => {});
  void (async () => {
    try {
      for await (const message of call.messages) tunnel.push(Uint8Array.from(BytesMessage.decode(message).data));
      tunnel.push(null);
    } catch {
      tunnel.destroy();
    }
  })();
  return tunnel;
}
