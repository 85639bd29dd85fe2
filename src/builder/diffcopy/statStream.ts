import type { Entry, FileEntry } from '../../context/entry.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import { walk } from '../../context/snapshot.ts';
import { builderLimits } from '../limits.ts';
import { lastStat, statLimit, writeStat } from './packets.ts';

/** The files of a stat stream by their index among *all* entries; the others have holes. */
export type IndexedFiles = (FileEntry | undefined)[];

/**
 * The framed STATs of a tree in fsutil's order (depth first, siblings bytewise, parents first), in slices that each
 * take well under a millisecond to make. `files` is filled as they are made.
 */
export function* statStream(tree: Snapshot, files: IndexedFiles): Generator<Buffer> {
  let slice = Buffer.allocUnsafe(builderLimits.statSliceBytes);
  let length = 0;
  for (const [path, entry] of walk(tree)) {
    const needed = statLimit(path, entry);
    if (length + needed > slice.length) {
      yield slice.subarray(0, length);
      slice = Buffer.allocUnsafe(Math.max(builderLimits.statSliceBytes, needed));
      length = 0;
    }
    length = writeStat(slice, length, path, entry);
    files.push(requestable(entry));
  }
  yield Buffer.concat([slice.subarray(0, length), lastStat]);
}

function requestable(entry: Entry): FileEntry | undefined {
  return entry.kind === 'file' ? entry : undefined;
}
