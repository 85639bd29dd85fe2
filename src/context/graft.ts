import type { DirectoryEntry, Entry } from './entry.ts';
import type { Path } from './path.ts';
import { splitPath } from './path.ts';
import { makeDirectory } from './snapshot.ts';

/**
 * What is known of a tree whose description broke off: `described` up to and with the path `last`, in the order of a
 * depth-first walk, and `old` behind it.
 */
export function graft(described: DirectoryEntry, old: DirectoryEntry, last: Path): DirectoryEntry {
  const [name, ...rest] = splitPath(last);
  if (name === undefined) return described;
  const children: Entry[] = described.children.filter((child) => child.name < name);
  const here = described.children.find((child) => child.name === name);
  const before = old.children.find((child) => child.name === name);
  if (here?.kind === 'directory' && before?.kind === 'directory') {
    children.push(rest.length === 0 ? below(here, before) : graft(here, before, rest.join('/') as Path));
  } else if (here !== undefined) children.push(here);
  for (const child of old.children) if (child.name > name) children.push(child);
  return makeDirectory(described, children);
}

/** A directory that was named last: what is in it was still to come, unless it came with it. */
function below(here: DirectoryEntry, before: DirectoryEntry): DirectoryEntry {
  return here.children.length > 0 ? here : makeDirectory(here, before.children);
}
