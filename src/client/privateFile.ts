import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PresyncError, systemErrorCode } from '../base/errors.ts';

const wellFormed = /^[0-9a-f]{32}$/;

/** The random id that a private file holds; made at its first use, by whichever process comes first. */
export async function idOf(file: string): Promise<string> {
  const id = randomBytes(16).toString('hex');
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, id, { flag: 'wx', mode: 0o600 });
    return id;
  } catch (thrown) {
    if (systemErrorCode(thrown) !== 'EEXIST') throw unusable(file, thrown);
  }
  const existing = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw unusable(file, thrown);
  });
  if (wellFormed.test(existing)) return existing;
  // Written by a process that died in between, or by hand: made anew.
  await writeFile(file, id, { mode: 0o600 });
  return id;
}

function unusable(file: string, cause: unknown): PresyncError {
  return new PresyncError('STORE_IO', `${file} cannot be used (${systemErrorCode(cause)}).`, {
    hint: 'Presync keeps a small file there: give it back to yourself, or remove it.',
    cause,
  });
}
