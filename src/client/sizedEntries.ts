import type { DirectoryEntry, Entry } from '../context/entry.ts';

/** What an entry weighs, with all that is below it. */
export interface SizedEntry {
  readonly entry: Entry;
  /** Files and links below, or 1. */
  readonly files: number;
  readonly bytes: number;
}

/** What is directly in a folder, largest first. */
export function sizedEntries(folder: DirectoryEntry): SizedEntry[] {
  return folder.children.map(sized).sort((a, b) => b.bytes - a.bytes);
}

function sized(entry: Entry): SizedEntry {
  switch (entry.kind) {
    case 'directory':
      return { entry, files: entry.files, bytes: entry.bytes };
    case 'file':
      return { entry, files: 1, bytes: entry.size };
    case 'symlink':
      return { entry, files: 1, bytes: 0 };
  }
}
