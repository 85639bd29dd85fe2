/**
 * Which contexts a workspace folder has: those of the setting `presync.contexts`, else its root with `Dockerfile`.
 *
 * A workspace's settings come with the repository: they can name nothing outside the workspace folder.
 */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ContextSource } from '../link/workerApi.ts';

/** Tells contexts apart, for as long as the window lives. */
export function keyOf({ folder, dockerfile }: ContextSource): string {
  return `${folder}\0${dockerfile}`;
}

/** The context of a Dockerfile that no setting mentions: the folder that it is in. */
export function sourceOf(dockerfile: string): ContextSource {
  return { folder: dirname(dockerfile), dockerfile };
}

/** A short name for people: `app`, or `app (docker/web.Dockerfile)` where the Dockerfile is not the usual one. */
export function nameOf(source: ContextSource): string {
  return nameWith(1, source);
}

/** Names that tell these contexts apart, by their keys: of folders with one name as much of the path as that takes. */
export function namesOf(sources: readonly ContextSource[]): ReadonlyMap<string, string> {
  return new Map(sources.map((source) => [keyOf(source), nameAmong(sources, source)]));
}

function nameAmong(sources: readonly ContextSource[], source: ContextSource): string {
  const others = sources.filter((other) => keyOf(other) !== keyOf(source));
  const depth = source.folder.split(sep).length;
  for (let segments = 1; segments < depth; segments++) {
    const name = nameWith(segments, source);
    if (!others.some((other) => nameWith(segments, other) === name)) return name;
  }
  return nameWith(depth, source);
}

/** `segments`: of the folder's path, from its end. */
function nameWith(segments: number, { folder, dockerfile }: ContextSource): string {
  const name = folder.split(sep).slice(-segments).join('/') || folder;
  const file = relative(folder, dockerfile);
  return file === 'Dockerfile' ? name : `${name} (${file})`;
}

/** Whether a file or folder is `folder` or below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

export interface ReadSources {
  readonly sources: readonly ContextSource[];
  /** The setting has them; else they are the usual ones. */
  readonly named: boolean;
  /** What is wrong with the setting, in words; then the rest of it still counts. */
  readonly problem: string | undefined;
}

/** The contexts of a workspace folder by the value of the setting, whatever that is. Looks at no file. */
export function readSources(value: unknown, workspaceFolder: string): ReadSources {
  const usual = { sources: [sourceOf(join(workspaceFolder, 'Dockerfile'))], named: false };
  if (value === undefined || value === null) return { ...usual, problem: undefined };
  if (!Array.isArray(value)) return { ...usual, problem: 'it has to be a list' };
  if (value.length === 0) return { ...usual, problem: undefined };
  const sources: ContextSource[] = [];
  let problem: string | undefined;
  for (const item of value as unknown[]) {
    const read = readSource(item, workspaceFolder);
    if (typeof read === 'string') problem ??= read;
    else sources.push(read);
  }
  return sources.length > 0 ? { sources, named: true, problem } : { ...usual, problem };
}

function readSource(item: unknown, workspaceFolder: string): ContextSource | string {
  if (typeof item !== 'object' || item === null) return 'each entry has to be an object with "dockerfile"';
  const { dockerfile, context } = item as Record<string, unknown>;
  if (typeof dockerfile !== 'string' || dockerfile === '') return 'each entry needs "dockerfile", a path as text';
  if (context !== undefined && typeof context !== 'string') return '"context" has to be a path as text';
  const file = join(workspaceFolder, dockerfile);
  const folder = context === undefined ? dirname(file) : join(workspaceFolder, context);
  const outside = [file, folder].find((path) => !isWithin(path, workspaceFolder));
  if (outside !== undefined || isAbsolute(dockerfile) || (context !== undefined && isAbsolute(context))) {
    return `"${outside === file ? dockerfile : (context ?? dockerfile)}" has to be inside the workspace folder`;
  }
  return { folder: withoutEndSlash(folder), dockerfile: file };
}

/** `join` keeps a slash at the end. */
function withoutEndSlash(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path;
}
