/** `presync daemon`, `gc` and `verify`: the daemon's own program, run in the foreground. */
import { spawn } from 'node:child_process';
import { daemonUpkeep } from '../client/daemonLauncher.ts';
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

/**
 * `gc` and `verify`: by the daemon that has the store, or by a process of their own when none runs. With another store's
 * `--data` it is always the latter. Returns the exit code.
 */
export async function runUpkeep(
  task: 'gc' | 'verify',
  args: readonly string[],
  env: Environment,
  print: (text: string) => void,
): Promise<number> {
  const query = queryOf(args).toString();
  const report = args.includes('--data') ? undefined : await daemonUpkeep(env.daemon(undefined), { task, query });
  if (report === undefined) return runDaemonProgram([task, ...args], env);
  print(JSON.stringify(report));
  return (report as { ok: boolean }).ok ? 0 : 1;
}

/** `--name value` and `--name` as parameters of a query. */
function queryOf(args: readonly string[]): URLSearchParams {
  const query = new URLSearchParams();
  args.forEach((arg, index) => {
    const value = args[index + 1];
    if (arg.startsWith('--')) query.set(arg.slice(2), value === undefined || value.startsWith('--') ? '' : value);
  });
  query.delete('log-level');
  return query;
}
