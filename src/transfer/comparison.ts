/**
 * Two sides without a common base find out what they share: the client names directories of its target, breadth first
 * and many at once, and the daemon says which of them it has at the same path. Below those nothing is asked; the others
 * are looked into. A tree of some thousand folders takes a few rounds.
 */
import { PresyncError } from '../base/errors.ts';
import type { Elsewhere } from '../context/diff.ts';
import type { DirectoryEntry } from '../context/entry.ts';
import type { Path } from '../context/path.ts';
import { joinPath, rootPath } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { findEntry } from '../context/snapshot.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Compare, Compared } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';

interface Folder {
  readonly path: Path;
  readonly directory: DirectoryEntry;
  readonly parent: Folder | undefined;
}

/** The client's half: the directories of `target` that the daemon has. */
export async function findShared(exchange: Exchange, target: Snapshot, signal?: AbortSignal): Promise<Elsewhere> {
  const shared = new Set<Path>();
  let open = foldersIn({ path: rootPath, directory: target, parent: undefined });
  while (open.length > 0) {
    const batch = open.slice(0, fitting(open));
    open = open.slice(batch.length);
    const opened = addBelow(batch);
    const same = await ask(exchange, batch, signal);
    // Whoever is in or below a folder that is shared needs no answer of their own; parents come before their children.
    const settled = new Set<Folder>();
    batch.forEach((folder, i) => {
      const above = folder.parent !== undefined && settled.has(folder.parent);
      if (above || same[i]) settled.add(folder);
      else if (!opened.has(folder)) open.push(...foldersIn(folder));
      if (!above && same[i]) shared.add(folder.path);
    });
  }
  return { directory: (_wanted, at) => (shared.has(at) ? at : undefined) };
}

/** The daemon's half. `held` is what it has. */
export function compareWith(held: Snapshot, { folders }: Compare): Compared {
  const same = folders.map(({ path, digest }) => {
    const entry = findEntry(held, path);
    return entry?.kind === 'directory' && entry.digest === digest;
  });
  return { type: 'compared', same };
}

/** How many of the folders one message has room for; one at least. */
function fitting(folders: readonly Folder[]): number {
  let bytes = 0;
  for (let count = 0; count < folders.length; count++) {
    bytes += wireBytes(folders[count]!);
    if (count === limits.foldersPerCompare || (count > 0 && bytes > limits.changesFrameTarget)) return count;
  }
  return folders.length;
}

/** With some for digest and tags. */
function wireBytes(folder: Folder): number {
  return folder.path.length + 48;
}

/** Adds to a small batch what is below its folders: one round tells of several levels. Returns those looked into. */
function addBelow(batch: Folder[]): ReadonlySet<Folder> {
  const opened = new Set<Folder>();
  for (let next = 0; next < batch.length; next++) {
    const below = foldersIn(batch[next]!);
    const more = [...batch, ...below];
    if (more.length > limits.foldersAhead || fitting(more) < more.length) break;
    batch.push(...below);
    opened.add(batch[next]!);
  }
  return opened;
}

async function ask(exchange: Exchange, batch: readonly Folder[], signal?: AbortSignal): Promise<readonly boolean[]> {
  await exchange.send({
    type: 'compare',
    folders: batch.map(({ path, directory }) => ({ path, digest: directory.digest })),
  });
  const { same } = await exchange.expect('compared', { signal, timeout: timeouts.pushIdle });
  if (same.length < batch.length) throw new PresyncError('PROTOCOL', 'The daemon did not compare everything.');
  return same;
}

function foldersIn(parent: Folder): Folder[] {
  const folders: Folder[] = [];
  for (const child of parent.directory.children) {
    if (child.kind === 'directory') {
      folders.push({ path: joinPath(parent.path, child.name), directory: child, parent });
    }
  }
  return folders;
}
