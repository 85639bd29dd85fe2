/**
 * The URL forms of a Docker engine: `unix:///path`, `npipe:////./pipe/name`, `tcp://host[:port]`,
 * `ssh://[user@]host[:port][/path/to/docker.sock]`.
 */
import { PresyncError } from '../../base/errors.ts';
import { builderForms } from '../../context/builderAddress.ts';
import { isPlainPath, sshDestination } from '../../base/ssh.ts';
import type { EngineEndpoint, SshEndpoint, TcpEndpoint, TlsFiles } from './engineEndpoint.ts';

/** Docker's registered ports without and with TLS. */
const plainPort = 2375;
const tlsPort = 2376;

/** What cannot be reached yet, and what can instead. */
const unsupported: Readonly<Record<string, string>> = {
  buildx: 'Use the engine behind the builder: unix://, tcp://, ssh:// or docker-context://.',
  'docker-container': 'Use the engine that runs the container: unix://, tcp://, ssh:// or docker-context://.',
};

/**
 * The endpoint that `url` names.
 *
 * @param tls used for `tcp://` only
 * @throws BAD_ENDPOINT, BUILDER_UNSUPPORTED
 */
export function parseEngineUrl(url: string, tls: TlsFiles | undefined, label = url): EngineEndpoint {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/s.exec(url) ?? [];
  if (scheme === undefined || rest === undefined) throw badEndpoint(url);
  const hint = Object.hasOwn(unsupported, scheme) ? unsupported[scheme] : undefined;
  if (hint !== undefined) {
    throw new PresyncError('BUILDER_UNSUPPORTED', `Engines behind ${scheme}:// are not supported yet.`, { hint });
  }
  if (rest.includes('\0')) throw badEndpoint(url);
  if (scheme === 'unix' && rest.startsWith('/')) return { kind: 'unix', path: rest, label };
  if (scheme === 'npipe' && /^\/\/[^/]+\/pipe\/./.test(rest)) {
    return { kind: 'npipe', path: rest.replaceAll('/', '\\'), label };
  }
  if (scheme === 'tcp') return parseTcp(url, tls, label);
  if (scheme === 'ssh') return parseSsh(url, label);
  throw badEndpoint(url);
}

function parseTcp(url: string, tls: TlsFiles | undefined, label: string): TcpEndpoint {
  if (!URL.canParse(url)) throw badEndpoint(url);
  const { hostname, port, pathname, search, hash, username, password } = new URL(url);
  const extras = pathname.replace(/^\/$/, '') + search + hash + username + password;
  if (hostname === '' || extras !== '') throw badEndpoint(url);
  return {
    kind: 'tcp',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (tls === undefined ? plainPort : tlsPort) : Number(port),
    tls,
    label,
  };
}

function parseSsh(url: string, label: string): SshEndpoint {
  if (!URL.canParse(url)) throw badEndpoint(url);
  const parts = new URL(url);
  const destination = sshDestination(parts);
  const path = parts.pathname.replace(/^\/$/, '');
  const extras = parts.search + parts.hash + parts.password;
  if (destination === undefined || extras !== '' || (path !== '' && !isPlainPath(path))) throw badEndpoint(url);
  return { kind: 'ssh', ...destination, socket: path === '' ? undefined : path, label };
}

function badEndpoint(url: string): PresyncError {
  return new PresyncError('BAD_ENDPOINT', `"${url}" does not name a Docker engine.`, {
    hint: `Use ${builderForms}.`,
  });
}
