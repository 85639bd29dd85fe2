import { readdirSync, readFileSync } from 'node:fs';

/** The inotify watches of a process and of all that it started (Linux). */
export function inotifyWatches(pid: number | string = 'self'): number {
  let count = 0;
  for (const fd of readdirSync(`/proc/${pid}/fdinfo`)) {
    try {
      const info = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1');
      count += info.split('\n').filter((line) => line.startsWith('inotify wd:')).length;
    } catch {
      // The descriptor of the listing itself.
    }
  }
  return childrenOf(pid).reduce((sum, child) => sum + inotifyWatches(child), count);
}

/** Processes that a process started, and that run. */
export function childrenOf(pid: number | string = 'self'): number[] {
  const lists = readdirSync(`/proc/${pid}/task`).map((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'latin1'),
  );
  return lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number));
}
