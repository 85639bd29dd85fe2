/**
 * The daemon's HTTP surface:
 *   GET  /presync/v1/sync    upgrade to the WebSocket that everything goes through
 *   GET  /presync/v1/status  JSON for scripts and health checks
 *   POST /presync/v1/gc      give back the space of what no context needs
 *   POST /presync/v1/verify  read and check everything that is stored
 *   POST /presync/v1/drain   finish what is running, stop listening, exit: makes way for a newer daemon
 *   everything outside /presync/ is the Docker Engine API and is passed on to the engine
 * It listens on a unix socket in a private directory. A page in a browser sends an Origin, and no client of ours does.
 */
import { chmod, rm } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { timeouts } from '../protocol/limits.ts';
import { ownPrefix, routes, subprotocol } from '../protocol/version.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import { Peer } from '../transfer/peer.ts';
import { WsTransport, wsOptions } from '../transfer/wsTransport.ts';
import { daemonLimits } from './limits.ts';

export interface HttpHandlers {
  onPeer(peer: Peer): void;
  status(): unknown;
  gc(): Promise<unknown>;
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

export class HttpServer {
  readonly #server: Server;
  readonly #endpoint: DaemonEndpoint;

  constructor(endpoint: DaemonEndpoint, handlers: HttpHandlers, logger: Logger) {
    this.#endpoint = endpoint;
    const sockets = new WebSocketServer({
      ...wsOptions,
      noServer: true,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    });
    this.#server = createServer({
      headersTimeout: timeouts.handshake,
      requestTimeout: 0, // a build's tar comes as slowly as its sender makes it; our own requests have no body
      keepAliveTimeout: daemonLimits.keepAlive,
      maxHeaderSize: daemonLimits.headBytes,
    });
    this.#server.on('request', (request, response) => {
      const refusal = refuse(request);
      if (refusal !== undefined) return end(response, refusal.status, { message: refusal.why });
      // What was drained is not to be found busy for ever by those who are connected to it.
      if (!this.#server.listening) response.shouldKeepAlive = false;
      if (isOwn(request)) return void answer(request, response, handlers);
      void handlers.engine.forward(request, response);
    });
    this.#server.on('upgrade', (request, socket: Socket, head) => {
      const refusal = refuse(request);
      if (refusal !== undefined) return reject(socket, refusal);
      if (!isOwn(request)) return void handlers.engine.upgrade(request, socket, head);
      if (request.url !== routes.sync) return reject(socket, { status: 404, why: 'No such path.' });
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        handlers.onPeer(new Peer(new WsTransport(webSocket), 'daemon'));
      });
    });
    this.#server.on('error', (error) => logger.error('http server', { error }));
  }

  /** Listens, for this user only. The caller holds the store, so a socket that is in the way is a dead daemon's. */
  async listen(): Promise<void> {
    const { socketPath } = this.#endpoint;
    const isFile = !socketPath.startsWith('\\\\');
    if (isFile) await rm(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenFailure(error, this.#endpoint)));
      this.#server.listen(socketPath, resolve);
    });
    if (isFile) await chmod(socketPath, 0o600);
  }

  /** Stops listening at once; connections that are open go on. */
  close(): void {
    this.#server.close();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: HttpHandlers): Promise<void> {
  const route = routesOf(handlers).get(`${request.method} ${request.url}`);
  if (route === undefined) return end(response, 404, { message: 'No such path.' });
  try {
    end(response, 200, await route());
  } catch (thrown) {
    const { code, message, hint } = PresyncError.from(thrown);
    end(response, 500, { code, message, hint });
  }
}

function routesOf(handlers: HttpHandlers): ReadonlyMap<string, () => unknown> {
  return new Map<string, () => unknown>([
    [`GET ${routes.status}`, () => handlers.status()],
    [`POST ${routes.gc}`, () => handlers.gc()],
    [`POST ${routes.verify}`, () => handlers.verify()],
    [`POST ${routes.drain}`, () => handlers.drain()],
  ]);
}

function end(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response.shouldKeepAlive = false; // no client of ours asks twice
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

interface Refusal {
  readonly status: 400 | 403 | 404;
  readonly why: string;
}

/** Why a request is not looked at, whatever it asks for. */
function refuse(request: IncomingMessage): Refusal | undefined {
  if (request.headers.origin !== undefined) return { status: 403, why: 'Browsers have no business here.' };
  // The form for proxies names a host, and '*' nothing at all.
  return request.url?.startsWith('/') ? undefined : { status: 400, why: 'A path must begin with "/".' };
}

function isOwn(request: IncomingMessage): boolean {
  return request.url!.startsWith(ownPrefix);
}

function reject(socket: Socket, { status }: Refusal): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
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
