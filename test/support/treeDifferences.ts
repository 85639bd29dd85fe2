import type { ByteString } from '../../src/base/bytes.ts';
import { toDisplay } from '../../src/base/bytes.ts';
import type { Tree, TreeNode } from './imageTree.ts';

/** Which entries' mtimes are the builder's own rather than the context's. */
export type HasOwnTime = (path: ByteString) => boolean;

/** Every way in which two trees differ, one line each; none when they are equal. */
export function treeDifferences(actual: Tree, expected: Tree, hasOwnTime: HasOwnTime = () => false): string[] {
  const differences: string[] = [];
  for (const path of new Set([...expected.keys(), ...actual.keys()])) {
    const [a, b] = [actual.get(path), expected.get(path)];
    if (!a) differences.push(`missing: ${toDisplay(path)}`);
    else if (!b) differences.push(`not expected: ${toDisplay(path)}`);
    else differences.push(...nodeDifferences(path, a, b, hasOwnTime(path)));
  }
  return differences;
}

function nodeDifferences(path: ByteString, a: TreeNode, b: TreeNode, ownTime: boolean): string[] {
  const fields = (Object.keys(b) as (keyof TreeNode)[]).filter((field) => !(ownTime && field === 'mtime'));
  return fields
    .filter((field) => a[field] !== b[field])
    .map((field) => `${field} of ${toDisplay(path)}: ${String(a[field])} instead of ${String(b[field])}`);
}
