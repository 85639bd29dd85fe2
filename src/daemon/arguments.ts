import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage, PresyncError } from '../base/errors.ts';
import type { DaemonEndpoint, SocketEndpoint } from '../transfer/daemonEndpoint.ts';
import { defaultDaemonEndpoint, parseDaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { Machine } from '../transfer/places.ts';
import { dataDirectory, runDirectory, tokenFileName } from '../transfer/places.ts';
import { openRunDirectory } from '../transfer/runDirectory.ts';
import type { GcOrder } from './collectGarbage.ts';
import { gcOrder } from './collectGarbage.ts';
import { daemonLimits } from './limits.ts';

export type DaemonCommand = 'serve' | 'gc' | 'verify' | 'stdio';

export interface DaemonOptions {
  readonly command: DaemonCommand;
  readonly endpoint: DaemonEndpoint;
  readonly dataDirectory: string;
  /** Milliseconds. */
  readonly idleExit: number;
  readonly logLevel: string;
  /** A BUILDER: the engine of clients that leave it to the daemon and of the Docker API; '' for the one that docker uses. */
  readonly builder: string;
  /** Holds the token of a daemon that listens on TCP. */
  readonly tokenFile: string;
  /** Its certificate and key. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** With 'gc'. */
  readonly gc: GcOrder;
  /** With 'stdio': starts a daemon when none runs. */
  readonly start: boolean;
}

/**
 * `daemon.js [gc|verify] [--listen DAEMON] [--data DIR] [--idle SECONDS] [--builder BUILDER] [--token-file FILE] [--tls-cert FILE
 * --tls-key FILE] [--max-size BYTES] [--older-than SECONDS] [--dry-run] [--stdio [--no-start]] [--log-level LEVEL]`. USAGE when it is not.
 */
export async function parseDaemonArguments(args: readonly string[], machine: Machine): Promise<DaemonOptions> {
  const { values, positionals } = parse(args);
  const idle = values.idle === undefined ? daemonLimits.idleExit : Number(values.idle) * 1000;
  if (!(idle > 0)) throw usage(`--idle takes seconds, not "${values.idle}".`);
  const endpoint = values.listen === undefined ? await ownEndpoint(machine) : parseDaemonEndpoint(values.listen);
  const data = values.data ?? dataDirectory(machine);
  const named = command(positionals);
  if (values.stdio && (named !== 'serve' || endpoint.kind !== 'socket')) {
    throw usage('--stdio passes on what a daemon on a socket is sent; it goes with nothing else.');
  }
  return {
    command: values.stdio ? 'stdio' : named,
    endpoint,
    dataDirectory: data,
    idleExit: idle,
    logLevel: values['log-level'],
    builder: values.builder,
    tokenFile: values['token-file'] ?? join(data, tokenFileName),
    tls: tlsFiles(endpoint, values['tls-cert'], values['tls-key']),
    gc: gcOrder({ maxSize: values['max-size'], olderThan: values['older-than'], dryRun: values['dry-run'] }),
    start: !values['no-start'],
  };
}

function tlsFiles(endpoint: DaemonEndpoint, cert: string | undefined, key: string | undefined): DaemonOptions['tls'] {
  const wanted = endpoint.kind === 'tcp' && endpoint.tls;
  if (!wanted && cert === undefined && key === undefined) return undefined;
  if (!wanted) throw usage('A certificate is for a daemon that listens at wss://.');
  if (cert === undefined || key === undefined) throw usage('A daemon at wss:// needs --tls-cert and --tls-key.');
  return { cert, key };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        listen: { type: 'string' },
        data: { type: 'string' },
        idle: { type: 'string' },
        builder: { type: 'string', default: '' },
        'token-file': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'max-size': { type: 'string' },
        'older-than': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        stdio: { type: 'boolean', default: false },
        'no-start': { type: 'boolean', default: false },
        'log-level': { type: 'string', default: 'info' },
      },
    });
  } catch (thrown) {
    throw usage(errorMessage(thrown));
  }
}

function command(positionals: readonly string[]): Exclude<DaemonCommand, 'stdio'> {
  const [name = 'serve', ...rest] = positionals;
  if (rest.length === 0 && (name === 'serve' || name === 'gc' || name === 'verify')) return name;
  throw usage(`"${positionals.join(' ')}" is no command of the daemon.`);
}

async function ownEndpoint(machine: Machine): Promise<SocketEndpoint> {
  const directory = await openRunDirectory(runDirectory(machine), machine.uid);
  return defaultDaemonEndpoint(directory, machine.platform);
}

function usage(message: string): PresyncError {
  return new PresyncError('USAGE', message, { hint: 'See "presync daemon --help".' });
}
