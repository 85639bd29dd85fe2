import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PresyncError, systemErrorCode } from '../base/errors.ts';

const wellFormed = /^[0-9a-f]{32}$/;

/** The random id that a private file holds; made at its first use, by whichever process comes first. STORE_IO. */
export async function idOf(file: string): Promise<string> {
  try {
    return (await read(file)) ?? (await make(file));
  } catch (thrown) {
    throw new PresyncError('STORE_IO', `${file} cannot be used (${systemErrorCode(thrown)}).`, {
      hint: 'Presync keeps a small file there: give it back to yourself, or remove it.',
      cause: thrown,
    });
  }
}

/** Undefined for a file that is not there, or was spoiled. */
async function read(file: string): Promise<string | undefined> {
  try {
    const content = await readFile(file, 'utf8');
    return wellFormed.test(content) ? content : undefined;
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** The file gets its name with all of its content, so that no other process finds it without. */
async function make(file: string): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    await writeFile(draft, id, { flag: 'wx', mode: 0o600, flush: true });
    if (await linked(draft, file)) return id;
    const others = await read(file);
    if (others !== undefined) return others;
    // A spoiled file is replaced; and where there are no hard links it comes to its name so. Of several processes that
    // do that at once the last one counts.
    await rename(draft, file);
    return (await read(file)) ?? id;
  } finally {
    await rm(draft, { force: true });
  }
}

/** False where there is a file of that name, or hard links cannot be made. */
function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    () => false,
  );
}
