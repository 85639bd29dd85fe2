import { closeSync } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import { baseName, parentPath } from '../context/path.ts';
import type { KeptContents } from './keptContents.ts';
import { OpenedFolder } from './openedFolder.ts';
import { readFully } from './readBuffer.ts';
import { statFd } from './safeOpen.ts';

/**
 * Reads pieces of files for sending. They are asked for in the order of the tree, so the folder of the last one stays
 * open until the present turn of the event loop has ended.
 */
export class PieceReader {
  readonly #root: ByteString;
  readonly #kept: KeptContents;
  #folder: OpenedFolder | undefined;

  /** @param kept what was just read need not be read again */
  constructor(root: ByteString, kept: KeptContents) {
    this.#root = root;
    this.#kept = kept;
  }

  /** The bytes of a file from `offset`, if they still have the digest they were announced with: CONTEXT_BUSY otherwise. */
  read(path: Path, offset: number, size: number, expected: Digest): Promise<Uint8Array> {
    const kept = this.#kept.take(expected);
    if (kept !== undefined) return Promise.resolve(kept);
    try {
      const bytes = this.#read(path, offset, size);
      if (bytes !== undefined && digestOf(bytes) === expected) return Promise.resolve(bytes);
      return Promise.reject(changed(path));
    } catch (thrown) {
      return Promise.reject(systemErrorCode(thrown) === undefined ? (thrown as Error) : changed(path, thrown));
    }
  }

  /** Undefined when there is no regular file of that many bytes. */
  #read(path: Path, offset: number, size: number): Uint8Array | undefined {
    const fd = this.#open(parentPath(path)).folder.openFile(baseName(path));
    try {
      const buffer = Buffer.allocUnsafeSlow(size);
      return statFd(fd).isFile() && readFully(fd, buffer, offset) === size ? buffer : undefined;
    } finally {
      closeSync(fd);
    }
  }

  #open(path: Path): OpenedFolder {
    if (this.#folder?.path === path) return this.#folder;
    this.#close();
    this.#folder = new OpenedFolder(this.#root, path);
    setImmediate(() => this.#close());
    return this.#folder;
  }

  #close(): void {
    this.#folder?.close();
    this.#folder = undefined;
  }
}

function changed(path: Path, cause?: unknown): PresyncError {
  return new PresyncError('CONTEXT_BUSY', `"${toDisplay(path)}" changed while it was sent.`, {
    hint: 'It is read again by itself; a file that never comes to rest belongs into .dockerignore.',
    cause,
  });
}
