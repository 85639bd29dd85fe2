/**
 * Paths in a context: relative, '/'-separated, byte strings; the root is ''.
 *
 * Anything that comes from the wire or from a file passes `checkPath` before it is used.
 */
import type { ByteString } from '../base/bytes.ts';
import { toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';

/** One component of a path: not empty, not '.' or '..', without '/' and NUL. */
export type Name = ByteString;

export type Path = ByteString;

export const rootPath = '' as Path;

/** Linux NAME_MAX and PATH_MAX (with its NUL): what no builder could store anyway. */
export const pathLimits = { nameBytes: 255, pathBytes: 4095, depth: 1024 } as const;

export function joinPath(parent: Path, name: Name): Path {
  return (parent === '' ? name : `${parent}/${name}`) as Path;
}

/** The last component. */
export function baseName(path: Path): Name {
  return path.slice(path.lastIndexOf('/') + 1) as Name;
}

/** Everything before the last component; the root's parent is the root. */
export function parentPath(path: Path): Path {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) as Path;
}

export function splitPath(path: Path): Name[] {
  return path === '' ? [] : (path.split('/') as Name[]);
}

/** Whether `path` is `ancestor` or lies below it. */
export function isWithin(path: Path, ancestor: Path): boolean {
  return ancestor === '' || path === ancestor || (path.startsWith(ancestor) && path[ancestor.length] === '/');
}

/**
 * The order of a depth-first walk whose siblings are sorted bytewise: '/' is lower than any other byte.
 * It is the order that BuildKit's fsutil demands of a stat stream.
 */
export function comparePaths(a: Path, b: Path): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] === b[i]) continue;
    if (a[i] === '/') return -1;
    if (b[i] === '/') return 1;
    return a.charCodeAt(i) - b.charCodeAt(i);
  }
  return a.length - b.length;
}

/** Why a path may not be used, or undefined for a good one. The root is refused: no entry has an empty path. */
export function pathProblem(path: Path): string | undefined {
  if (path === '') return 'is empty';
  if (path.length > pathLimits.pathBytes) return `is longer than ${pathLimits.pathBytes} bytes`;
  if (path.includes('\0')) return 'contains a NUL';
  const names = splitPath(path);
  if (names.length > pathLimits.depth) return `is deeper than ${pathLimits.depth} folders`;
  for (const name of names) {
    if (name === '' || name === '.' || name === '..') return 'is not a clean relative path';
    if (name.length > pathLimits.nameBytes) return `has a name longer than ${pathLimits.nameBytes} bytes`;
  }
  return undefined;
}

/** The path itself, or PROTOCOL naming it when it may not be used. */
export function checkPath(path: Path): Path {
  const problem = pathProblem(path);
  if (problem !== undefined) throw new PresyncError('PROTOCOL', `The path "${toDisplay(path)}" ${problem}.`);
  return path;
}
