import type { Digest } from '../context/digest.ts';
import type { DirectoryEntry, Entry, LeafEntry } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot, makeDirectory } from '../context/snapshot.ts';
import type { DirectoryRecord, DirectoryStub } from './directoryRecord.ts';
import { decodeRecord } from './directoryRecord.ts';
import type { Objects } from './objects.ts';
import { Pacer } from './pacer.ts';
import { heldBytes } from './heldBytes.ts';
import { damagedHead } from './storeErrors.ts';

/** A snapshot out of its records. */
export interface Loaded {
  readonly snapshot: Snapshot;
  /** Files of which content is missing. */
  readonly incomplete: number;
}

/**
 * Rebuilds the snapshot whose root has the given record. STORE_CORRUPT when a record is missing or damaged, or when
 * the snapshot is not the expected one.
 *
 * @param known is told of each directory that is stored whole, with its record.
 */
export async function loadSnapshot(
  objects: Objects,
  root: Digest,
  expected: Digest,
  known: WeakMap<DirectoryEntry, Digest>,
  signal?: AbortSignal,
): Promise<Loaded> {
  const loading = new Loading(objects, known, new Pacer(signal));
  const { directory, incomplete } = await loading.load({ head: emptySnapshot, record: root });
  if (directory.digest !== expected) throw damagedHead();
  return { snapshot: directory, incomplete };
}

/** The children that a record lists, those in its pages included. STORE_CORRUPT when one is missing or damaged. */
async function readChildren(objects: Objects, digest: Digest): Promise<readonly (LeafEntry | DirectoryStub)[]> {
  const record = await readRecord(objects, digest);
  if ('children' in record) return record.children;
  const children: (LeafEntry | DirectoryStub)[] = [];
  for (const page of record.pages) for (const child of await readChildren(objects, page)) children.push(child);
  return children;
}

async function readRecord(objects: Objects, digest: Digest): Promise<DirectoryRecord> {
  try {
    return decodeRecord(await objects.read('directory', digest));
  } catch (error) {
    throw error instanceof RangeError ? damagedHead(error) : error;
  }
}

class Loading {
  readonly #objects: Objects;
  readonly #known: WeakMap<DirectoryEntry, Digest>;
  readonly #pacer: Pacer;

  constructor(objects: Objects, known: WeakMap<DirectoryEntry, Digest>, pacer: Pacer) {
    this.#objects = objects;
    this.#known = known;
    this.#pacer = pacer;
  }

  async load({ head, record }: DirectoryStub): Promise<{ directory: DirectoryEntry; incomplete: number }> {
    const children: Entry[] = [];
    let incomplete = 0;
    for (const child of await readChildren(this.#objects, record)) {
      if ('record' in child) {
        const below = await this.load(child);
        children.push(below.directory);
        incomplete += below.incomplete;
      } else {
        children.push(child);
        if (child.kind === 'file' && (await heldBytes(this.#objects, child, this.#pacer)) !== child.size) incomplete++;
      }
      if (this.#pacer.due) await this.#pacer.pause();
    }
    const directory = makeDirectory(head, children);
    if (incomplete === 0) this.#known.set(directory, record);
    return { directory, incomplete };
  }
}
