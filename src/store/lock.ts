/**
 * One writer per store, without any lock that must be broken.
 *
 * Each process that wants the store puts a file of its own into the lock folder, named by its pid and start time, and
 * only then looks at the others. Of two that come at once at least one sees the other, so never do both go on. A file
 * whose process is dead, or whose pid now belongs to a process with another start time, counts for nothing and may be
 * removed by anybody: its name is never used again, so no removal can hit a live owner.
 *
 * It holds among processes that see each other's pids: not between two containers, or two machines, that share a
 * folder.
 */
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PresyncError } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import { createFile, removeFile } from './files.ts';
import { processStart } from './processStart.ts';
import { ioError } from './storeErrors.ts';

/** Two that come at once may both step back, so each tries again after a random while. */
const tries = 5;
const longestPauseMs = 40;

export interface StoreLock {
  release(): Promise<void>;
}

/** The lock, or STORE_BUSY when another process, or another Store of this one, has it. */
export async function takeLock(folder: string, signal?: AbortSignal): Promise<StoreLock> {
  const name = `${process.pid}-${(await processStart(process.pid)) ?? 0}-${randomBytes(8).toString('hex')}`;
  for (let left = tries; ; left--) {
    const owner = await claim(folder, name);
    if (owner === undefined) return { release: () => release(join(folder, name)) };
    if (left <= 1) throw busy(owner);
    await delay(1 + Math.random() * longestPauseMs, signal);
  }
}

async function release(path: string): Promise<void> {
  try {
    await removeFile(path);
  } catch (error) {
    throw ioError('Unlocking the store failed', error);
  }
}

/** Puts our claim; takes it back, and returns a pid, when a live process has one too. */
async function claim(folder: string, name: string): Promise<number | undefined> {
  const path = join(folder, name);
  try {
    await (await createFile(path)).close();
    const owner = await liveOwner(folder, name);
    if (owner !== undefined) await removeFile(path);
    return owner;
  } catch (error) {
    await removeFile(path).catch(() => {});
    throw ioError('Locking the store failed', error);
  }
}

/** The pid of another live claim, after removing those of the dead. */
async function liveOwner(folder: string, ours: string): Promise<number | undefined> {
  for (const name of await readdir(folder)) {
    const other = /^(\d+)-(\d+)-[0-9a-f]+$/.exec(name);
    if (other === null || name === ours) continue;
    const pid = Number(other[1]);
    if (await lives(pid, Number(other[2]))) return pid;
    await removeFile(join(folder, name));
  }
  return undefined;
}

/** A process counts as another one only when both starts are known: see `processStart`. */
async function lives(pid: number, claimedStart: number): Promise<boolean> {
  const start = await processStart(pid);
  return start !== undefined && (start === claimedStart || start === 0 || claimedStart === 0);
}

function busy(pid: number): PresyncError {
  return new PresyncError('STORE_BUSY', `The store is in use by process ${pid}.`, {
    hint: 'Stop the other Presync daemon, or choose another folder with --data.',
    data: { pid },
  });
}
