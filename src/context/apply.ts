import { toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Change } from './change.ts';
import type { DirectoryEntry, DirectoryHead, Entry } from './entry.ts';
import type { Name, Path } from './path.ts';
import { checkPath, splitPath } from './path.ts';
import { findEntry, makeDirectory } from './snapshot.ts';

/** What a change list does to one name of a directory. */
interface Edit {
  change: Change | undefined;
  below: Map<Name, Edit> | undefined;
}

/**
 * Collects a change list and carries it out on a base snapshot.
 *
 * Costs the changes and the directories they touch. Refuses with PROTOCOL what no honest diff contains: an unclean
 * path, a path twice, an entry of another name, a removal of what is not there, a child below what is no directory.
 */
export class ChangeSet {
  readonly #edits = new Map<Name, Edit>();
  #size = 0;

  /** Changes collected so far. */
  get size(): number {
    return this.#size;
  }

  add(change: Change): void {
    const names = splitPath(checkPath(change.path));
    if (change.op === 'put' && change.entry.name !== names.at(-1)) throw refused(change.path, 'has another name');
    let edits = this.#edits;
    let edit: Edit | undefined;
    for (const name of names) {
      if (edit !== undefined) edits = edit.below ??= new Map<Name, Edit>();
      edit = edits.get(name);
      if (edit === undefined) edits.set(name, (edit = { change: undefined, below: undefined }));
    }
    if (edit!.change !== undefined) throw refused(change.path, 'is changed twice');
    edit!.change = change;
    this.#size++;
  }

  /** `source` is where the directories that changes take over `from` somewhere are found. */
  applyTo(base: DirectoryEntry, source: DirectoryEntry = base): DirectoryEntry {
    return this.#size === 0 ? base : rebuild(source, base, base, this.#edits, '' as Path);
  }
}

/** The snapshot that a change list makes of `base`. */
export function apply(base: DirectoryEntry, changes: Iterable<Change>): DirectoryEntry {
  const set = new ChangeSet();
  for (const change of changes) set.add(change);
  return set.applyTo(base);
}

function rebuild(
  source: DirectoryEntry,
  head: DirectoryHead,
  old: DirectoryEntry | undefined,
  edits: Map<Name, Edit> | undefined,
  at: Path,
): DirectoryEntry {
  const before = old?.children ?? [];
  if (edits === undefined) return makeDirectory(head, before);
  const names = [...edits.keys()].sort(bytewise);
  const children: Entry[] = [];
  let i = 0;
  for (const name of names) {
    while (i < before.length && before[i]!.name < name) children.push(before[i++]!);
    const existing = before[i]?.name === name ? before[i++] : undefined;
    const path = (at === '' ? name : `${at}/${name}`) as Path;
    const entry = edited(source, existing, edits.get(name)!, path);
    if (entry !== undefined) children.push(entry);
  }
  while (i < before.length) children.push(before[i++]!);
  return makeDirectory(head, children);
}

function edited(source: DirectoryEntry, existing: Entry | undefined, edit: Edit, path: Path): Entry | undefined {
  const { change, below } = edit;
  if (change?.op === 'remove') {
    if (existing === undefined) throw refused(path, 'is removed but does not exist');
    if (below !== undefined) throw refused(path, 'is removed and changed below');
    return undefined;
  }
  const head = change?.entry ?? existing;
  if (head?.kind === 'directory') {
    const old = change?.from === undefined ? existing : takenOver(source, change.from, below, path);
    return rebuild(source, head, old?.kind === 'directory' ? old : undefined, below, path);
  }
  if (below !== undefined) throw refused(path, 'is no directory but is changed below');
  return head;
}

function takenOver(source: DirectoryEntry, from: Path, below: Edit['below'], path: Path): DirectoryEntry {
  const entry = findEntry(source, from);
  if (entry?.kind !== 'directory') throw refused(path, 'is taken over from where no directory is');
  if (below !== undefined) throw refused(path, 'is taken over and changed below');
  return entry;
}

function refused(path: Path, why: string): PresyncError {
  return new PresyncError('PROTOCOL', `The change list is not valid: "${toDisplay(path)}" ${why}.`);
}

function bytewise(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
