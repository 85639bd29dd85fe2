import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { ByteString } from '../../src/base/bytes.ts';
import type { DockerApi } from './dockerApi.ts';
import type { TarEntry } from './tarReader.ts';
import { readTar } from './tarReader.ts';

/** What one path of an image is. A hard link is shown as the file that it is. */
export interface TreeNode {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds: image layers hold no more. */
  readonly mtime: number;
  readonly size: number;
  readonly linkTarget: string;
  readonly sha256: string;
}

export type Tree = ReadonlyMap<ByteString, TreeNode>;

/**
 * The file tree of an image: its layers as `docker save` gives them, one laid over the other. A container's own file
 * system would show the files that the engine adds to each container too.
 */
export async function imageTree(api: DockerApi, image: string): Promise<Tree> {
  const tree = new Map<ByteString, TreeNode>();
  for (const layer of await layersOf(api, image)) applyLayer(tree, layer);
  return tree;
}

/** The content of a file in an image, as the last layer that has it says. */
export async function contentOf(api: DockerApi, image: string, path: string): Promise<Buffer | undefined> {
  const layers = await layersOf(api, image);
  const entries = layers.flatMap((layer) => [...readTar(layer)].filter((entry) => entry.path === path));
  return entries.map((entry) => Buffer.from(entry.data)).at(-1);
}

/** Unpacked, the lowest first. */
async function layersOf(api: DockerApi, image: string): Promise<Uint8Array[]> {
  const archive = new Map<string, Uint8Array>();
  for (const member of readTar(await api.save(image))) archive.set(member.path, member.data);
  const manifest = JSON.parse(Buffer.from(archive.get('manifest.json')!).toString()) as [{ Layers: string[] }];
  return manifest[0].Layers.map((name) => {
    const layer = archive.get(name);
    if (!layer) throw new Error(`${image} has no layer ${name}`);
    return layer[0] === 0x1f ? gunzipSync(layer) : layer;
  });
}

/** Lays a layer over a tree. `.wh.NAME` deletes NAME, `.wh..wh..opq` all that lower layers have in its folder. */
function applyLayer(tree: Map<ByteString, TreeNode>, layer: Uint8Array): void {
  const entries = [...readTar(layer)];
  for (const { path } of entries) {
    const [folder, name] = split(path);
    if (name === '.wh..wh..opq') removeBelow(tree, folder);
    else if (name.startsWith('.wh.')) removeWith(tree, `${folder}${name.slice(4)}`);
  }
  for (const entry of entries) {
    if (entry.path === '' || split(entry.path)[1].startsWith('.wh.')) continue;
    const below = tree.get(entry.path);
    if (below?.type === 'directory' && entry.type !== 'directory') removeWith(tree, entry.path);
    tree.set(entry.path, entry.type === 'hardlink' ? linkedNode(tree, entry) : toNode(entry, entry.type));
  }
}

function linkedNode(tree: Tree, entry: TarEntry): TreeNode {
  const target = tree.get(entry.linkTarget.replace(/^\.?\//, '') as ByteString);
  if (!target) throw new Error(`hard link ${entry.path} before its target ${entry.linkTarget}`);
  return target;
}

function toNode(entry: TarEntry, type: TreeNode['type']): TreeNode {
  return {
    type,
    mode: entry.mode & 0o7777,
    uid: entry.uid,
    gid: entry.gid,
    mtime: entry.mtime,
    size: entry.data.length,
    linkTarget: type === 'symlink' ? entry.linkTarget : '',
    sha256: type === 'file' ? createHash('sha256').update(entry.data).digest('hex') : '',
  };
}

/** The folder with its '/' ('' at the top), and the name. */
function split(path: string): [string, string] {
  const at = path.lastIndexOf('/') + 1;
  return [path.slice(0, at), path.slice(at)];
}

function removeBelow(tree: Map<ByteString, TreeNode>, folder: string): void {
  for (const path of tree.keys()) if (path.startsWith(folder)) tree.delete(path);
}

function removeWith(tree: Map<ByteString, TreeNode>, path: string): void {
  tree.delete(path as ByteString);
  removeBelow(tree, `${path}/`);
}
