/**
 * The daemon's program, where nothing takes it away: `<data>/bin/<version>/daemon.js`. Started from the extension's own
 * folder it would keep an update from removing that, or lose its file to it.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { clientLimits } from './limits.ts';
import { programVersion } from './programVersion.ts';

/**
 * Makes sure that the copy is there and equal to `script`, and returns its path. Copies of other versions that nobody
 * started for a while are removed. DAEMON_START when the copy cannot be made.
 */
export async function installDaemonProgram(script: string, data: string, version = programVersion): Promise<string> {
  const programs = join(data, 'bin');
  const folder = join(programs, version);
  const installed = join(folder, 'daemon.js');
  try {
    const content = await readFile(script);
    const present = await readFile(installed).catch(() => undefined);
    if (present?.equals(content) !== true) await replace(folder, installed, content);
  } catch (thrown) {
    throw new PresyncError('DAEMON_START', `The daemon cannot be copied to ${folder} (${systemErrorCode(thrown)}).`, {
      hint: 'Give that folder back to yourself, or make room on its disk.',
      cause: thrown,
    });
  }
  await tidy(programs, version).catch(() => {});
  return installed;
}

/** As a whole, so that a daemon that is started at this moment reads the one or the other. */
async function replace(folder: string, installed: string, content: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${installed}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600 });
    await rename(temporary, installed);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** Marks this version as used, and removes those that are not: another client of theirs would copy it again. */
async function tidy(programs: string, version: string): Promise<void> {
  const now = new Date();
  await utimes(join(programs, version), now, now);
  for (const other of await readdir(programs)) {
    const folder = join(programs, other);
    const unusedMs = now.getTime() - (await stat(folder)).mtimeMs;
    if (other !== version && unusedMs > clientLimits.programUnused) await rm(folder, { recursive: true, force: true });
  }
}
