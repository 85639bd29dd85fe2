/** Starting the user's own daemon: detached, one per user, its output in one log file. */
import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PresyncError, systemErrorCode } from '../base/errors.ts';

export interface DaemonProgram {
  /** The bundled daemon.js. */
  readonly script: string;
  readonly args: readonly string[];
  /** An existing directory that nobody minds being kept in use. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Open for appending. */
  readonly logDescriptor: number;
}

/** A daemon that was started. */
export interface StartedDaemon {
  /** Its exit code; undefined while it runs. 0: another daemon was quicker. */
  exitCode(): number | undefined;
}

/**
 * Starts the daemon and lets go of it: it outlives this process. That it listens is found out by dialling.
 * DAEMON_START when it cannot even be started.
 */
export function startDaemon(program: DaemonProgram): Promise<StartedDaemon> {
  const child = spawn(process.execPath, [program.script, ...program.args], {
    cwd: program.cwd,
    env: { ...program.env },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', program.logDescriptor, program.logDescriptor],
  });
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      child.unref();
      resolve({ exitCode: () => child.exitCode ?? undefined });
    });
    child.once('error', (error) => reject(startFailure(error)));
  });
}

/** A daemon log that is larger is set aside at the next start, in bytes. */
const longestLog = 5 * 1024 * 1024;

/** Starts a daemon that keeps its store in `data` and its log beside it. DAEMON_START. */
export async function startOwnDaemon(
  script: string,
  data: string,
  listen: string,
  env: DaemonProgram['env'],
): Promise<StartedDaemon> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const log = await openLog(join(data, 'daemon.log'));
  try {
    const args = ['--listen', listen, '--data', data];
    return await startDaemon({ script, args, cwd: data, env, logDescriptor: log.fd });
  } finally {
    await log.close();
  }
}

async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > longestLog) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

/**
 * What the daemon inherits: not what belongs to the editor that happened to start it, nor what is `withheld` from it.
 * Under Electron it must run as plain Node.
 */
export function daemonEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  withheld: readonly string[] = [],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name === 'NODE_OPTIONS' || /^(VSCODE|ELECTRON)_/.test(name)) continue;
    if (withheld.includes(name)) continue;
    kept[name] = value;
  }
  if (process.versions['electron'] !== undefined) kept['ELECTRON_RUN_AS_NODE'] = '1';
  return kept;
}

function startFailure(error: Error): PresyncError {
  return new PresyncError(
    'DAEMON_START',
    `The daemon could not be started (${systemErrorCode(error) ?? error.message}).`,
    {
      hint: 'Run "presync daemon" in a terminal to see why.',
      cause: error,
    },
  );
}
