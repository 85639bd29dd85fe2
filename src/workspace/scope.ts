import type { Name, Path } from '../context/path.ts';
import { parentPath, pathProblem, splitPath } from '../context/path.ts';

/** Which part of a folder a scan looks at. */
export interface Scope {
  /** Whether the folder is listed. Otherwise it is listed only when one of `names` is not known yet. */
  readonly lists: boolean;
  /** Names to look at, whether there is such a thing or not. */
  readonly names: Iterable<Name>;
  looksAt(name: Name): boolean;
  /** The scope inside a folder that was there before; undefined to leave it as it was. A new one is read whole. */
  within(name: Name): Scope | undefined;
}

/** A full scan. */
export const everything: Scope = {
  lists: true,
  names: [],
  looksAt: () => true,
  within: () => everything,
};

/** Just the given paths: a folder among them is listed and what is directly in it looked at. */
export class HintScope implements Scope {
  #lists = false;
  readonly #within = new Map<Name, HintScope>();

  static of(paths: Iterable<Path>): HintScope {
    const root = new HintScope();
    for (const path of paths) {
      let scope = root;
      for (const name of splitPath(usablePath(path))) scope = scope.#child(name);
      scope.#lists = true;
    }
    return root;
  }

  get lists(): boolean {
    return this.#lists;
  }

  get names(): Iterable<Name> {
    return this.#within.keys();
  }

  looksAt(name: Name): boolean {
    return this.#lists || this.#within.has(name);
  }

  within(name: Name): Scope | undefined {
    return this.#within.get(name);
  }

  #child(name: Name): HintScope {
    let child = this.#within.get(name);
    if (child === undefined) this.#within.set(name, (child = new HintScope()));
    return child;
  }
}

/** The path, or the nearest folder above it that a context can hold: its listing shows what there is to say. */
function usablePath(path: Path): Path {
  let usable = path;
  while (usable !== '' && pathProblem(usable) !== undefined) usable = parentPath(usable);
  return usable;
}
