import { lstat } from 'node:fs/promises';
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { timeouts } from '../protocol/limits.ts';
import { protocolVersion, routes, subprotocol } from '../protocol/version.ts';
import type { DaemonEndpoint } from './daemonEndpoint.ts';
import type { Agreement } from './negotiation.ts';
import { greetDaemon } from './negotiation.ts';
import { Peer } from './peer.ts';
import { WsTransport, wsOptions } from './wsTransport.ts';

/** A link to a daemon, greeted and ready. */
export interface Link {
  readonly peer: Peer;
  readonly agreement: Agreement;
}

/**
 * Connects to a daemon.
 * DAEMON_NOT_FOUND: nobody listens there. DAEMON_FOREIGN: somebody else's. DAEMON_OLDER, DAEMON_NEWER: see Hello.
 */
export async function dial(endpoint: DaemonEndpoint, signal?: AbortSignal): Promise<Link> {
  await checkOwner(endpoint);
  const socket = new WebSocket(`ws+unix:${endpoint.socketPath}:${routes.sync}`, [subprotocol], {
    ...wsOptions,
    handshakeTimeout: timeouts.handshake,
    // RFC 6455 masks frames against proxies in between, of which a socket of this machine has none.
    generateMask: (mask) => mask.fill(0),
  });
  // The transport listens from the start, so that no frame behind the upgrade is missed.
  const peer = new Peer(new WsTransport(socket), 'client');
  try {
    await opened(socket, endpoint, signal);
    return { peer, agreement: await greetDaemon(peer, { version: protocolVersion, packing: false }, signal) };
  } catch (thrown) {
    peer.close();
    throw thrown;
  }
}

/** The daemon's status document; undefined when nobody listens. */
export async function fetchStatus(endpoint: DaemonEndpoint): Promise<unknown> {
  try {
    return JSON.parse(await http(endpoint, 'GET', routes.status));
  } catch (thrown) {
    if (thrown instanceof PresyncError && thrown.code === 'DAEMON_NOT_FOUND') return undefined;
    throw thrown;
  }
}

/** Has a running daemon look after its store; undefined when none listens. */
export async function upkeep(endpoint: DaemonEndpoint, task: 'gc' | 'verify'): Promise<unknown> {
  try {
    return JSON.parse(await http(endpoint, 'POST', routes[task], timeouts.upkeep));
  } catch (thrown) {
    if (thrown instanceof PresyncError && thrown.code === 'DAEMON_NOT_FOUND') return undefined;
    throw thrown;
  }
}

/** Asks a daemon to finish what it is at and to make way. It no longer listens when this resolves. */
export async function drainDaemon(endpoint: DaemonEndpoint): Promise<void> {
  await http(endpoint, 'POST', routes.drain);
}

/** Whoever owns the socket can read what is sent to it: ours or root's, or nobody's business. */
async function checkOwner(endpoint: DaemonEndpoint): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const stat = await lstat(endpoint.socketPath).catch((error: Error) => {
    throw connectFailure(error, endpoint);
  });
  if (stat.uid !== uid && stat.uid !== 0) throw foreign(endpoint);
}

function opened(socket: WebSocket, endpoint: DaemonEndpoint, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(PresyncError.from(signal?.reason ?? new DOMException('aborted', 'AbortError')));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void) => {
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    socket.once('open', () => settle(resolve));
    socket.once('error', (error) => settle(() => reject(connectFailure(error, endpoint))));
  });
}

function http(
  endpoint: DaemonEndpoint,
  method: string,
  path: string,
  timeout: number = timeouts.answer,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: endpoint.socketPath, method, path, timeout }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body);
        else reject(new PresyncError('PROTOCOL', `The daemon answered ${response.statusCode} to ${method} ${path}.`));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new PresyncError('TIMEOUT', 'The daemon does not answer.')));
    outgoing.on('error', (error) => reject(connectFailure(error, endpoint)));
    outgoing.end();
  });
}

function connectFailure(error: Error, endpoint: DaemonEndpoint): PresyncError {
  if (error instanceof PresyncError) return error;
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ECONNREFUSED':
      return new PresyncError('DAEMON_NOT_FOUND', `No daemon answers at ${endpoint.label}.`, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return foreign(endpoint, error);
    default:
      return new PresyncError('LINK_LOST', `The daemon at ${endpoint.label} cannot be reached: ${error.message}`, {
        hint: 'Look at its log with "presync status".',
        cause: error,
      });
  }
}

function foreign(endpoint: DaemonEndpoint, cause?: unknown): PresyncError {
  return new PresyncError('DAEMON_FOREIGN', `The daemon's socket ${endpoint.label} belongs to someone else.`, {
    hint: 'Remove it, or choose another with --daemon.',
    cause,
  });
}
