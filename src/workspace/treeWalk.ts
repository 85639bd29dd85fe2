/** Walks a context's folders, depth first, and makes the new tree out of the earlier one. */
import type { BigIntStats } from 'node:fs';
import type { DirectoryHead } from '../context/entry.ts';
import { rootPath } from '../context/path.ts';
import type { FreshSlot, Slot } from './folderDraft.ts';
import { assembleFolder, Earlier } from './folderDraft.ts';
import type { FolderNode } from './folderNode.ts';
import { folderHead, rootHead } from './folderNode.ts';
import { packRecord, status } from './folderRecords.ts';
import type { Place, WalkContext } from './folderVisit.ts';
import { failed, FolderVisit, FoundFolder } from './folderVisit.ts';
import { workspaceLimits } from './limits.ts';
import { failureProblem, isReplaced } from './problems.ts';
import { nativePath, statPath } from './safeOpen.ts';
import type { Scope } from './scope.ts';
import { everything } from './scope.ts';

/** The whole tree. Throws the system's error when the root itself cannot be listed. */
export function walkTree(walk: WalkContext, before: FolderNode | undefined, scope: Scope): Promise<FolderNode> {
  const place = { path: rootPath, state: walk.filter.root, depth: 0 };
  return walkFolder(walk, place, rootHead, before, scope);
}

async function walkFolder(
  walk: WalkContext,
  place: Place,
  head: DirectoryHead,
  before: FolderNode | undefined,
  scope: Scope,
): Promise<FolderNode> {
  const visit = new FolderVisit(walk, place, new Earlier(before));
  const names = visit.list(scope);
  const looked = await visit.look(names, scope);
  const slots: Slot[] = [];
  for (const found of looked) {
    slots.push(found instanceof FoundFolder ? await descend(walk, place, visit, found, scope) : found);
  }
  return assembleFolder(head, place.path, names, slots, visit.earlier);
}

/** A folder that is replaced while it is walked is looked at again, as whatever it has become. */
async function descend(
  walk: WalkContext,
  place: Place,
  visit: FolderVisit,
  first: FoundFolder,
  scope: Scope,
): Promise<Slot> {
  let found: Slot | FoundFolder = first;
  for (let attempt = 0; attempt < workspaceLimits.readAttempts; attempt++) {
    if (!(found instanceof FoundFolder)) return found;
    const slot = await walkFound(walk, place, visit, found, scope);
    if (slot !== 'replaced') return slot;
    found = await visit.examine(first.name, first.was);
  }
  return visit.busy(first.name, first.was);
}

async function walkFound(
  walk: WalkContext,
  place: Place,
  visit: FolderVisit,
  { name, was, stat, verdict }: FoundFolder,
  scope: Scope,
): Promise<number | FreshSlot | 'replaced'> {
  const { earlier } = visit;
  const path = visit.pathOf(name);
  const head = folderHead(name, Number(stat.mode), stat.mtimeNs);
  const before = was < 0 ? undefined : earlier.folderOf(was);
  const known = before !== undefined && earlier.records.isSameThing(was, stat);
  const inner = known ? scope.within(name) : everything;
  let node: FolderNode;
  try {
    if (inner === undefined) node = before!.withHead(head);
    else node = await walkFolder(walk, { path, state: verdict.state, depth: place.depth + 1 }, head, before, inner);
    if (node !== before && !isStillThere(walk, visit, name, stat)) return 'replaced';
  } catch (error) {
    return isReplaced(error) ? 'replaced' : failed(failureProblem(path, error), stat);
  }
  const state = verdict.excluded ? status.passed : status.entry;
  const holds = node === before && earlier.records.status(was) === state && earlier.records.matches(was, stat);
  return holds ? was : { record: packRecord(state, stat), node };
}

/** What was walked by its path is only believed when the path still leads to the same folder. */
function isStillThere(walk: WalkContext, visit: FolderVisit, name: FoundFolder['name'], stat: BigIntStats): boolean {
  const now = statPath(nativePath(`${walk.root}/${visit.pathOf(name)}` as typeof walk.root));
  return now !== undefined && now.ino === stat.ino && now.dev === stat.dev;
}
