/**
 * Records what a program does to files, so that a test can make the disk as it may be after the power was cut at any
 * moment: what was synced is there; of what was not, any part may be.
 *
 * The model: an fsync of a file makes its content durable, an fsync of a folder makes the names in it durable. Writes
 * that were not synced reach the disk one by one or not at all; names that were not synced reach it in order, up to
 * some point. No file may be written while it is being synced.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type * as realFs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { SeededRandom } from './seededRandom.ts';

type RealFs = typeof realFs;

type Step =
  | { readonly op: 'create'; readonly path: string; readonly file: number }
  | { readonly op: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly op: 'truncate'; readonly file: number; readonly length: number }
  | { readonly op: 'sync'; readonly file: number }
  | { readonly op: 'sync-folder'; readonly path: string }
  | { readonly op: 'rename'; readonly from: string; readonly to: string }
  | { readonly op: 'unlink'; readonly path: string }
  | { readonly op: 'note'; readonly text: string };

/** How much of what was not synced is on the disk: nothing, all names but no bytes, this and that, or all. */
export type Luck = 'none' | 'names' | 'some' | 'all';

export const lucks: readonly Luck[] = ['none', 'names', 'some', 'all'];

export class DiskTrace {
  steps: Step[] = [];
  #root: string | undefined;
  readonly #files = new Map<string, number>();
  #count = 0;

  /** Records what happens below `root` from now on, and forgets what happened before. */
  begin(root: string): void {
    this.#root = root;
    this.steps = [];
    this.#files.clear();
  }

  end(): void {
    this.#root = undefined;
  }

  /** Puts a remark between the steps, such as that something was acknowledged. */
  note(text: string): void {
    this.steps.push({ op: 'note', text });
  }

  /** The module `node:fs/promises`, recording. */
  wrap(fs: RealFs): RealFs {
    const open = async (path: string, flags: number, mode?: number): Promise<unknown> => {
      const handle = await fs.open(path, flags, mode);
      const name = this.#name(path);
      if (name === undefined) return handle;
      if ((await handle.stat()).isDirectory()) return this.#wrapFolder(handle, name);
      if (!this.#files.has(name)) {
        this.#files.set(name, ++this.#count);
        this.steps.push({ op: 'create', path: name, file: this.#count });
      }
      return this.#wrapFile(handle, this.#files.get(name)!);
    };
    const rename = async (from: string, to: string): Promise<void> => {
      await fs.rename(from, to);
      const [a, b] = [this.#name(from), this.#name(to)];
      if (a === undefined || b === undefined) return;
      this.#files.set(b, this.#files.get(a)!);
      this.#files.delete(a);
      this.steps.push({ op: 'rename', from: a, to: b });
    };
    const unlink = async (path: string): Promise<void> => {
      await fs.unlink(path);
      const name = this.#name(path);
      if (name === undefined) return;
      this.#files.delete(name);
      this.steps.push({ op: 'unlink', path: name });
    };
    return { ...fs, open, rename, unlink } as unknown as RealFs;
  }

  #name(path: string): string | undefined {
    if (this.#root === undefined) return undefined;
    const name = relative(this.#root, path);
    return name.startsWith('..') ? undefined : name;
  }

  #wrapFile(handle: FileHandle, file: number): object {
    return {
      read: handle.read.bind(handle),
      readFile: handle.readFile.bind(handle),
      stat: handle.stat.bind(handle),
      close: () => handle.close(),
      write: async (bytes: Uint8Array, from: number, length: number, at: number) => {
        const result = await handle.write(bytes, from, length, at);
        const written = Buffer.from(bytes.subarray(from, from + result.bytesWritten));
        this.steps.push({ op: 'write', file, at, bytes: written });
        return result;
      },
      truncate: async (length: number) => {
        await handle.truncate(length);
        this.steps.push({ op: 'truncate', file, length });
      },
      sync: async () => {
        await handle.sync();
        this.steps.push({ op: 'sync', file });
      },
    };
  }

  #wrapFolder(handle: FileHandle, path: string): object {
    const sync = async () => {
      await handle.sync();
      this.steps.push({ op: 'sync-folder', path });
    };
    return { sync, close: () => handle.close() };
  }

  /** The remarks among the first `count` steps. */
  notesUntil(count: number): string[] {
    return this.steps.slice(0, count).flatMap((step) => (step.op === 'note' ? [step.text] : []));
  }

  /** Makes in `target` what is on the disk when the power is cut after `count` steps. */
  materialise(target: string, count: number, luck: Luck, random: SeededRandom): void {
    const disk = new Disk();
    for (const step of this.steps.slice(0, count)) disk.carryOut(step);
    for (const [path, content] of disk.afterCut(luck, random)) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), content);
    }
  }
}

type Content = Extract<Step, { op: 'write' | 'truncate' }>;
type Naming = Extract<Step, { op: 'create' | 'rename' | 'unlink' }>;

/** What is durable, and what has been done since. */
class Disk {
  readonly #contents = new Map<number, Buffer>();
  readonly #unsynced = new Map<number, Content[]>();
  readonly #names = new Map<string, number>();
  #unsyncedNames: Naming[] = [];

  carryOut(step: Step): void {
    switch (step.op) {
      case 'write':
      case 'truncate':
        this.#unsynced.set(step.file, [...(this.#unsynced.get(step.file) ?? []), step]);
        break;
      case 'sync':
        this.#contents.set(
          step.file,
          this.#content(step.file, () => true),
        );
        this.#unsynced.delete(step.file);
        break;
      case 'create':
      case 'rename':
      case 'unlink':
        this.#unsyncedNames.push(step);
        break;
      case 'sync-folder': {
        const isHere = (naming: Naming) => dirname('path' in naming ? naming.path : naming.to) === step.path;
        for (const naming of this.#unsyncedNames) if (isHere(naming)) applyNaming(this.#names, naming);
        this.#unsyncedNames = this.#unsyncedNames.filter((naming) => !isHere(naming));
        break;
      }
      case 'note':
    }
  }

  afterCut(luck: Luck, random: SeededRandom): [string, Buffer][] {
    const names = new Map(this.#names);
    const named = luck === 'none' ? 0 : luck === 'some' ? random.below(this.#unsyncedNames.length + 1) : Infinity;
    this.#unsyncedNames.slice(0, named).forEach((naming) => applyNaming(names, naming));
    const isThere = () => luck === 'all' || (luck === 'some' && random.below(2) === 0);
    return [...names].map(([path, file]) => [path, this.#content(file, isThere)]);
  }

  #content(file: number, isThere: () => boolean): Buffer {
    let content = this.#contents.get(file) ?? Buffer.alloc(0);
    for (const step of (this.#unsynced.get(file) ?? []).filter(isThere)) {
      if (step.op === 'truncate') {
        content = Buffer.concat([content, Buffer.alloc(step.length)]).subarray(0, step.length);
        continue;
      }
      const longer = Buffer.alloc(Math.max(content.length, step.at + step.bytes.length));
      content.copy(longer);
      step.bytes.copy(longer, step.at);
      content = longer;
    }
    return content;
  }
}

function applyNaming(names: Map<string, number>, naming: Naming): void {
  if (naming.op === 'create') names.set(naming.path, naming.file);
  if (naming.op === 'unlink') names.delete(naming.path);
  if (naming.op !== 'rename') return;
  const file = names.get(naming.from);
  names.delete(naming.from);
  if (file !== undefined) names.set(naming.to, file);
}
