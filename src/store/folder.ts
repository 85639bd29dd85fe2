/**
 * The store folder, mode 0700, format 1:
 *
 *     format             the line "presync store 1"
 *     lock/              one empty file per process that has or wants the store, see lock.ts
 *     packs/00000001.pack, packs/00000001.index, …   objects and where they are, see packRecord.ts and packIndex.ts
 *     heads/<context key>                            the snapshot of each context, see headFile.ts
 *
 * A folder in a newer format is never opened, and a folder that holds other things is never made a store.
 */
import { chmod, mkdir, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { ensureFolder, readWhole, replaceFile, syncFolder } from './files.ts';
import { ioError } from './storeErrors.ts';

const formatVersion = 1;

export interface StoreFolder {
  readonly path: string;
  readonly lock: string;
  readonly packs: string;
  readonly heads: string;
}

/** The folder, made if need be, with its format checked; nothing is in it yet but the folder of the lock. */
export async function enterFolder(dir: string): Promise<StoreFolder> {
  try {
    if ((await mkdir(dir, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(dir));
    const path = await realpath(dir);
    const folder = { path, lock: join(path, 'lock'), packs: join(path, 'packs'), heads: join(path, 'heads') };
    if ((await readFormat(folder)) === undefined) await refuseForeign(folder);
    await chmod(path, 0o700);
    await ensureFolder(folder.lock);
    return folder;
  } catch (error) {
    throw ioError('Opening the store folder failed', error);
  }
}

/** Makes what a new store lacks. To be called with the lock held. */
export async function completeFolder(folder: StoreFolder): Promise<void> {
  try {
    await ensureFolder(folder.packs);
    await ensureFolder(folder.heads);
    if ((await readFormat(folder)) !== undefined) return;
    await replaceFile(join(folder.path, 'format'), Buffer.from(`presync store ${formatVersion}\n`));
    await syncFolder(folder.path);
  } catch (error) {
    throw ioError('Making the store folder failed', error);
  }
}

/** The version of the format, if it is one that we know; undefined in a folder that has none. */
async function readFormat(folder: StoreFolder): Promise<number | undefined> {
  const bytes = await readWhole(join(folder.path, 'format'));
  if (bytes === undefined) return undefined;
  const version = /^presync store ([1-9][0-9]{0,8})\n$/.exec(bytes.toString('latin1'))?.[1];
  if (version === undefined) {
    const hint = 'The file "format" in the store folder is damaged. Choose another folder, or delete this one.';
    throw new PresyncError('STORE_IO', 'The format of the store is not known.', { hint });
  }
  if (Number(version) > formatVersion) {
    const hint = 'Use the newer Presync, choose another folder with --data, or delete this one.';
    throw new PresyncError('STORE_IO', `The store was written by a newer Presync (format ${version}).`, { hint });
  }
  return Number(version);
}

async function refuseForeign(folder: StoreFolder): Promise<void> {
  const ours = new Set(['lock', 'packs', 'heads', 'format.tmp']);
  const foreign = (await readdir(folder.path)).find((name) => !ours.has(name) && name !== 'lost+found');
  if (foreign === undefined) return;
  const hint = 'Choose an empty or a new folder for the store.';
  throw new PresyncError('STORE_IO', 'The folder holds other files and is no store.', { hint });
}

/** The names in a folder of ours; none when it does not exist. */
export async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
