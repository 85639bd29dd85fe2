import { toDisplay } from '../../base/bytes.ts';
import type { LocalContext } from '../../client/localContext.ts';
import { sizedEntries } from '../../client/sizedEntries.ts';
import type { DirectoryEntry } from '../../context/entry.ts';
import type { Path } from '../../context/path.ts';
import { joinPath, rootPath } from '../../context/path.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import type { ListedEntry, Listing } from '../link/workerApi.ts';
import { workerLimits } from './limits.ts';

/** A folder of a snapshot. */
export interface FoundFolder {
  readonly path: Path;
  readonly folder: DirectoryEntry;
}

/**
 * The folder that is shown as `shown`. Of two that are shown alike, since their names are no text, the first; undefined
 * when there is none.
 */
export function findShownFolder(snapshot: Snapshot, shown: string): FoundFolder | undefined {
  let found: FoundFolder = { path: rootPath, folder: snapshot };
  for (const name of shown === '' ? [] : shown.split('/')) {
    const child = found.folder.children.find((entry) => entry.kind === 'directory' && toDisplay(entry.name) === name);
    if (child?.kind !== 'directory') return undefined;
    found = { path: joinPath(found.path, child.name), folder: child };
  }
  return found;
}

/** What is in a folder, largest first and no more than the limit, and then what is excluded. */
export function listFolder({ path, folder }: FoundFolder, excluded: ReturnType<LocalContext['excludedIn']>): Listing {
  const sized = sizedEntries(folder);
  const listed = sized.slice(0, workerLimits.listed).map(({ entry, files, bytes }): ListedEntry => ({
    path: toDisplay(joinPath(path, entry.name)),
    kind: entry.kind,
    files,
    bytes,
    excludedBy: undefined,
  }));
  const left = excluded.entries.map(({ path, kind, bytes, rule }): ListedEntry => ({
    path: toDisplay(path),
    kind,
    files: kind === 'directory' ? 0 : 1,
    bytes,
    excludedBy: rule,
  }));
  return { entries: [...listed, ...left], omitted: sized.length - listed.length + excluded.more };
}
