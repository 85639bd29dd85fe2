/**
 * Every access to a workspace by path goes through this file.
 *
 * Names are bytes: the system gets a Buffer where a path is not ASCII, and names come back as latin1, which is bytes.
 * No link is ever followed. For what is *read* (contents, link targets) that holds for the folders on the way too: each
 * is opened relative to the one above it, so that a folder which is swapped for a link meanwhile leads nowhere. Node
 * has no openat(2), but on Linux `/proc/self/fd/<fd>/<name>` is the same. Elsewhere only the last name is safe.
 */
import type { BigIntStats } from 'node:fs';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  read,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs';
import { promisify } from 'node:util';
import type { ByteString } from '../base/bytes.ts';
import { systemErrorCode } from '../base/errors.ts';
import type { Name, Path } from '../context/path.ts';
import { splitPath } from '../context/path.ts';

/** A path as the system takes it, byte for byte. */
export type NativePath = string | Buffer;

const hasFdFolders = process.platform === 'linux' && existsSync('/proc/self/fd');

// Windows has none of these; O_NOATIME is Linux only.
const noFollow: number = constants.O_NOFOLLOW ?? 0;
const directory: number = constants.O_DIRECTORY ?? 0;
const noAtime: number = constants.O_NOATIME ?? 0;
/** Without this, opening a FIFO waits for its other end. */
const nonBlock: number = constants.O_NONBLOCK ?? 0;

const readInPool = promisify(read);
const probe = Buffer.alloc(4096);
const beyondEveryEnd = 2 ** 52;

const allAscii = /^[\x00-\x7f]*$/;

export function isAscii(path: string): boolean {
  return allAscii.test(path);
}

export function nativePath(path: ByteString): NativePath {
  return isAscii(path) ? path : Buffer.from(path, 'latin1');
}

/**
 * How to get from the names of one folder to their paths: whether they can go to the system as they are is found out only
 * once. `joined` holds all the names.
 */
export function nativePathsIn(folder: ByteString, joined: string): (name: Name) => NativePath {
  const prefix = `${folder}/`;
  const plain = isAscii(prefix) && isAscii(joined);
  return plain ? (name) => prefix + name : (name) => nativePath((prefix + name) as ByteString);
}

/** The names in a folder, in the order of the file system. */
export function listNames(path: NativePath): Name[] {
  return readdirSync(path, 'latin1') as Name[];
}

/** The names of the folders in a folder; links to folders are none. */
export function listFolders(path: NativePath): Name[] {
  const entries = readdirSync(path, { encoding: 'latin1', withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name as Name);
}

const lstatOptions = { bigint: true, throwIfNoEntry: false } as const;

/** What is at `path`, links not followed; undefined when nothing is. */
export function statPath(path: NativePath): BigIntStats | undefined {
  return lstatSync(path, lstatOptions);
}

export function statFd(fd: number): BigIntStats {
  return fstatSync(fd, { bigint: true });
}

/** A folder that is open for reading what is directly in it. To be closed. */
export class SafeFolder {
  readonly #path: ByteString;
  readonly #fd: number | undefined;
  #noAtime = noAtime;

  private constructor(path: ByteString, fd: number | undefined) {
    this.#path = path;
    this.#fd = fd;
  }

  /**
   * Opens the folder `path` below the absolute `root`. Throws the system's error, which is ELOOP or ENOTDIR where a
   * part of the way is no folder any more.
   */
  static open(root: ByteString, path: Path): SafeFolder {
    const full = (path === '' ? root : `${root}/${path}`) as ByteString;
    if (!hasFdFolders) return new SafeFolder(full, undefined);
    const flags = constants.O_RDONLY | directory | noFollow | nonBlock;
    let fd = openSync(nativePath(root), flags);
    for (const name of splitPath(path)) {
      const parent = fd;
      try {
        fd = openSync(below(parent, name), flags);
      } finally {
        closeSync(parent);
      }
    }
    return new SafeFolder(full, fd);
  }

  /** The names in it, in the order of the file system. */
  list(): Name[] {
    return listNames(this.#fd === undefined ? nativePath(this.#path) : `/proc/self/fd/${this.#fd}`);
  }

  /** A descriptor of the file `name`; the caller closes it, and has to check that it is a regular file. */
  openFile(name: Name): number {
    const flags = constants.O_RDONLY | noFollow | nonBlock;
    try {
      return openSync(this.#at(name), flags | this.#noAtime);
    } catch (error) {
      // Only a file's owner may leave its access time alone.
      if (this.#noAtime === 0 || systemErrorCode(error) !== 'EPERM') throw error;
      this.#noAtime = 0;
      return openSync(this.#at(name), flags);
    }
  }

  /**
   * Waits for a write that is under way in the file `name`. A direct read takes the lock that a write holds, on the
   * file systems of which fileSystem.ts says so; beyond every end it reads nothing. A write is as long as its content:
   * of a `large` one it is waited for without holding up the thread.
   */
  async awaitWrites(name: Name, large: boolean): Promise<void> {
    const fd = openDirect(this.#at(name));
    if (fd === undefined) return;
    try {
      if (large) await readInPool(fd, probe, 0, probe.length, beyondEveryEnd);
      else readSync(fd, probe, 0, probe.length, beyondEveryEnd);
    } finally {
      closeSync(fd);
    }
  }

  /** The target of the link `name`, as it is. */
  readLink(name: Name): ByteString {
    return readlinkSync(this.#at(name), 'latin1') as ByteString;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
  }

  #at(name: Name): NativePath {
    return this.#fd === undefined ? nativePath(`${this.#path}/${name}` as ByteString) : below(this.#fd, name);
  }
}

/** Undefined where the file system takes no direct reads. */
function openDirect(path: NativePath): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECT | noFollow | nonBlock);
  } catch (error) {
    if (systemErrorCode(error) === 'EINVAL') return undefined;
    throw error;
  }
}

function below(fd: number, name: Name): NativePath {
  return nativePath(`/proc/self/fd/${fd}/${name}` as ByteString);
}
