import { toDisplay } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { DirectoryEntry, Entry, FileEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { cutPages, encodePage, encodePages } from './directoryRecord.ts';
import { heldBytes } from './heldBytes.ts';
import type { StoreLimits } from './limits.ts';
import type { Objects } from './objects.ts';
import { Pacer } from './pacer.ts';

/**
 * Writes snapshots as directory records, and knows which directories are stored whole already.
 *
 * What it remembers of a directory is that its record, and everything below it, records and chunks, were in the store.
 * That stays true while its record is there: records are dropped only together with all that need them, see
 * `collect`. When anything else is lost, everything is forgotten and the next commit looks at the whole snapshot.
 */
export class Recorder {
  readonly #objects: Objects;
  readonly #limits: StoreLimits;
  #known = new WeakMap<DirectoryEntry, Digest>();
  #losses = 0;

  constructor(objects: Objects, limits: StoreLimits) {
    this.#objects = objects;
    this.#limits = limits;
  }

  /**
   * Adds the records that a snapshot lacks and returns that of its root. Costs the directories that are new since any
   * snapshot recorded before. PROTOCOL when the store lacks a chunk of it, or the reason why one was lost.
   */
  record(snapshot: Snapshot): Promise<Digest> {
    return new Recording(this.#objects, this.#limits, this.known()).record(snapshot);
  }

  /** What is known to be stored whole: to be added to by a pass that began when it was asked for, and by no other. */
  known(): WeakMap<DirectoryEntry, Digest> {
    if (this.#losses !== this.#objects.losses) {
      this.#losses = this.#objects.losses;
      this.#known = new WeakMap();
    }
    return this.#known;
  }
}

/** One pass over a snapshot. */
class Recording {
  readonly #objects: Objects;
  readonly #limits: StoreLimits;
  readonly #known: WeakMap<DirectoryEntry, Digest>;
  readonly #pacer = new Pacer();

  constructor(objects: Objects, limits: StoreLimits, known: WeakMap<DirectoryEntry, Digest>) {
    this.#objects = objects;
    this.#limits = limits;
    this.#known = known;
  }

  async record(directory: DirectoryEntry): Promise<Digest> {
    const known = this.#stored(directory);
    if (known !== undefined) return known;
    for (const child of directory.children) {
      if (child.kind === 'directory') await this.record(child);
      else if (child.kind === 'file') await this.#check(child);
      if (this.#pacer.due) await this.#pacer.pause();
    }
    const record = await this.#addRecord(directory);
    this.#known.set(directory, record);
    return record;
  }

  #stored(directory: DirectoryEntry): Digest | undefined {
    const record = this.#known.get(directory);
    return record !== undefined && this.#objects.tables.directory.has(record) ? record : undefined;
  }

  async #addRecord(directory: DirectoryEntry): Promise<Digest> {
    const recordOf = (child: Entry): Digest => this.#known.get(child as DirectoryEntry)!;
    const pages: Digest[] = [];
    for (const page of cutPages(directory.children, this.#limits.pageEntries)) {
      pages.push(await this.#add(encodePage(page, recordOf)));
      if (this.#pacer.due) await this.#pacer.pause();
    }
    return pages.length === 1 ? pages[0]! : this.#add(encodePages(pages));
  }

  async #add(bytes: Uint8Array): Promise<Digest> {
    if (bytes.length > this.#limits.recordBytes) {
      throw new PresyncError('LIMIT', `A directory record has ${bytes.length} bytes.`, {
        hint: 'Exclude some of the largest files with .dockerignore.',
      });
    }
    await this.#objects.writer.room();
    const digest = digestOf(bytes);
    this.#objects.add('directory', digest, bytes);
    return digest;
  }

  async #check(file: FileEntry): Promise<void> {
    const held = await heldBytes(this.#objects, file, this.#pacer);
    if (held === file.size) return;
    for (const { digest } of chunksOf(file)) {
      const failure = this.#objects.failureOf(digest);
      if (failure !== undefined) throw failure;
    }
    const problem = held === undefined ? 'is not in the store' : 'does not add up to its size';
    throw new PresyncError('PROTOCOL', `The content of "${toDisplay(file.name)}" ${problem}.`);
  }
}
