import { isIP } from 'node:net';
import { PresyncError } from '../base/errors.ts';
import type { SshDestination } from '../base/ssh.ts';
import { isPlainPath, sshDestination } from '../base/ssh.ts';

/** Where a daemon answers. `label` is what the user writes for it. */
export type DaemonEndpoint = SocketEndpoint | TcpEndpoint | SshEndpoint;

export interface SocketEndpoint {
  readonly kind: 'socket';
  /** A unix socket's path, or a named pipe's on Windows. */
  readonly socketPath: string;
  readonly label: string;
}

export interface TcpEndpoint {
  readonly kind: 'tcp';
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly label: string;
}

export interface SshEndpoint extends SshDestination {
  readonly kind: 'ssh';
  /** Where presync is on that host; undefined: where `presync install` puts it, or on its PATH. */
  readonly program: string | undefined;
  readonly label: string;
}

/** The user's own daemon. */
export function defaultDaemonEndpoint(runDirectory: string, platform: NodeJS.Platform): SocketEndpoint {
  if (platform !== 'win32') return unixEndpoint(`${runDirectory}/daemon.sock`);
  // Pipes have one name space for all users: the run directory's path makes it the user's own.
  const name = runDirectory.replace(/[^A-Za-z0-9]+/g, '-');
  return { kind: 'socket', socketPath: `\\\\.\\pipe\\presync-${name}`, label: `npipe:////./pipe/presync-${name}` };
}

/** Parses a DAEMON of the command line. BAD_ENDPOINT with what is understood. */
export function parseDaemonEndpoint(spec: string): DaemonEndpoint {
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.+)$/.exec(spec) ?? [];
  switch (scheme) {
    case 'unix':
      if (rest.startsWith('/')) return unixEndpoint(rest);
      break;
    case 'npipe':
      return { kind: 'socket', socketPath: rest.replaceAll('/', '\\'), label: spec };
    case 'tcp':
    case 'wss':
      return tcpEndpoint(spec, scheme === 'wss');
    case 'ssh':
      return sshEndpoint(spec);
    default:
  }
  throw badEndpoint(spec);
}

/** Whether what is sent there stays on this machine. */
export function isOnThisMachine(endpoint: DaemonEndpoint): boolean {
  return endpoint.kind === 'socket';
}

/** sun_path has 108 bytes on Linux and 104 on macOS, with a NUL. */
const maxSocketPath = 103;

function unixEndpoint(path: string): SocketEndpoint {
  if (Buffer.byteLength(path) > maxSocketPath) {
    throw new PresyncError('BAD_ENDPOINT', `The socket path ${path} is longer than ${maxSocketPath} bytes.`, {
      hint: 'Set XDG_RUNTIME_DIR, or --daemon, to a shorter path.',
    });
  }
  return { kind: 'socket', socketPath: path, label: `unix://${path}` };
}

/** Without TLS the token would be there for all to read, so that is for this machine only. */
function tcpEndpoint(spec: string, tls: boolean): TcpEndpoint {
  const { hostname, port = tls ? 443 : undefined, rest } = parseUrl(spec);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '' || port === undefined || rest !== '') throw badEndpoint(spec);
  if (!tls && !isLoopback(host)) {
    throw new PresyncError('BAD_ENDPOINT', `"${spec}" would send everything in the clear.`, {
      hint: `Use wss://${hostname}:${port} with a certificate, or ssh://.`,
    });
  }
  return { kind: 'tcp', host, port, tls, label: spec };
}

function sshEndpoint(spec: string): SshEndpoint {
  const { path, rest } = parseUrl(spec);
  const destination = sshDestination(new URL(spec));
  if (destination === undefined || rest !== '' || (path !== '' && !isPlainPath(path))) throw badEndpoint(spec);
  return { kind: 'ssh', ...destination, program: path === '' ? undefined : path, label: spec };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

interface UrlParts {
  readonly username: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  /** What none of our addresses has. */
  readonly rest: string;
}

function parseUrl(spec: string): UrlParts {
  if (!URL.canParse(spec)) throw badEndpoint(spec);
  const { username, password, hostname, port, pathname, search, hash } = new URL(spec);
  const path = pathname === '/' ? '' : pathname;
  const isSsh = spec.startsWith('ssh:');
  return {
    username,
    hostname,
    port: port === '' ? undefined : Number(port),
    path,
    rest: password + search + hash + (isSsh ? '' : username + path),
  };
}

function badEndpoint(spec: string): PresyncError {
  return new PresyncError('BAD_ENDPOINT', `"${spec}" is no address of a daemon.`, {
    hint: 'Write unix:///path/to/daemon.sock, tcp://127.0.0.1:port, wss://host:port or ssh://user@host.',
  });
}
