import { parseArgs } from 'node:util';
import { errorMessage, PresyncError } from '../base/errors.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import { defaultDaemonEndpoint, parseDaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { Machine } from '../transfer/places.ts';
import { dataDirectory, runDirectory } from '../transfer/places.ts';
import { openRunDirectory } from '../transfer/runDirectory.ts';
import { daemonLimits } from './limits.ts';

export type DaemonCommand = 'serve' | 'gc' | 'verify';

export interface DaemonOptions {
  readonly command: DaemonCommand;
  readonly endpoint: DaemonEndpoint;
  readonly dataDirectory: string;
  /** Milliseconds. */
  readonly idleExit: number;
  readonly logLevel: string;
  /** A BUILDER: the engine that requests of the Docker API go to; '' for the one that docker uses. */
  readonly builder: string;
}

/** `daemon.js [gc|verify] [--listen DAEMON] [--data DIR] [--idle SECONDS] [--builder BUILDER] [--log-level LEVEL]`. USAGE when it is not. */
export async function parseDaemonArguments(args: readonly string[], machine: Machine): Promise<DaemonOptions> {
  const { values, positionals } = parse(args);
  const idle = values.idle === undefined ? daemonLimits.idleExit : Number(values.idle) * 1000;
  if (!(idle > 0)) throw usage(`--idle takes seconds, not "${values.idle}".`);
  return {
    command: command(positionals),
    endpoint: values.listen === undefined ? await ownEndpoint(machine) : parseDaemonEndpoint(values.listen),
    dataDirectory: values.data ?? dataDirectory(machine),
    idleExit: idle,
    logLevel: values['log-level'],
    builder: values.builder,
  };
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
        'log-level': { type: 'string', default: 'info' },
      },
    });
  } catch (thrown) {
    throw usage(errorMessage(thrown));
  }
}

function command(positionals: readonly string[]): DaemonCommand {
  const [name = 'serve', ...rest] = positionals;
  if (rest.length === 0 && (name === 'serve' || name === 'gc' || name === 'verify')) return name;
  throw usage(`"${positionals.join(' ')}" is no command of the daemon.`);
}

async function ownEndpoint(machine: Machine): Promise<DaemonEndpoint> {
  const directory = await openRunDirectory(runDirectory(machine), machine.uid);
  return defaultDaemonEndpoint(directory, machine.platform);
}

function usage(message: string): PresyncError {
  return new PresyncError('USAGE', message, { hint: 'See "presync daemon --help".' });
}
