/** Looking after the daemon's store: by the daemon that has it, or by its program where none runs. */
import { spawn } from 'node:child_process';
import { cancelled, PresyncError } from '../base/errors.ts';
import { failureIn } from '../transfer/http.ts';
import type { DaemonOptions } from './daemonLauncher.ts';
import { daemonUpkeep } from './daemonLauncher.ts';

export type UpkeepTask = 'gc' | 'verify';

/** What was done, as the daemon tells it. */
export type UpkeepReport = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/**
 * Runs the task with the arguments of the daemon's program. With another store's `--data` it is always the program that
 * does it. Fails as the store does, with INTERNAL when there is no report, and CANCELLED.
 */
export async function lookAfterStore(
  options: DaemonOptions,
  task: UpkeepTask,
  args: readonly string[],
  signal: AbortSignal,
): Promise<UpkeepReport> {
  const query = queryOf(args).toString();
  const report = args.includes('--data') ? undefined : await daemonUpkeep(options, { task, query });
  return (report ?? (await byProgram(options.script, [task, ...args], signal))) as UpkeepReport;
}

/** The program prints one line, its report or what went wrong, and logs to standard error. */
async function byProgram(script: string, args: readonly string[], signal: AbortSignal): Promise<unknown> {
  // Of its log, what the report does not tell. A level among the arguments is the later one.
  const child = spawn(process.execPath, [script, '--log-level', 'warn', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  try {
    await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw cancelled(signal.reason);
  const line = printed.trim();
  if (line === '') throw new PresyncError('INTERNAL', 'The daemon’s program ended without a report.');
  const report = JSON.parse(line) as object;
  if ('code' in report) throw failureIn(line);
  return report;
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
