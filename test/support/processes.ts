import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether any process of this machine was started with exactly these arguments. Engines' containers count. */
export function someProcessRuns(...args: readonly string[]): boolean {
  const wanted = args.join('\0') + '\0';
  return readdirSync('/proc').some((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === wanted;
    } catch {
      return false;
    }
  });
}

/** kill -9, and waits until the process no longer runs (a zombie whose parent does not reap it runs no more). */
export async function killProcess(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  while (isRunning(pid)) await sleep(5);
}

/** Whether a process of this id exists and has not ended. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
