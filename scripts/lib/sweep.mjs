/** What tests that were killed leave running. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/** Stops the engines below a folder, and ends the programs of users whose run directory is below it: daemons, VS Codes. */
export async function sweep(folder) {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith('presync-engine-'))) {
    await runCommand('scripts/engine', ['stop', join(folder, name)], { quiet: true });
  }
  for (const pid of readdirSync('/proc').map(Number)) {
    if (pid > 0 && isUsersBelow(pid, folder)) end(pid);
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // The end of another may have been its end.
    if (error.code !== 'ESRCH') throw error;
  }
}

function isUsersBelow(pid, folder) {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.some((variable) => variable.startsWith(`XDG_RUNTIME_DIR=${folder}/`));
  } catch {
    // It ended meanwhile, or it is another user's.
    return false;
  }
}
