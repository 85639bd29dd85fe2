/** How requests get to a daemon: over a socket, over TCP with a token, over ssh. */
import { lstat } from 'node:fs/promises';
import type { RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { DaemonAccess } from './access.ts';
import { readCertificates, readToken } from './access.ts';
import type { DaemonEndpoint, SocketEndpoint, TcpEndpoint } from './daemonEndpoint.ts';
import { openSshChannel } from './sshChannel.ts';
import type { Reach } from './wsTransport.ts';

/** One connection to be made. */
export interface Route {
  /** For a URL: `ws://…` and `http://…`, or with an `s`. */
  readonly authority: string;
  readonly secure: boolean;
  readonly reach: Reach;
  readonly options: RequestOptions & { readonly ca?: readonly (Buffer | string)[] };
  /** The failure as the user should hear of it. */
  explain(error: Error): PresyncError | Promise<PresyncError>;
  /** Ends what the route itself holds. */
  close(): void;
}

/**
 * The way to a daemon, made ready. `start`: where that is for us to do, a daemon is started when none runs.
 * DAEMON_NOT_FOUND, DAEMON_FOREIGN, UNAUTHORIZED, BAD_ENDPOINT.
 */
export function routeTo(endpoint: DaemonEndpoint, access: DaemonAccess | undefined, start: boolean): Promise<Route> {
  switch (endpoint.kind) {
    case 'socket':
      return socketRoute(endpoint);
    case 'tcp':
      return tcpRoute(endpoint, access);
    case 'ssh': {
      const { stream, failure } = openSshChannel(endpoint, start);
      return Promise.resolve({
        authority: 'presync',
        secure: false,
        reach: 'remote',
        options: { createConnection: () => stream as Socket },
        explain: failure,
        close: () => stream.destroy(),
      });
    }
  }
}

async function socketRoute(endpoint: SocketEndpoint): Promise<Route> {
  await checkOwner(endpoint);
  return {
    authority: 'localhost',
    secure: false,
    reach: 'local',
    options: { socketPath: endpoint.socketPath },
    explain: (error) => connectFailure(error, endpoint),
    close: () => {},
  };
}

async function tcpRoute(endpoint: TcpEndpoint, access: DaemonAccess | undefined): Promise<Route> {
  const { host, port, tls } = endpoint;
  if (access === undefined) {
    throw new PresyncError('UNAUTHORIZED', `The daemon at ${endpoint.label} wants a token.`, {
      hint: 'Name the file that holds it with --token-file.',
    });
  }
  const token = await readToken(access.tokenFile);
  const ca = access.caFile === undefined ? undefined : [...rootCertificates, await readCertificates(access.caFile)];
  return {
    authority: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    secure: tls,
    reach: 'remote',
    options: { headers: { authorization: `Bearer ${token}` }, ...(ca === undefined ? {} : { ca }) },
    explain: (error) => connectFailure(error, endpoint),
    close: () => {},
  };
}

/** Whoever owns the socket can read what is sent to it: ours or root's, or nobody's business. */
async function checkOwner(endpoint: SocketEndpoint): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const stat = await lstat(endpoint.socketPath).catch((error: Error) => {
    throw connectFailure(error, endpoint);
  });
  if (stat.uid !== uid && stat.uid !== 0) throw foreign(endpoint);
}

/** What the daemon's HTTP server answered instead of what was asked for. */
export function refusal(status: number, endpoint: DaemonEndpoint): PresyncError {
  switch (status) {
    case 401:
      return new PresyncError('UNAUTHORIZED', `The daemon at ${endpoint.label} does not accept the token.`, {
        hint: 'Copy the present one from where the daemon runs; --token-file names the file that is used.',
      });
    case 403:
      return new PresyncError('UNAUTHORIZED', `The daemon at ${endpoint.label} does not go by that name.`, {
        hint: 'Use a host name that its certificate holds, or the address at which it listens.',
      });
    default:
      return new PresyncError('PROTOCOL', `What answers at ${endpoint.label} is no daemon of Presync (${status}).`, {
        hint: 'Check the address.',
      });
  }
}

function connectFailure(error: Error, endpoint: DaemonEndpoint): PresyncError {
  if (error instanceof PresyncError) return error;
  const code = systemErrorCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
      return new PresyncError('DAEMON_NOT_FOUND', `No daemon answers at ${endpoint.label}.`, {
        hint: endpoint.kind === 'socket' ? '' : 'Start one there with "presync daemon", or check the address.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return foreign(endpoint, error);
    default:
      return certificateFailure(code, endpoint, error) ?? unreached(endpoint, error);
  }
}

function unreached(endpoint: DaemonEndpoint, error: Error): PresyncError {
  return new PresyncError('LINK_LOST', `The daemon at ${endpoint.label} cannot be reached: ${error.message}`, {
    hint: endpoint.kind === 'socket' ? 'Look at its log with "presync status".' : 'Check the address and the network.',
    cause: error,
  });
}

/** OpenSSL's and Node's names for what is wrong with a certificate; undefined for anything else. */
function certificateFailure(
  code: string | undefined,
  endpoint: DaemonEndpoint,
  cause: Error,
): PresyncError | undefined {
  const [what, hint] = certificateProblem(code) ?? [];
  if (what === undefined) return undefined;
  return new PresyncError('BAD_CERTIFICATE', `The certificate of the daemon at ${endpoint.label} ${what}.`, {
    hint: hint ?? '',
    cause,
  });
}

function certificateProblem(code: string | undefined): [what: string, hint: string] | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return ['has expired', 'Renew it where the daemon runs; if it has not, check the clock of this machine.'];
    case 'CERT_NOT_YET_VALID':
      return ['is not valid yet', 'Check the clocks of both machines.'];
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return ['is for another host', 'Use a host name that the certificate holds.'];
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_UNTRUSTED':
      return ['is not signed by anybody whom this machine trusts', 'Name the certificate of its CA with --tls-ca.'];
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return ['did not come: what answers speaks no TLS', 'Check the port, and that the daemon was given --tls-cert.'];
    default:
      return undefined;
  }
}

function foreign(endpoint: DaemonEndpoint, cause?: unknown): PresyncError {
  return new PresyncError('DAEMON_FOREIGN', `The daemon's socket ${endpoint.label} belongs to someone else.`, {
    hint: 'Remove it, or choose another with --daemon.',
    cause,
  });
}
