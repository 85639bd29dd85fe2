/** The few file operations that the store is made of. All of them reject with the system's own error. */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from '../base/errors.ts';
import type { StoreStep } from './crashSteps.ts';
import { storeStep } from './crashSteps.ts';

const folderMode = 0o700;
const fileMode = 0o600;

/** Windows has no such flag, and no way to plant a link there without rights that need none. */
const noFollow: number = constants.O_NOFOLLOW ?? 0;

/** A new file of ours; EEXIST when there is one, be it a link. */
export function createFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | noFollow, fileMode);
}

/** An existing file of ours; ELOOP when it is a link. */
export function openFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | noFollow);
}

/** An existing file of ours, or a new one. */
export function openOrCreateFile(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT | noFollow, fileMode);
}

/** The whole file, or undefined when there is none. */
export async function readWhole(path: string): Promise<Buffer | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | noFollow);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Up to `length` bytes from `offset`: fewer only when the file ends. */
export async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

export async function writeAt(handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, offset + written);
    written += result.bytesWritten;
  }
}

/** Makes the names in a folder durable. Windows cannot, and needs not: its file systems journal names. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | noFollow);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A private folder at `path`; ENOTDIR when something else is there, a link to a folder included. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: folderMode });
    await syncFolder(dirname(path));
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    const found = await lstat(path);
    if (!found.isDirectory()) throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR' });
  }
}

export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

/** The points of a `replaceFile` at which a test may crash. */
export interface ReplaceSteps {
  readonly written: StoreStep;
  readonly synced: StoreStep;
  readonly renamed: StoreStep;
}

/**
 * Puts `bytes` at `path`, whole or not at all, by way of `path`.tmp. After a crash either the old or the new content
 * is there; the name is durable only after a `syncFolder`.
 */
export async function replaceFile(path: string, bytes: Uint8Array, steps?: ReplaceSteps): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await removeFile(temporary);
    const handle = await createFile(temporary);
    try {
      await writeAt(handle, bytes, 0);
      if (steps !== undefined) storeStep(steps.written);
      await handle.sync();
      if (steps !== undefined) storeStep(steps.synced);
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    if (steps !== undefined) storeStep(steps.renamed);
  } catch (error) {
    await removeFile(temporary).catch(() => {});
    throw error;
  }
}
