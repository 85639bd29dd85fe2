import type { ByteString } from '../../base/bytes.ts';
import type { Name } from '../path.ts';

/**
 * Where `!` rules can reach: the folders that lead to what they name.
 *
 * An excluded directory outside of this tree is not walked. That is fsutil's rule (filterFS.Walk), kept with its
 * gaps, since it decides what is in a context: one wildcard in a `!` rule that is not a final `/*` or `/**` puts every
 * folder into the tree; of `!a/*` `/**` it sees only `a`, so that `a/b` is not walked.
 */
export type ExceptionTree = Map<Name, ExceptionTree> | typeof everywhere | undefined;

const everywhere = Symbol('everywhere');

/** The tree of the `!` rules, given their patterns without the '!'. */
export function exceptionTree(patterns: Iterable<ByteString>): ExceptionTree {
  const root = new Map<Name, ExceptionTree>();
  for (const pattern of patterns) {
    const path = withoutFinalGlob(pattern);
    if (/[*[\]?^\\]/.test(path)) return everywhere;
    addPath(root, path);
  }
  return root;
}

/** What is left of the tree below the child `name`; undefined when no exception lies at or below it. */
export function childTree(tree: ExceptionTree, name: Name): ExceptionTree {
  return tree === everywhere ? everywhere : tree?.get(name);
}

function withoutFinalGlob(pattern: ByteString): string {
  return pattern.replace(/\/\*\*$/, '').replace(/\/\*$/, '');
}

function addPath(root: Map<Name, ExceptionTree>, path: string): void {
  let at = root;
  for (const name of path.split('/') as Name[]) {
    let below = at.get(name);
    if (!(below instanceof Map)) at.set(name, (below = new Map()));
    at = below;
  }
}
