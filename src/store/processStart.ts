import { readFile } from 'node:fs/promises';
import { systemErrorCode } from '../base/errors.ts';

/**
 * When a process started, in the system's own unit, or undefined when there is no such process: a pid with its start
 * is never used twice. Where the system does not tell (Linux does), it is 0 for every live process.
 *
 * A zombie counts as dead: it holds no file any more.
 */
export async function processStart(pid: number): Promise<number | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return isAlive(pid) ? 0 : undefined;
  }
  // proc(5): the name, in parentheses, may hold anything, so fields are counted from the last ')': 3 is the state, 22
  // the start in clock ticks since boot.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  if (state === 'Z' || state === 'X') return undefined;
  return Number(fields[22 - 3]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}
