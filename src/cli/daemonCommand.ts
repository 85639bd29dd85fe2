/** `presync daemon`, `gc` and `verify`: the daemon's own program, run in the foreground. */
import { spawn } from 'node:child_process';
import type { Environment } from './environment.ts';

/** Runs daemon.js to its end and returns its exit code. Ctrl-C reaches it by itself: it is in the same group. */
export function runDaemonProgram(args: readonly string[], env: Environment): Promise<number> {
  const child = spawn(process.execPath, [env.daemon(undefined).script, ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
