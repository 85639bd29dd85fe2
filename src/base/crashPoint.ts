/**
 * Places where a fault test may kill the process, so that every step of what has to survive is tried.
 *
 * Only a build that defines PRESYNC_CRASH_POINTS as true has them: there, `PRESYNC_CRASH_AT=name:n` in the environment
 * ends the process with SIGKILL at the n-th passage of the point `name`. In any other build nothing happens, and a
 * release does not even hold the code.
 */
declare const PRESYNC_CRASH_POINTS: boolean;

const passages = new Map<string, number>();

export function crashPoint(name: string): void {
  if (typeof PRESYNC_CRASH_POINTS !== 'undefined' && PRESYNC_CRASH_POINTS) strike(name);
}

function strike(name: string): void {
  const passage = (passages.get(name) ?? 0) + 1;
  passages.set(name, passage);
  if (process.env['PRESYNC_CRASH_AT'] === `${name}:${passage}`) process.kill(process.pid, 'SIGKILL');
}
