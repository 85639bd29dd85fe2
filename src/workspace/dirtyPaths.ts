import type { Name, Path } from '../context/path.ts';
import { splitPath } from '../context/path.ts';

/** Which names of a folder are to be looked at again. */
export interface DirtyFolder {
  /** All of it, and everything below. */
  readonly whole: boolean;
  readonly below: ReadonlyMap<Name, DirtyFolder>;
}

export const wholeFolder: DirtyFolder = { whole: true, below: new Map() };

interface Node {
  whole: boolean;
  below: Map<Name, Node>;
}

/** The hints as a tree: a hint at a path is one at everything below it. */
export function dirtyTree(paths: Iterable<Path>): DirtyFolder {
  const root: Node = { whole: false, below: new Map() };
  for (const path of paths) {
    let node = root;
    for (const name of splitPath(path)) {
      let next = node.below.get(name);
      if (next === undefined) node.below.set(name, (next = { whole: false, below: new Map() }));
      node = next;
    }
    node.whole = true;
  }
  return root;
}
