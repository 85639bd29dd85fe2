import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { chunksOf } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { walk } from '../context/snapshot.ts';
import type { ContextKey } from './contextKey.ts';
import type { Heads } from './heads.ts';
import { loadSnapshot } from './loader.ts';
import type { Objects } from './objects.ts';
import { Pacer } from './pacer.ts';

export interface Verified {
  /** Objects read, damaged ones included. */
  readonly objects: number;
  /** Bytes read. */
  readonly bytes: number;
  /** Objects that were damaged: they are forgotten now. */
  readonly corrupt: readonly Digest[];
  /** Contexts whose snapshot is damaged or lacks content; syncing them anew heals them. */
  readonly damaged: readonly ContextKey[];
}

/** Reads and checks every object, then every snapshot. */
export async function verifyStore(objects: Objects, heads: Heads, signal?: AbortSignal): Promise<Verified> {
  const pacer = new Pacer(signal);
  const corrupt: Digest[] = [];
  let count = 0;
  let bytes = 0;
  objects.forgetReadAhead();
  for (const pack of objects.packs.all()) {
    for (const { kind, digest, length } of await objects.inPack(pack, pacer)) {
      count++;
      bytes += length;
      if (!(await isSound(objects.read(kind, digest)))) corrupt.push(digest);
      await pacer.pause();
    }
  }
  const damaged = heads.damaged();
  for (const [context, head] of heads.all()) {
    const loading = loadSnapshot(objects, head.root, head.snapshot, new WeakMap(), signal);
    if (!(await isSound(loading.then(requireWhole)))) damaged.push(context);
  }
  return { objects: count, bytes, corrupt, damaged };
}

/** Reads and checks all content of a snapshot: what is damaged counts as missing from then on. */
export async function checkContent(objects: Objects, snapshot: Snapshot, signal?: AbortSignal): Promise<void> {
  const pacer = new Pacer(signal);
  objects.forgetReadAhead();
  for (const [, entry] of walk(snapshot)) {
    if (entry.kind !== 'file') continue;
    for (const { digest } of chunksOf(entry)) await isSound(objects.read('chunk', digest));
    if (pacer.due) await pacer.pause();
  }
}

function requireWhole({ incomplete }: { incomplete: number }): void {
  if (incomplete > 0) throw new PresyncError('STORE_CORRUPT', `${incomplete} files lack content.`);
}

async function isSound(reading: Promise<unknown>): Promise<boolean> {
  try {
    await reading;
    return true;
  } catch (error) {
    if (PresyncError.from(error).code === 'STORE_CORRUPT') return false;
    throw error;
  }
}
