/**
 * Places where a crash test may kill the process, so that every step of a durable write is tried.
 *
 * Only a build that defines PRESYNC_CRASH_POINTS as true has them: there, `PRESYNC_CRASH_AT=name:n` in the environment
 * ends the process with SIGKILL at the n-th passage of the point `name`. In any other build nothing happens.
 */
declare const PRESYNC_CRASH_POINTS: boolean;

export const crashPoints = [
  'pack-write',
  'pack-fsync',
  'index-append',
  'head-temp',
  'head-fsync',
  'head-rename',
  'head-dir-fsync',
  'collect-copy',
  'collect-drop',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

const passages = new Map<string, number>();

export function crashPoint(name: CrashPoint): void {
  if (typeof PRESYNC_CRASH_POINTS !== 'undefined' && PRESYNC_CRASH_POINTS) strike(name);
}

function strike(name: CrashPoint): void {
  const passage = (passages.get(name) ?? 0) + 1;
  passages.set(name, passage);
  if (process.env['PRESYNC_CRASH_AT'] === `${name}:${passage}`) process.kill(process.pid, 'SIGKILL');
}
