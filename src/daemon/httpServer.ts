/**
 * The daemon's HTTP surface:
 *   GET  /presync/v1/sync    upgrade to the WebSocket that everything goes through
 *   GET  /presync/v1/status  JSON for scripts and health checks
 *   POST /presync/v1/gc      give back the space of what no context needs; ?max-size=BYTES&older-than=SECONDS&dry-run
 *   POST /presync/v1/verify  read and check everything that is stored
 *   POST /presync/v1/drain   finish what is running, stop listening, exit: makes way for a newer daemon
 *   everything outside /presync/ is the Docker Engine API and is passed on to the engine
 * It listens on a unix socket in a private directory, or on TCP behind a token. Who may ask at all is frontDoor.ts's.
 */
import { chmod, rm } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { timeouts } from '../protocol/limits.ts';
import { ownPrefix, routes, subprotocol } from '../protocol/version.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import { Peer } from '../transfer/peer.ts';
import { WsTransport, wsOptions } from '../transfer/wsTransport.ts';
import type { GcOrder } from './collectGarbage.ts';
import { gcOrder } from './collectGarbage.ts';
import type { FrontDoor, Refusal } from './frontDoor.ts';
import { daemonLimits } from './limits.ts';

export interface HttpHandlers {
  onPeer(peer: Peer): void;
  status(): unknown;
  gc(order: GcOrder): Promise<unknown>;
  verify(): Promise<unknown>;
  /** Resolves when the daemon no longer listens. */
  drain(): Promise<unknown>;
  readonly engine: EngineApi;
}

/** What answers for the Docker engine. */
export interface EngineApi {
  forward(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, client: Socket, head: Buffer): Promise<void>;
}

/** How the daemon can be reached. */
export interface Entrance {
  readonly endpoint: DaemonEndpoint;
  readonly door: FrontDoor;
  /** For an endpoint with TLS. */
  readonly tls: TlsIdentity | undefined;
}

/** In PEM form. */
export interface TlsIdentity {
  readonly cert: Buffer;
  readonly key: Buffer;
}

export class HttpServer {
  readonly #server: Server;
  readonly #endpoint: DaemonEndpoint;

  constructor({ endpoint, door, tls }: Entrance, handlers: HttpHandlers, logger: Logger) {
    this.#endpoint = endpoint;
    const sockets = new WebSocketServer({
      ...wsOptions,
      noServer: true,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    });
    const limits = {
      headersTimeout: timeouts.handshake,
      requestTimeout: 0, // a build's tar comes as slowly as its sender makes it; our own requests have no body
      keepAliveTimeout: daemonLimits.keepAlive,
      maxHeaderSize: daemonLimits.headBytes,
      connectionsCheckingInterval: daemonLimits.slowClientCheck,
    };
    this.#server =
      tls === undefined
        ? createServer(limits)
        : createTlsServer({ ...limits, ...tls, handshakeTimeout: timeouts.handshake });
    this.#server.maxConnections = daemonLimits.sockets;
    this.#server.on('request', (request, response) => {
      const refusal = door.refuses(request) ?? malformed(request);
      // What was drained is not to be found busy for ever by those who are connected to it.
      if (refusal !== undefined || !this.#server.listening) response.shouldKeepAlive = false;
      if (refusal !== undefined) return end(response, refusal.status, { message: refusal.why });
      if (isOwn(request)) return void answer(request, response, handlers);
      void handlers.engine.forward(request, response);
    });
    this.#server.on('upgrade', (request, socket: Socket, head) => {
      // What goes wrong with a socket that is being refused, or is not yet a WebSocket, is nobody's concern.
      socket.on('error', () => {});
      const refusal = door.refuses(request) ?? malformed(request);
      if (refusal !== undefined) return reject(socket, refusal);
      if (!isOwn(request)) return void handlers.engine.upgrade(request, socket, head);
      if (request.url !== routes.sync) return reject(socket, { status: 404, why: 'No such path.' });
      const reach = endpoint.kind === 'socket' ? 'local' : 'remote';
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        handlers.onPeer(new Peer(new WsTransport(webSocket, reach, { stream: socket }), 'daemon'));
      });
    });
    this.#server.on('error', (error) => logger.error('http server', { error }));
  }

  /** Listens. A socket in the file system is for this user only, and one that is in the way is a dead daemon's. */
  async listen(): Promise<void> {
    const endpoint = this.#endpoint;
    const path =
      endpoint.kind === 'socket' && !endpoint.socketPath.startsWith('\\\\') ? endpoint.socketPath : undefined;
    if (path !== undefined) await rm(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenFailure(error, endpoint)));
      if (endpoint.kind === 'socket') this.#server.listen(endpoint.socketPath, resolve);
      else if (endpoint.kind === 'tcp') this.#server.listen(endpoint.port, endpoint.host, resolve);
      else reject(new PresyncError('USAGE', 'A daemon cannot listen at an address of ssh.'));
    });
    if (path !== undefined) await chmod(path, 0o600);
  }

  /** Stops listening at once; connections that are open go on. */
  close(): void {
    this.#server.close();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: HttpHandlers): Promise<void> {
  const [path, query = ''] = request.url!.split('?', 2);
  const route = routesOf(handlers).get(`${request.method} ${path}`);
  if (route === undefined) return end(response, 404, { message: 'No such path.' });
  try {
    end(response, 200, await route(new URLSearchParams(query)));
  } catch (thrown) {
    const { code, message, hint } = PresyncError.from(thrown);
    end(response, 500, { code, message, hint });
  }
}

type Route = (query: URLSearchParams) => unknown;

function routesOf(handlers: HttpHandlers): ReadonlyMap<string, Route> {
  return new Map<string, Route>([
    [`GET ${routes.status}`, () => handlers.status()],
    [`POST ${routes.gc}`, (query) => handlers.gc(gcOrderIn(query))],
    [`POST ${routes.verify}`, () => handlers.verify()],
    [`POST ${routes.drain}`, () => handlers.drain()],
  ]);
}

function gcOrderIn(query: URLSearchParams): GcOrder {
  const [maxSize, olderThan] = ['max-size', 'older-than'].map((name) => query.get(name) ?? undefined);
  return gcOrder({ maxSize, olderThan, dryRun: query.has('dry-run') });
}

function end(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response.shouldKeepAlive = false; // no client of ours asks twice
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** The form for proxies names a host, and '*' nothing at all. */
function malformed(request: IncomingMessage): Refusal | undefined {
  return request.url?.startsWith('/') ? undefined : { status: 400, why: 'A path must begin with "/".' };
}

function isOwn(request: IncomingMessage): boolean {
  return request.url!.startsWith(ownPrefix);
}

/** Hangs up as well: who never does would keep the socket for ever, and there is only room for so many. */
function reject(socket: Socket, { status }: Refusal): void {
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}

function listenFailure(error: Error, endpoint: DaemonEndpoint): PresyncError {
  return new PresyncError(
    'DAEMON_START',
    `The daemon cannot listen at ${endpoint.label} (${systemErrorCode(error)}).`,
    {
      hint: 'Choose another address with --listen.',
      cause: error,
    },
  );
}
