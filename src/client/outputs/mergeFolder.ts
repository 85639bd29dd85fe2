/**
 * Moves a staged tree into an existing folder, file by file: what is there under the same name is replaced, everything
 * else stays. Nothing that is there is followed: a link in the way is replaced as the link that it is.
 */
import type { Stats } from 'node:fs';
import { chmod, lstat, readdir, rename, unlink, utimes } from 'node:fs/promises';
import { toDisplay, fromBytes } from '../../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';

type Place = Buffer;

/** OUTPUT_FAILED, before anything is moved, when a file of the result is where a folder is. */
export async function mergeFolder(staged: string, target: string): Promise<void> {
  const [from, to] = [Buffer.from(staged), Buffer.from(target)];
  await checkConflicts(from, to);
  await moveChildren(from, to);
}

async function checkConflicts(from: Place, to: Place): Promise<void> {
  for (const name of await readdir(from, { encoding: 'buffer' })) {
    const [source, place] = [below(from, name), below(to, name)];
    const [made, there] = [await lstat(source), await found(place)];
    if (there === undefined || !there.isDirectory()) continue;
    if (!made.isDirectory()) throw conflict(place);
    await checkConflicts(source, place);
  }
}

async function moveChildren(from: Place, to: Place): Promise<void> {
  for (const name of await readdir(from, { encoding: 'buffer' })) {
    const [source, place] = [below(from, name), below(to, name)];
    const [made, there] = [await lstat(source), await found(place)];
    if (made.isDirectory() && there?.isDirectory()) {
      await openToMe(source, made);
      await moveChildren(source, place);
      await chmod(place, made.mode & 0o777);
      await utimes(place, made.atimeMs / 1000, made.mtimeMs / 1000);
      continue;
    }
    // A folder cannot be renamed over a file.
    if (made.isDirectory() && there !== undefined) await unlink(place);
    await rename(source, place);
  }
}

/** What is taken out of a folder needs it to be writable. */
async function openToMe(folder: Place, { mode }: Stats): Promise<void> {
  if ((mode & 0o300) !== 0o300) await chmod(folder, 0o700);
}

async function found(place: Place): Promise<Stats | undefined> {
  return lstat(place).catch((thrown: unknown) => {
    if (systemErrorCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  });
}

function below(folder: Place, name: Buffer): Place {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

function conflict(place: Place): PresyncError {
  return new PresyncError(
    'OUTPUT_FAILED',
    `${toDisplay(fromBytes(place))} is a folder there, and no folder in the result.`,
    {
      hint: 'Remove it, or replace all that is there with mode=delete.',
    },
  );
}
