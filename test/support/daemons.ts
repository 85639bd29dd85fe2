import { readdirSync, readFileSync } from 'node:fs';

/**
 * The pids of the daemons whose run directory is below `runtimeDirectory`, as the kernel knows them: a test must not take
 * the word of the program it tests. Linux only.
 */
export function daemonPids(runtimeDirectory: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isDaemon(pid, runtimeDirectory))
    .sort((a, b) => a - b);
}

function isDaemon(pid: number, runtimeDirectory: string): boolean {
  try {
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return (
      program.some((arg) => arg.endsWith('/daemon.js')) && environment.includes(`XDG_RUNTIME_DIR=${runtimeDirectory}`)
    );
  } catch {
    return false;
  }
}
