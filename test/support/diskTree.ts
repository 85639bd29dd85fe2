import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteString } from '../../src/base/bytes.ts';
import { fromText } from '../../src/base/bytes.ts';
import type { Tree, TreeNode } from './imageTree.ts';

/**
 * A folder on the disk as the tree of an image that has it at `prefix`. Owners read 0, as in a context, and mtimes -1,
 * since an image need not have the disk's. For names that are text.
 */
export function diskTree(root: string, prefix: string): Tree {
  const tree = new Map<ByteString, TreeNode>();
  tree.set(fromText(prefix), { ...nodeAt(root), mode: 0o755 });
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    tree.set(fromText(`${prefix}/${path}`), nodeAt(join(root, path)));
  }
  return tree;
}

/** A tree with all its mtimes -1. */
export function withoutTimes(tree: Tree): Tree {
  return new Map([...tree].map(([path, node]) => [path, { ...node, mtime: -1 }]));
}

function nodeAt(path: string): TreeNode {
  const stat = lstatSync(path);
  const type = stat.isSymbolicLink() ? 'symlink' : stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : 'other';
  const content = type === 'file' ? readFileSync(path) : Buffer.alloc(0);
  return {
    type,
    mode: stat.mode & 0o7777,
    uid: 0,
    gid: 0,
    mtime: -1,
    size: content.length,
    linkTarget: type === 'symlink' ? readlinkSync(path) : '',
    sha256: type === 'file' ? createHash('sha256').update(content).digest('hex') : '',
  };
}
