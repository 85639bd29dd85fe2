/** Reaching a daemon: the one that answers, or the user's own, started when none does. */
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { delay } from '../base/time.ts';
import type { DaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import { defaultDaemonEndpoint, parseDaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { Link } from '../transfer/dial.ts';
import { dial, drainDaemon, fetchStatus, upkeep } from '../transfer/dial.ts';
import type { Machine } from '../transfer/places.ts';
import { cacheDirectory, dataDirectory, runDirectory } from '../transfer/places.ts';
import { openRunDirectory } from '../transfer/runDirectory.ts';
import type { StartedDaemon } from './daemonProcess.ts';
import { daemonEnvironment, startDaemon } from './daemonProcess.ts';
import { installDaemonProgram } from './daemonProgram.ts';
import { clientLimits } from './limits.ts';

export type { Link, Machine };
export { cacheDirectory, dataDirectory };

export interface DaemonOptions {
  readonly machine: Machine;
  /** A DAEMON of the command line; undefined for the user's own, which is started on demand. */
  readonly spec: string | undefined;
  /** The bundled daemon.js. */
  readonly script: string;
  readonly logger: Logger;
  /** Called when a daemon had to be started and does not answer yet: time for what can be done without one. */
  onLaunch?(): void;
  /** Variables that a daemon must not inherit, since they hold secrets. */
  readonly withheld?: readonly string[];
}

/** The user's private directory of this boot. DAEMON_FOREIGN when it is not private. */
export function openOwnRunDirectory(machine: Machine): Promise<string> {
  return openRunDirectory(runDirectory(machine), machine.uid);
}

/** The daemon's status document; undefined when none answers. Starts nothing. */
export async function daemonStatus(options: Pick<DaemonOptions, 'machine' | 'spec'>): Promise<unknown> {
  return fetchStatus(await daemonEndpoint(options));
}

/** Has the running daemon look after its store; undefined when none runs. */
export async function daemonUpkeep(
  options: Pick<DaemonOptions, 'machine' | 'spec'>,
  task: 'gc' | 'verify',
): Promise<unknown> {
  return upkeep(await daemonEndpoint(options), task);
}

/** Where the daemon of these options listens. */
export async function daemonEndpoint(options: Pick<DaemonOptions, 'machine' | 'spec'>): Promise<DaemonEndpoint> {
  if (options.spec !== undefined) return parseDaemonEndpoint(options.spec);
  const directory = await openOwnRunDirectory(options.machine);
  return defaultDaemonEndpoint(directory, options.machine.platform);
}

/**
 * A link to the daemon. The user's own is started when none answers, and replaced when it is too old to speak our
 * protocol. DAEMON_NEWER when it is the daemon that is too new: it is never replaced by an older program.
 */
export async function reachDaemon(options: DaemonOptions, signal?: AbortSignal): Promise<Link> {
  const endpoint = await daemonEndpoint(options);
  try {
    return await dial(endpoint, signal);
  } catch (thrown) {
    const { code } = PresyncError.from(thrown);
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
  await mkdir(data, { recursive: true, mode: 0o700 });
  const script = await installDaemonProgram(options.script, data);
  const log = await openLog(join(data, 'daemon.log'));
  try {
    const daemon = await startDaemon({
      script,
      args: ['--listen', endpoint.label, '--data', data],
      cwd: data,
      env: daemonEnvironment(options.machine.env, options.withheld),
      logDescriptor: log.fd,
    });
    options.onLaunch?.();
    return daemon;
  } finally {
    await log.close();
  }
}

async function openLog(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > clientLimits.logBytes) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
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
      return await dial(endpoint, signal);
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

function notStarted(cause: PresyncError, failed: boolean): PresyncError {
  return new PresyncError('DAEMON_START', `The daemon was started but ${failed ? 'failed' : 'does not answer'}.`, {
    hint: 'Run "presync daemon" in a terminal to see why.',
    cause,
  });
}
