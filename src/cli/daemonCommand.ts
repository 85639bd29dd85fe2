/** `presync daemon`: the daemon's own program, run in the foreground. */
import { spawn } from 'node:child_process';
import type { Environment } from '../client/environment.ts';

/**
 * Runs daemon.js to its end and returns its exit code. Ctrl-C reaches it by itself, since it is in the same group; what a
 * service manager sends does not.
 */
export function runDaemonProgram(args: readonly string[], env: Environment): Promise<number> {
  const child = spawn(process.execPath, [env.daemon(undefined).script, ...args], { stdio: 'inherit' });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
