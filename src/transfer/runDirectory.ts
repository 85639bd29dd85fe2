import { lstat, mkdir } from 'node:fs/promises';
import { PresyncError, systemErrorCode } from '../base/errors.ts';

/**
 * Makes the private directory if need be and checks that it is ours alone: a real directory, our uid, no rights for
 * others. DAEMON_FOREIGN otherwise, since whoever can write there can answer in the daemon's name.
 */
export async function openRunDirectory(path: string, uid: number | undefined): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (thrown) {
    throw new PresyncError('DAEMON_FOREIGN', `The directory ${path} cannot be made (${systemErrorCode(thrown)}).`, {
      hint: 'Set XDG_RUNTIME_DIR to a directory of your own.',
      cause: thrown,
    });
  }
  if (uid === undefined) return path;
  const stat = await lstat(path);
  if (stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0) return path;
  throw new PresyncError('DAEMON_FOREIGN', `The directory ${path} belongs to someone else or is open to others.`, {
    hint: `Remove it, or make it yours alone: chmod 700 ${path}. Setting XDG_RUNTIME_DIR to another directory helps too.`,
  });
}
