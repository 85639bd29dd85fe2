/** Reaching a daemon: the one that answers, or the user's own, started when none does. */
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { delay } from '../base/time.ts';
import type { DaemonAccess } from '../transfer/access.ts';
import type { StartedDaemon } from '../transfer/daemonProcess.ts';
import { daemonEnvironment, startOwnDaemon } from '../transfer/daemonProcess.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import { defaultDaemonEndpoint, isOnThisMachine, parseDaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { Link } from '../transfer/dial.ts';
import { dial } from '../transfer/dial.ts';
import type { Upkeep } from '../transfer/http.ts';
import { drainDaemon, fetchStatus, upkeep } from '../transfer/http.ts';
import type { Machine } from '../transfer/places.ts';
import { cacheDirectory, dataDirectory, runDirectory } from '../transfer/places.ts';
import { openRunDirectory } from '../transfer/runDirectory.ts';
import { installDaemonProgram } from './daemonProgram.ts';
import { clientLimits } from './limits.ts';

export type { Link, Machine };
export { cacheDirectory, dataDirectory, runDirectory };

export interface DaemonOptions {
  readonly machine: Machine;
  /** A DAEMON of the command line; undefined for the user's own, which is started on demand. */
  readonly spec: string | undefined;
  /** For a daemon behind a token. */
  readonly access: DaemonAccess;
  /** Whether frames are packed; undefined: where the link has a way to go. */
  readonly packing?: boolean | undefined;
  /** The bundled daemon.js. */
  readonly script: string;
  readonly logger: Logger;
  /** Called when a daemon had to be started and does not answer yet: time for what can be done without one. */
  onLaunch?(): void;
  /** Variables that a daemon must not inherit, since they hold secrets. */
  readonly withheld?: readonly string[];
}

/** What it takes to reach a daemon that runs. */
type ReachedBy = Pick<DaemonOptions, 'machine' | 'spec' | 'access'>;

/** The user's private directory of this boot. DAEMON_FOREIGN when it is not private. */
export function openOwnRunDirectory(machine: Machine): Promise<string> {
  return openRunDirectory(runDirectory(machine), machine.uid);
}

/** The daemon's status document; undefined when none answers. Starts nothing. */
export async function daemonStatus(options: ReachedBy): Promise<unknown> {
  return fetchStatus(await daemonEndpoint(options), options.access);
}

/** Has the running daemon look after its store; undefined when none runs. */
export async function daemonUpkeep(options: ReachedBy, task: Upkeep): Promise<unknown> {
  return upkeep(await daemonEndpoint(options), task, options.access);
}

/** Where the daemon of these options listens. */
export async function daemonEndpoint(options: Pick<ReachedBy, 'machine' | 'spec'>): Promise<DaemonEndpoint> {
  if (options.spec !== undefined) return parseDaemonEndpoint(options.spec);
  const directory = await openOwnRunDirectory(options.machine);
  return defaultDaemonEndpoint(directory, options.machine.platform);
}

/** BAD_ENDPOINT for what is no DAEMON. */
export function checkDaemonAddress(spec: string): void {
  parseDaemonEndpoint(spec);
}

/** Whether a DAEMON may be on another machine than this one. BAD_ENDPOINT. */
export function isElsewhere(spec: string | undefined): boolean {
  return spec !== undefined && !isOnThisMachine(parseDaemonEndpoint(spec));
}

/**
 * A link to the daemon. The user's own is started when none answers, and replaced when it is too old to speak our
 * protocol. DAEMON_NEWER when it is the daemon that is too new: it is never replaced by an older program.
 */
export async function reachDaemon(options: DaemonOptions, signal?: AbortSignal): Promise<Link> {
  const endpoint = await daemonEndpoint(options);
  try {
    const { access, packing } = options;
    return await dial(endpoint, { signal, access, packing });
  } catch (thrown) {
    const { code } = PresyncError.from(thrown);
    if (options.spec !== undefined && code === 'DAEMON_OLDER') throw olderElsewhere(endpoint, thrown);
    if (options.spec !== undefined || (code !== 'DAEMON_NOT_FOUND' && code !== 'DAEMON_OLDER')) throw thrown;
    if (code === 'DAEMON_OLDER') await makeWay(endpoint, options.logger);
  }
  return awaitDaemon(endpoint, await launch(endpoint, options), signal);
}

/** Has the user's own daemon make way, and starts another. USAGE for a daemon that this program could not start. */
export async function restartDaemon(options: DaemonOptions, signal?: AbortSignal): Promise<void> {
  if (options.spec !== undefined) {
    throw new PresyncError('USAGE', `The daemon ${options.spec} is not this program's to restart.`, {
      hint: 'Restart it where it runs.',
    });
  }
  const endpoint = await daemonEndpoint(options);
  await makeWay(endpoint, options.logger);
  const { peer } = await awaitDaemon(endpoint, await launch(endpoint, options), signal);
  peer.close();
}

async function makeWay(endpoint: DaemonEndpoint, logger: Logger): Promise<void> {
  logger.info('the daemon makes way for another');
  try {
    await drainDaemon(endpoint);
  } catch (thrown) {
    // None runs any more: another client may have been quicker.
    if (PresyncError.from(thrown).code !== 'DAEMON_NOT_FOUND') throw thrown;
  }
}

async function launch(endpoint: DaemonEndpoint, options: DaemonOptions): Promise<StartedDaemon> {
  const data = dataDirectory(options.machine);
  const script = await installDaemonProgram(options.script, data);
  const daemon = await startOwnDaemon(
    script,
    data,
    endpoint.label,
    daemonEnvironment(options.machine.env, options.withheld),
  );
  options.onLaunch?.();
  return daemon;
}

/** Dials until the new daemon answers, or, when two clients started one each, the one that won. */
async function awaitDaemon(
  endpoint: DaemonEndpoint,
  daemon: StartedDaemon,
  signal: AbortSignal | undefined,
): Promise<Link> {
  const deadline = performance.now() + clientLimits.daemonStart + clientLimits.daemonDrain;
  for (;;) {
    try {
      return await dial(endpoint, { signal });
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      const mayStillCome = error.code === 'DAEMON_NOT_FOUND' || error.code === 'LINK_LOST';
      if (!mayStillCome) throw error;
      const failed = (daemon.exitCode() ?? 0) !== 0;
      if (failed || performance.now() > deadline) throw notStarted(error, failed);
    }
    await delay(clientLimits.daemonPoll, signal);
  }
}

/** Only the user's own daemon is replaced from here. */
function olderElsewhere(endpoint: DaemonEndpoint, cause: unknown): PresyncError {
  return new PresyncError('DAEMON_OLDER', `The daemon at ${endpoint.label} is older than this program.`, {
    hint:
      endpoint.kind === 'ssh'
        ? `Replace it with "presync install ${endpoint.label}".`
        : 'Run the same version there as here.',
    cause,
  });
}

function notStarted(cause: PresyncError, failed: boolean): PresyncError {
  return new PresyncError('DAEMON_START', `The daemon was started but ${failed ? 'failed' : 'does not answer'}.`, {
    hint: 'Run "presync daemon" in a terminal to see why.',
    cause,
  });
}
