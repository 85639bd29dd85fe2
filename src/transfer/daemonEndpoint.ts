import { PresyncError } from '../base/errors.ts';

/** Where a daemon listens. */
export interface DaemonEndpoint {
  /** A unix socket's path, or a named pipe's on Windows. */
  readonly socketPath: string;
  /** As the user writes it. */
  readonly label: string;
}

const schemes = ['unix', 'npipe'] as const;

/** The user's own daemon. */
export function defaultDaemonEndpoint(runDirectory: string, platform: NodeJS.Platform): DaemonEndpoint {
  if (platform !== 'win32') return unixEndpoint(`${runDirectory}/daemon.sock`);
  // Pipes have one name space for all users: the run directory's path makes it the user's own.
  const name = runDirectory.replace(/[^A-Za-z0-9]+/g, '-');
  return { socketPath: `\\\\.\\pipe\\presync-${name}`, label: `npipe:////./pipe/presync-${name}` };
}

/** Parses a DAEMON of the command line. BAD_ENDPOINT with what is understood. */
export function parseDaemonEndpoint(spec: string): DaemonEndpoint {
  const match = /^([a-z]+):\/\/(.+)$/.exec(spec);
  const scheme = schemes.find((known) => known === match?.[1]);
  const rest = match?.[2] ?? '';
  if (scheme === 'unix' && rest.startsWith('/')) return unixEndpoint(rest);
  if (scheme === 'npipe') return { socketPath: rest.replaceAll('/', '\\'), label: spec };
  throw new PresyncError('BAD_ENDPOINT', `"${spec}" is no address of a daemon.`, {
    hint: 'Write unix:///path/to/daemon.sock; other kinds of address are not supported by this version yet.',
  });
}

/** sun_path has 108 bytes on Linux and 104 on macOS, with a NUL. */
const maxSocketPath = 103;

function unixEndpoint(path: string): DaemonEndpoint {
  if (Buffer.byteLength(path) > maxSocketPath) {
    throw new PresyncError('BAD_ENDPOINT', `The socket path ${path} is longer than ${maxSocketPath} bytes.`, {
      hint: 'Set XDG_RUNTIME_DIR, or --daemon, to a shorter path.',
    });
  }
  return { socketPath: path, label: `unix://${path}` };
}
