import type { FileHandle } from 'node:fs/promises';
import type { Logger } from '../base/logger.ts';
import { openFile, readWhole } from './files.ts';
import { indexPath, Pack, packPath } from './pack.ts';
import { decodeBatches } from './packIndex.ts';
import type { PackEntry } from './packRecord.ts';
import { walkPack } from './packRecord.ts';
import type { Pacer } from './pacer.ts';

/** What a pack is opened with. */
export interface LoadContext {
  readonly folder: string;
  readonly logger: Logger;
  readonly pacer: Pacer;
  /** Told of each entry in the order in which they were written: a later one replaces an earlier one. */
  readonly visit: (entry: PackEntry, pack: number) => void;
}

/** Opens a pack by its index; only what that does not account for is read from the pack itself, and checked. */
export async function loadPack(number: number, context: LoadContext): Promise<Pack> {
  const handle = await openFile(packPath(context.folder, number));
  try {
    return await load(handle, number, context);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function load(handle: FileHandle, number: number, context: LoadContext): Promise<Pack> {
  const { folder, logger, pacer, visit } = context;
  const { size } = await handle.stat();
  const index = (await readWhole(indexPath(folder, number))) ?? Buffer.alloc(0);
  let accounted = 0;
  let indexLength = 0;
  for (const batch of decodeBatches(index)) {
    for (const entry of batch.entries) if (entry.offset + entry.length <= size) visit(entry, number);
    accounted = batch.to;
    indexLength = batch.end;
    await pacer.pause();
  }
  const pack = new Pack(folder, number, logger, { handle, size, accounted, indexLength });
  if (accounted >= size) return pack;

  const { entries, end } = await walkPack(handle, accounted, size, pacer);
  if (end < size) logger.info('A pack ends in bytes that are no record; they are ignored.', { pack: number });
  if (end === accounted) return pack;
  try {
    await pack.adopt(entries, end);
  } catch (cause) {
    logger.warn('The end of a pack could not be synced; it counts as missing.', { pack: number, cause });
    return pack;
  }
  for (const entry of entries) visit(entry, number);
  return pack;
}
