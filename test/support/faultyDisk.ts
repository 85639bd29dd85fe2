import type * as realFs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { relative } from 'node:path';

type RealFs = typeof realFs;

/** What can fail: whatever changes the disk. */
const changing = new Set(['create', 'write', 'sync', 'truncate', 'rename', 'unlink', 'mkdir']);

/** The module `node:fs/promises` over a disk that fails when it is told to. */
export class FaultyDisk {
  #root: string | undefined;
  #left = Infinity;
  #times = 0;
  #code = 'EIO';
  #next: { op: string; path: string } | undefined;
  readonly #failedSyncs = new Set<string>();
  /** Files that were synced again after a sync of theirs had failed, which proves nothing. */
  readonly syncedAgain: string[] = [];
  /** Changes below the root so far. */
  changes = 0;

  /** From the `nth` change below `root` on, `times` changes fail. */
  fail(root: string, nth: number, code: string, times = 1): void {
    this.#root = root;
    this.#left = nth;
    this.#times = times;
    this.#code = code;
    this.#failedSyncs.clear();
  }

  /** Lets the next change of a kind, such as 'sync', to one path fail. */
  failNext(root: string, op: string, path: string, code: string): void {
    this.fail(root, Infinity, code, 0);
    this.#next = { op, path };
  }

  heal(): void {
    this.#left = Infinity;
  }

  wrap(fs: RealFs): RealFs {
    const step = (op: string, path: string): void => this.#step(op, path);
    return {
      ...fs,
      open: async (path: string, flags: number, mode?: number) => {
        if (mode !== undefined) step('create', path);
        return this.#wrapHandle(await fs.open(path, flags, mode), path);
      },
      rename: (from: string, to: string) => attempt(() => (step('rename', to), fs.rename(from, to))),
      unlink: (path: string) => attempt(() => (step('unlink', path), fs.unlink(path))),
      mkdir: (path: string, options: object) => attempt(() => (step('mkdir', path), fs.mkdir(path, options))),
    } as unknown as RealFs;
  }

  #wrapHandle(handle: FileHandle, path: string): object {
    return {
      read: handle.read.bind(handle),
      readFile: handle.readFile.bind(handle),
      stat: handle.stat.bind(handle),
      close: () => handle.close(),
      truncate: (length: number) => attempt(() => (this.#step('truncate', path), handle.truncate(length))),
      write: async (bytes: Uint8Array, from: number, length: number, at: number) => {
        try {
          this.#step('write', path);
        } catch (error) {
          // A disk that fails has often written a part.
          await handle.write(bytes, from, length >> 1, at);
          throw error;
        }
        // No write has to be complete.
        return handle.write(bytes, from, Math.min(length, 3000), at);
      },
      sync: async () => {
        if (this.#failedSyncs.has(path) && !(await handle.stat()).isDirectory()) this.syncedAgain.push(path);
        try {
          this.#step('sync', path);
        } catch (error) {
          this.#failedSyncs.add(path);
          throw error;
        }
        await handle.sync();
      },
    };
  }

  #step(op: string, path: string): void {
    if (this.#root === undefined || relative(this.#root, path).startsWith('..') || !changing.has(op)) return;
    this.changes++;
    if (op === 'create') this.#failedSyncs.delete(path);
    if (this.#next?.op === op && this.#next.path === path) this.#next = undefined;
    else if (--this.#left > 0 || this.#times-- <= 0) return;
    throw Object.assign(new Error(`${this.#code}: ${op} fails on purpose`), { code: this.#code });
  }
}

async function attempt<T>(run: () => Promise<T>): Promise<T> {
  return run();
}
