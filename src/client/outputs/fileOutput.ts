import { open, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import type { ResultReceiver } from './outputs.ts';
import { makeParents, openStaging, unwritable } from './staging.ts';

/** A result as one file, which appears whole or not at all. OUTPUT_FAILED. */
export async function openFileOutput(path: string, preferred: string): Promise<ResultReceiver> {
  const existing = await stat(path).catch((thrown: unknown) => {
    if (systemErrorCode(thrown) === 'ENOENT') return undefined;
    throw unwritable(path, thrown);
  });
  // Renaming over a pipe or a device would do away with it.
  if (existing !== undefined && !existing.isFile()) {
    throw new PresyncError('OUTPUT_FAILED', `${path} is there already and is no file.`, {
      hint: 'Name a file with dest=FILE.',
    });
  }
  const staging = await openStaging(await makeParents(path), preferred);
  return {
    async receive(bytes) {
      const temporary = join(staging.path, basename(path));
      try {
        const file = await open(temporary, 'wx', 0o644);
        try {
          for await (const piece of bytes) await file.writeFile(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (thrown) {
        throw unwritable(path, thrown);
      }
    },
    close: () => staging.remove(),
  };
}
