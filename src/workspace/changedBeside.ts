/**
 * @parcel/watcher 2.6.0 copies a list and then empties it, and what is added in between is in no list. The first list
 * after a quiet time is handed over at once, in the midst of an atomic save: the new file is told, and one save in ten
 * loses the name that it was given. What was lost changed a moment ago, and mostly beside what was told.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceLimits } from './limits.ts';

/**
 * The paths in the folders of these that changed just now too, by their ctime; none in folders of very many.
 * @param paths absolute
 */
export function changedBeside(paths: readonly string[], now = Date.now()): string[] {
  const told = new Set(paths);
  const folders = new Set(paths.map((path) => dirname(path)));
  const beside = [...folders].flatMap((folder) => list(folder).map((name) => join(folder, name)));
  return beside.filter((path) => !told.has(path) && now - changedAt(path) < workspaceLimits.besideWithin);
}

function list(folder: string): string[] {
  try {
    const names = readdirSync(folder);
    return names.length <= workspaceLimits.besideEntries ? names : [];
  } catch {
    return [];
  }
}

function changedAt(path: string): number {
  try {
    return lstatSync(path).ctimeMs;
  } catch {
    // It is gone, or its name is no UTF-8.
    return -Infinity;
  }
}
