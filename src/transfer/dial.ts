import { WebSocket } from 'ws';
import { PresyncError } from '../base/errors.ts';
import { timeouts } from '../protocol/limits.ts';
import { protocolVersion, routes, subprotocol } from '../protocol/version.ts';
import type { DaemonAccess } from './access.ts';
import type { DaemonEndpoint } from './daemonEndpoint.ts';
import type { Agreement } from './negotiation.ts';
import { greetDaemon } from './negotiation.ts';
import { Peer } from './peer.ts';
import type { Route } from './route.ts';
import { refusal, routeTo } from './route.ts';
import { WsTransport, wsOptions } from './wsTransport.ts';

/** A link to a daemon, greeted and ready. */
export interface Link {
  readonly peer: Peer;
  readonly agreement: Agreement;
}

export interface DialOptions {
  readonly signal?: AbortSignal | undefined;
  /** For a daemon behind a token. */
  readonly access?: DaemonAccess | undefined;
  /** Whether frames are packed; undefined: where the link has a way to go. */
  readonly packing?: boolean | undefined;
}

/**
 * Connects to a daemon.
 * DAEMON_NOT_FOUND: nobody listens there. DAEMON_FOREIGN: somebody else's. DAEMON_OLDER, DAEMON_NEWER: see Hello.
 * UNAUTHORIZED, BAD_CERTIFICATE, BAD_ENDPOINT, LINK_LOST.
 */
export async function dial(endpoint: DaemonEndpoint, options: DialOptions = {}): Promise<Link> {
  const { signal, access } = options;
  const route = await routeTo(endpoint, access, true);
  const local = route.reach === 'local';
  const socket = new WebSocket(webSocketUrl(route), [subprotocol], {
    ...wsOptions,
    ...(route.options as object),
    handshakeTimeout: timeouts.handshake,
    // RFC 6455 masks frames against proxies in between, of which a socket of this machine has none.
    ...(local ? { generateMask: (mask: Buffer) => void mask.fill(0) } : {}),
  });
  // The transport listens from the start, so that no frame behind the upgrade is missed.
  const peer = new Peer(new WsTransport(socket, route.reach), 'client');
  try {
    await opened(socket, route, endpoint, signal);
    const packing = options.packing ?? !local;
    return { peer, agreement: await greetDaemon(peer, { version: protocolVersion, packing }, signal) };
  } catch (thrown) {
    peer.close();
    route.close();
    throw thrown;
  }
}

function webSocketUrl({ options, secure, authority }: Route): string {
  if (options.socketPath) return `ws+unix:${options.socketPath}:${routes.sync}`;
  return `${secure ? 'wss' : 'ws'}://${authority}${routes.sync}`;
}

function opened(
  socket: WebSocket,
  route: Route,
  endpoint: DaemonEndpoint,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(PresyncError.from(signal?.reason ?? new DOMException('aborted', 'AbortError')));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const settle = (finish: () => void) => {
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    socket.once('open', () => settle(resolve));
    socket.once('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy();
      settle(() => reject(refusal(statusCode, endpoint)));
    });
    socket.once('error', (error) => settle(() => void Promise.resolve(route.explain(error)).then(reject, reject)));
  });
}
