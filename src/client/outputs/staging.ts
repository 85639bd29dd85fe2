/**
 * Where a result is put together before it appears in its place: a folder that nobody else can enter, from which it is
 * renamed. So what breaks off leaves nothing behind, and nobody ever sees a half of it.
 */
import { chmod, lstat, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorMessage, PresyncError, systemErrorCode } from '../../base/errors.ts';

export interface Staging {
  readonly path: string;
  /** Removes it and what is left in it. */
  remove(): Promise<void>;
}

/**
 * A folder from which things can be renamed into `target`, an existing folder. That is one below `preferred`, where no
 * watcher of a workspace sees the files come and go, or else one in `target` itself.
 * OUTPUT_FAILED when `target` cannot be written to.
 */
export async function openStaging(target: string, preferred: string): Promise<Staging> {
  return (await stagingIn(preferred, target).catch(() => undefined)) ?? (await stagingIn(target, target));
}

async function stagingIn(parent: string, target: string): Promise<Staging> {
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const path = await mkdtemp(join(parent, '.presync-'));
    const remove = () => removeTree(path);
    try {
      await probe(path, target);
      return { path, remove };
    } catch (thrown) {
      await remove();
      throw thrown;
    }
  } catch (thrown) {
    throw unwritable(target, thrown);
  }
}

/** Only a rename tells whether one is possible: mounts of one file system have the same device. */
async function probe(from: string, to: string): Promise<void> {
  const name = `.presync-probe-${from.slice(-6)}`;
  await writeFile(join(from, name), '', { flag: 'wx', mode: 0o600 });
  await rename(join(from, name), join(to, name));
  await rm(join(to, name));
}

/** Makes the folders above a path that are not there. OUTPUT_FAILED. */
export async function makeParents(path: string): Promise<string> {
  const parent = dirname(path);
  await makeFolder(parent).catch((thrown: unknown) => {
    throw unwritable(parent, thrown);
  });
  return parent;
}

/** As mkdir with `recursive`, which never ends where a file system has no folders to give, such as /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (systemErrorCode(thrown) !== 'ENOENT' || (await stat(dirname(path)).catch(() => undefined))) throw thrown;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

/** A tree whose folders may be closed even to their owner. */
async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(async (thrown: unknown) => {
    if (systemErrorCode(thrown) !== 'EACCES') throw thrown;
    await openFolders(path);
    await rm(path, { recursive: true, force: true });
  });
}

async function openFolders(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(join(path, entry.name));
  }
}

export function unwritable(path: string, cause: unknown): PresyncError {
  if (cause instanceof PresyncError) return cause;
  const code = systemErrorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PresyncError('DISK_FULL', `There is no room for ${path}.`, {
      hint: 'Make room, and build again.',
      cause,
    });
  }
  return new PresyncError('OUTPUT_FAILED', `${path} cannot be written (${code ?? errorMessage(cause)}).`, {
    hint: 'Name another place with --output, or make it writable.',
    cause,
  });
}
