import { readFile } from 'node:fs/promises';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { cancelled, errorMessage, PresyncError, systemErrorCode } from '../../base/errors.ts';
import { builderLimits } from '../limits.ts';
import type { EngineEndpoint, TcpEndpoint, TlsFiles } from './engineEndpoint.ts';
import { engineNotFound } from './resolveEngine.ts';
import { dialSsh } from './sshDial.ts';

export interface DialOptions {
  readonly signal?: AbortSignal | undefined;
  /** Offered by TLS; a buildkitd wants 'h2'. */
  readonly alpn?: string;
  /** The connection outlives the end of what the engine sends: whoever dials ends their own direction. */
  readonly halfOpen?: boolean;
}

/**
 * A connection to the engine.
 *
 * @throws ENGINE_NOT_FOUND when nothing is there, ENGINE_UNREACHABLE when it does not let us in, BAD_ENDPOINT when a
 *   certificate cannot be read, CANCELLED
 */
export async function dial(endpoint: EngineEndpoint, options: DialOptions = {}): Promise<Duplex> {
  if (options.signal?.aborted) throw cancelled(options.signal.reason);
  if (endpoint.kind === 'ssh') return dialSsh(endpoint, options.signal);
  const secure = endpoint.kind === 'tcp' ? endpoint.tls : undefined;
  const allowHalfOpen = options.halfOpen ?? false;
  const socket =
    endpoint.kind !== 'tcp'
      ? net.connect({ path: endpoint.path, allowHalfOpen })
      : secure === undefined
        ? net.connect({ port: endpoint.port, host: endpoint.host, allowHalfOpen })
        : tls.connect(await tlsOptions(endpoint, secure, options));
  return connected(socket, secure === undefined ? 'connect' : 'secureConnect', endpoint, options.signal);
}

function connected(
  socket: net.Socket,
  event: string,
  endpoint: EngineEndpoint,
  signal: AbortSignal | undefined,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      socket.off('error', onError);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: PresyncError) => {
      done();
      socket.on('error', () => {}); // a late one, after we gave up
      socket.destroy();
      reject(error);
    };
    const onError = (error: Error) => fail(dialError(error, endpoint));
    const onAbort = () => fail(cancelled(signal?.reason));
    const timer = setTimeout(() => fail(unreachable(endpoint, 'does not answer')), builderLimits.connectMs);
    socket.on('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once(event, () => {
      done();
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

/** The types of tls.connect lack what it has in common with net.connect. */
type TlsOptions = tls.ConnectionOptions & Pick<net.SocketConstructorOpts, 'allowHalfOpen'>;

async function tlsOptions(
  endpoint: TcpEndpoint,
  files: TlsFiles,
  { alpn, halfOpen = false }: DialOptions,
): Promise<TlsOptions> {
  const [ca, cert, key] = await Promise.all([files.ca, files.cert, files.key].map(readPem));
  return {
    host: endpoint.host,
    port: endpoint.port,
    // A name for the certificate; an address is not allowed there.
    ...(net.isIP(endpoint.host) ? {} : { servername: endpoint.host }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [alpn] }),
    rejectUnauthorized: files.verify,
    allowHalfOpen: halfOpen,
  };
}

async function readPem(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    throw new PresyncError('BAD_ENDPOINT', `The certificate file ${path} cannot be read.`, { cause: error });
  }
}

function dialError(error: Error, endpoint: EngineEndpoint): PresyncError {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
      return engineNotFound(`There is no Docker engine at ${endpoint.label}.`, error);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(endpoint, 'has a host name that is not known', 'Check the host name.', error);
    case 'EACCES':
    case 'EPERM':
      return unreachable(
        endpoint,
        'may not be used by this user',
        'Join the docker group (`sudo usermod -aG docker $USER`, then log in again), or use rootless Docker.',
        error,
      );
    case 'ECONNREFUSED':
      return unreachable(
        endpoint,
        'refuses connections',
        'Is the Docker daemon running? Start it and try again.',
        error,
      );
    default:
      return unreachable(endpoint, `cannot be reached (${errorMessage(error)})`, undefined, error);
  }
}

function unreachable(endpoint: EngineEndpoint, what: string, hint?: string, cause?: unknown): PresyncError {
  return new PresyncError('ENGINE_UNREACHABLE', `The Docker engine at ${endpoint.label} ${what}.`, {
    hint: hint ?? 'Check that it is running and that its address is right.',
    cause,
  });
}
