/**
 * `presync daemon --stdio`: the way to this user's daemon for a client that comes by ssh. Starts the daemon when none runs,
 * then passes bytes to and fro until either side has enough.
 */
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import type { SocketEndpoint } from '../transfer/daemonEndpoint.ts';
import type { StartedDaemon } from '../transfer/daemonProcess.ts';
import { daemonEnvironment, startOwnDaemon } from '../transfer/daemonProcess.ts';
import type { DaemonOptions } from './arguments.ts';
import { daemonLimits } from './limits.ts';

/** The exit code for the client at the other end of ssh: no daemon runs, and none was to be started. */
export const noDaemonCode = 3;

/** Resolves when the connection is over. DAEMON_NOT_FOUND, DAEMON_START. */
export async function passOnStdio(options: DaemonOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const endpoint = options.endpoint as SocketEndpoint;
  let socket = await connectTo(endpoint);
  if (socket === undefined) {
    if (!options.start) throw new PresyncError('DAEMON_NOT_FOUND', 'No daemon runs here.');
    const started = await startOwnDaemon(
      process.argv[1]!,
      options.dataDirectory,
      endpoint.label,
      daemonEnvironment(env),
    );
    socket = await awaitDaemon(endpoint, started);
  }
  await passOn(socket);
}

async function awaitDaemon(endpoint: SocketEndpoint, started: StartedDaemon): Promise<Socket> {
  const deadline = performance.now() + daemonLimits.takeoverWait;
  for (;;) {
    const socket = await connectTo(endpoint);
    if (socket !== undefined) return socket;
    const failed = (started.exitCode() ?? 0) !== 0;
    if (failed || performance.now() > deadline) {
      throw new PresyncError('DAEMON_START', `The daemon was started but ${failed ? 'failed' : 'does not answer'}.`, {
        hint: 'Run "presync daemon" there to see why.',
      });
    }
    await delay(daemonLimits.takeoverPoll);
  }
}

/** Undefined when nobody listens. */
function connectTo({ socketPath }: SocketEndpoint): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => {
      const code = systemErrorCode(error);
      if (code === 'ENOENT' || code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
  });
}

function passOn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    for (const stream of [process.stdin, process.stdout, socket]) stream.on('error', () => resolve());
    process.stdin.pipe(socket);
    socket.pipe(process.stdout);
    socket.once('close', () => resolve());
  });
}
