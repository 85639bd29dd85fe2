/** Where a folder differs from a snapshot of it, and when that came about. */
import type { Entry } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import { joinPath, rootPath } from '../context/path.ts';
import { sameIdentity } from '../context/snapshot.ts';
import { FolderNode } from './folderNode.ts';

export interface Difference {
  /** The topmost: of a folder that is new or gone, only the folder itself. */
  readonly path: Path;
  /** When this was changed last: ctime, in nanoseconds. For what is gone, that of the folder that it was in. */
  readonly changed: bigint;
}

/** Differences of `found` from `built`. `changed` is the ctime of the folder that was found. Mere touches are none. */
export function* differences(
  built: FolderNode,
  found: FolderNode,
  changed: bigint,
  at: Path = rootPath,
): Generator<Difference> {
  if (built.digest === found.digest) return;
  const before = new Map(built.children.map((entry) => [entry.name, entry]));
  const times = new Map<Entry['name'], bigint>();
  const { records } = found.content;
  for (const [index, name] of records.names().entries()) times.set(name, records.ctime(index));
  for (const next of found.children) {
    const path = joinPath(at, next.name);
    const time = times.get(next.name) ?? changed;
    const old = before.get(next.name);
    before.delete(next.name);
    if (old !== undefined && sameIdentity(old, next)) continue;
    const bothFolders = old instanceof FolderNode && next instanceof FolderNode;
    if (!bothFolders || old.mode !== next.mode) yield { path, changed: time };
    if (bothFolders) yield* differences(old, next, time, path);
  }
  for (const name of before.keys()) yield { path: joinPath(at, name), changed };
}
