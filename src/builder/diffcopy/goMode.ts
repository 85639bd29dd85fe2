import type { Entry } from '../../context/entry.ts';

/** The bits of Go's os.FileMode above the nine permission bits. */
const goBits = { directory: 2 ** 31, symlink: 2 ** 27, setuid: 2 ** 23, setgid: 2 ** 22, sticky: 2 ** 20 } as const;

/** An entry's mode as Go writes it. A sum, since `|` would make the highest bit a sign. */
export function goMode(entry: Entry): number {
  if (entry.kind === 'symlink') return goBits.symlink + 0o777;
  const kind = entry.kind === 'directory' ? goBits.directory : 0;
  const setuid = entry.mode & 0o4000 ? goBits.setuid : 0;
  const setgid = entry.mode & 0o2000 ? goBits.setgid : 0;
  const sticky = entry.mode & 0o1000 ? goBits.sticky : 0;
  return kind + setuid + setgid + sticky + (entry.mode & 0o777);
}
