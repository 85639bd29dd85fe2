import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';

/** A name or path: text, or bytes where a name is not UTF-8. */
export type Name = string | Buffer;

/** One thing to make; parents are made as needed. */
export interface TreeItem {
  readonly path: Name;
  /** Seconds; by default each item has a moment of its own in 2021. */
  readonly mtime?: number;
  readonly make: (path: Buffer) => void;
}

type Details = { readonly mode?: number; readonly mtime?: number };

export function file(path: Name, content: string | Uint8Array = 'content\n', details: Details = {}): TreeItem {
  return item(path, details, (full) => {
    writeFileSync(full, content);
    chmodSync(full, details.mode ?? 0o644);
  });
}

export function folder(path: Name, details: Details = {}): TreeItem {
  return item(path, details, (full) => {
    mkdirSync(full, { recursive: true });
    chmodSync(full, details.mode ?? 0o755);
  });
}

export function symlink(path: Name, target: Name, details: Details = {}): TreeItem {
  return item(path, details, (full) => symlinkSync(target, full));
}

/** A second name for a file that was made before; `target` is relative to the link's folder. */
export function hardLink(path: string, target: string): TreeItem {
  return item(path, {}, (full) => linkSync(join(full.subarray(0, full.lastIndexOf('/')), Buffer.from(target)), full));
}

function item(path: Name, { mtime }: Details, make: (path: Buffer) => void): TreeItem {
  return { path, ...(mtime === undefined ? {} : { mtime }), make };
}

/** Makes the tree below `root`. Equal items make equal trees, mtimes included. */
export function makeTree(root: string, items: readonly TreeItem[]): void {
  const times = new Map<string, number>();
  mkdirSync(root, { recursive: true });
  items.forEach(({ path, mtime, make }, index) => {
    const bytes = Buffer.from(path as string);
    for (let at = bytes.indexOf('/'); at >= 0; at = bytes.indexOf('/', at + 1)) {
      const parent = bytes.subarray(0, at);
      if (times.has(parent.toString('latin1'))) continue;
      folder(parent).make(join(root, parent));
      times.set(parent.toString('latin1'), defaultTime(index));
    }
    make(join(root, bytes));
    times.set(bytes.toString('latin1'), mtime ?? defaultTime(index));
  });
  // Last and from the bottom up, since making a child changes its folder's mtime.
  for (const [path, mtime] of [...times].reverse().sort(([a], [b]) => depth(b) - depth(a))) {
    lutimesSync(join(root, Buffer.from(path, 'latin1')), mtime, mtime);
  }
}

const defaultTime = (index: number) => 1_612_345_678.25 + index * 3600;

const depth = (path: string) => path.split('/').length;

function join(root: string | Buffer, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(root as string), Buffer.from('/'), path]);
}
