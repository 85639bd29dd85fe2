/** BuildKit follows links on the way to a source, and the source itself: what they lead to is needed as well. */
import type { ByteString } from '../../base/bytes.ts';
import type { DirectoryEntry, SymlinkEntry } from '../entry.ts';
import type { Path } from '../path.ts';
import { joinPath, rootPath } from '../path.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Needed, NeededSome } from './needed.ts';
import { everythingNeeded, unionOf } from './needed.ts';
import type { SourcePattern } from './sourcePattern.ts';
import { matchesName, parseSource } from './sourcePattern.ts';

/** What the set needs besides, by the links that a snapshot made with it shows; the same set when that is nothing. */
export function withLinkTargets(needed: NeededSome, snapshot: Snapshot): Needed {
  let result: Needed = needed;
  for (const pattern of needed.patterns) {
    for (const target of targetsOn(pattern, 0, snapshot, rootPath)) {
      result = unionOf(result, target === undefined ? everythingNeeded('a link among the sources') : some(target));
      if (result.all) return result;
    }
  }
  return result;
}

function some(pattern: SourcePattern): Needed {
  return { all: false, patterns: [pattern] };
}

/** The sources that the links on a pattern's way lead to; undefined for one that is not certain. */
function* targetsOn(
  pattern: SourcePattern,
  depth: number,
  directory: DirectoryEntry,
  at: Path,
): Generator<SourcePattern | undefined> {
  const component = pattern.components[depth];
  if (component === undefined) return;
  for (const child of directory.children) {
    if (!matchesName(component, child.name)) continue;
    if (child.kind === 'directory') yield* targetsOn(pattern, depth + 1, child, joinPath(at, child.name));
    else if (child.kind === 'symlink') yield targetOf(child, at, pattern, depth);
  }
}

/** Where a link leads, with the rest of the pattern behind it. An absolute target is one from the context's root. */
function targetOf(link: SymlinkEntry, at: Path, { text }: SourcePattern, depth: number): SourcePattern | undefined {
  const rest = text.split('/').slice(depth + 1);
  const start = link.target.startsWith('/') ? '' : at;
  // A name in the target that looks like a pattern is none.
  if (/[*?[\]\\]/.test(link.target)) return undefined;
  return parseSource([start, link.target, ...rest].join('/') as ByteString);
}
