/** What tests that were killed leave running. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/** Stops the engines below a folder and ends the daemons whose run directory is below it. */
export async function sweep(folder) {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith('presync-engine-'))) {
    await runCommand('scripts/engine', ['stop', join(folder, name)], { quiet: true });
  }
  for (const pid of readdirSync('/proc').map(Number)) {
    if (pid > 0 && isDaemonBelow(pid, folder)) process.kill(pid, 'SIGKILL');
  }
}

function isDaemonBelow(pid, folder) {
  try {
    const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return (
      program.some((argument) => argument.endsWith('/daemon.js')) &&
      environment.some((variable) => variable.startsWith(`XDG_RUNTIME_DIR=${folder}/`))
    );
  } catch {
    // It ended meanwhile, or it is another user's.
    return false;
  }
}
