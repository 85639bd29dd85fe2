import { chmod, lstat, mkdir, readdir, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { toDisplay } from '../../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import { readTar } from '../archive/tarReader.ts';
import { mergeFolder } from './mergeFolder.ts';
import type { ResultReceiver } from './outputs.ts';
import type { Staging } from './staging.ts';
import { makeParents, openStaging, unwritable } from './staging.ts';
import { TreeWriter } from './treeWriter.ts';

export interface FolderPlace {
  readonly path: string;
  /** What is there already and is not in the result goes. */
  readonly clear: boolean;
}

/**
 * A result as files in a folder. They are put together elsewhere and then moved: a new folder appears whole; in one that
 * is there, files are replaced one by one. OUTPUT_FAILED.
 */
export async function openFolderOutput(
  { path, clear }: FolderPlace,
  preferred: string,
  warn: (message: string) => void,
): Promise<ResultReceiver> {
  // The user's own link is followed, once.
  const target = (await existingFolder(path)) ?? path;
  const isNew = target === path && (await existingFolder(path)) === undefined;
  const staging = await openStaging(isNew ? await makeParents(path) : target, preferred);
  return {
    async receive(bytes) {
      const made = join(staging.path, 'result');
      try {
        await mkdir(made, { mode: 0o755 });
        const writer = new TreeWriter(made);
        for await (const member of readTar(bytes)) await writer.add(member);
        await writer.finish();
        await chmod(made, 0o755);
        if (isNew) await rename(made, path);
        else if (clear) await replaceFolder(made, target, staging);
        else await mergeFolder(made, target);
        tellStripped(writer, warn);
      } catch (thrown) {
        throw unwritable(path, thrown);
      }
    },
    close: () => staging.remove(),
  };
}

/** Its real path; undefined when there is nothing. */
async function existingFolder(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    if ((await lstat(real)).isDirectory()) return real;
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT' && !(await isThere(path))) return undefined;
    throw unwritable(path, thrown);
  }
  throw new PresyncError('OUTPUT_FAILED', `${path} is there already and is no folder.`, {
    hint: 'Name a folder with dest=FOLDER.',
  });
}

/** A link that leads nowhere is there as well. */
function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The folder itself stays, for it may be a mount: what is in it goes, then the new comes. */
async function replaceFolder(made: string, target: string, staging: Staging): Promise<void> {
  const old = join(staging.path, 'old');
  await mkdir(old);
  const own = Buffer.from(staging.path);
  for (const name of await readdir(target, { encoding: 'buffer' })) {
    const place = below(target, name);
    if (!place.equals(own)) await rename(place, below(old, name));
  }
  for (const name of await readdir(made, { encoding: 'buffer' })) await rename(below(made, name), below(target, name));
}

function below(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name]);
}

function tellStripped({ stripped }: TreeWriter, warn: (message: string) => void): void {
  const [first] = stripped;
  if (first === undefined) return;
  const others = stripped.length > 1 ? ` and ${stripped.length - 1} more` : '';
  warn(`"${toDisplay(first)}"${others} would run as another user: the setuid, setgid and sticky bits were left out.`);
}
