/** Finding what a command line or a workspace names: the context's folder, the Dockerfile, the ignore file. */
import { constants } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fromText } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { delay } from '../base/time.ts';
import { ignoreFileCandidates } from '../context/dockerfile.ts';
import type { Path } from '../context/path.ts';
import { joinPath } from '../context/path.ts';
import { sameFile } from './fileTimes.ts';
import { workspaceLimits } from './limits.ts';
import { nativePath } from './safeOpen.ts';

export interface LocatedContext {
  /** Canonical: no link is left in it. */
  readonly root: string;
  readonly dev: bigint;
  readonly ino: bigint;
}

/** The folder of a context. CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE; USAGE for `/` and the home. */
export async function locateContext(folder: string): Promise<LocatedContext> {
  const { root, found } = await canonical(folder);
  if (!found.isDirectory()) {
    throw new PresyncError('CONTEXT_NOT_DIRECTORY', `The context ${folder} is no folder.`, {
      hint: 'Name the folder that holds the files to build from; the Dockerfile goes with -f.',
    });
  }
  if (root === dirname(root) || root === (await realpath(homedir()).catch(homedir))) {
    throw new PresyncError('USAGE', `The context ${root} holds everything of yours, not a project.`, {
      hint: 'Name a folder in it.',
    });
  }
  return { root, dev: found.dev, ino: found.ino };
}

/** A file's path without links; the path itself for a file that is gone. */
export function canonicalFile(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

/** Whether there is anything at a path in a folder; a link there is not followed. */
export function existsWithin(root: string, path: Path): Promise<boolean> {
  return lstat(nativePath(joinPath(fromText(root), path))).then(
    () => true,
    () => false,
  );
}

/** The content of a Dockerfile; a link is followed, as docker does. DOCKERFILE_NOT_FOUND, DOCKERFILE_INVALID, CONTEXT_BUSY, LIMIT. */
export async function readDockerfile(path: string): Promise<Uint8Array> {
  const content = await readText(path, 'Dockerfile');
  if (content !== undefined) return content;
  throw new PresyncError('DOCKERFILE_NOT_FOUND', `There is no Dockerfile at ${path}.`, {
    hint: 'Create it, or name another with -f.',
  });
}

export interface IgnoreFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * The ignore file that applies: the Dockerfile's own (`<Dockerfile>.dockerignore` beside it), else the context's.
 * Undefined when there is neither. CONTEXT_UNREADABLE for one that cannot be read, CONTEXT_BUSY, LIMIT.
 */
export async function readIgnoreFile(dockerfile: string | undefined, root: string): Promise<IgnoreFile | undefined> {
  const [own, general] = ignoreFileCandidates(basename(dockerfile ?? 'Dockerfile'));
  const candidates = [join(root, general)];
  if (dockerfile !== undefined) candidates.unshift(join(dirname(dockerfile), own));
  for (const path of candidates) {
    const content = await readText(path, 'ignore file');
    if (content !== undefined) return { path, content };
  }
  return undefined;
}

async function canonical(folder: string) {
  try {
    const root = await realpath(folder);
    return { root, found: await stat(root, { bigint: true }) };
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new PresyncError('CONTEXT_NOT_FOUND', `The context ${folder} does not exist.`, {
        hint: 'Check the path.',
        cause: thrown,
      });
    }
    throw new PresyncError('CONTEXT_UNREADABLE', `The context ${folder} cannot be read (${code}).`, {
      hint: 'Check its permissions.',
      cause: thrown,
    });
  }
}

/** Opening a FIFO must not wait for its other end. Windows has no such flag, and no FIFOs. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

type TextKind = 'Dockerfile' | 'ignore file';

/**
 * A small file as a whole; undefined when there is none. One that is just being saved is waited for: half of an ignore
 * file would let out what the other half excludes. CONTEXT_BUSY when it never comes to rest.
 */
async function readText(path: string, what: TextKind): Promise<Uint8Array | undefined> {
  try {
    for (let attempt = 0; attempt < workspaceLimits.readAttempts; attempt++) {
      const content = await readOnce(path, what);
      if (content !== 'changed') return content;
    }
    throw new PresyncError('CONTEXT_BUSY', `The ${what} ${path} changed during each of several attempts to read it.`, {
      hint: 'Wait until it is written, then try again.',
    });
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (thrown instanceof PresyncError) throw thrown;
    throw new PresyncError('CONTEXT_UNREADABLE', `The ${what} ${path} cannot be read (${code}).`, {
      hint: 'Check its permissions.',
      cause: thrown,
    });
  }
}

async function readOnce(path: string, what: TextKind): Promise<Uint8Array | 'changed'> {
  const file = await open(path, openFlags);
  try {
    const found = await file.stat({ bigint: true });
    if (!found.isFile()) throw notAFile(path, what);
    if (found.size > workspaceLimits.textFile) {
      throw new PresyncError('LIMIT', `The ${what} ${path} is larger than ${workspaceLimits.textFile} bytes.`, {
        hint: 'Check that this is the file that you mean.',
      });
    }
    const age = Date.now() - Number(found.ctimeMs);
    if (age >= 0 && age < workspaceLimits.textRest) await delay(workspaceLimits.textRest - age);
    const content = await file.readFile();
    // The one that the path leads to by now: a save may have put another file there.
    const now = await stat(path, { bigint: true }).catch(() => undefined);
    return now !== undefined && sameFile(found, now) ? content : 'changed';
  } finally {
    await file.close();
  }
}

function notAFile(path: string, what: TextKind): PresyncError {
  // Without its rules, what an ignore file excludes would be sent.
  const code = what === 'Dockerfile' ? 'DOCKERFILE_INVALID' : 'CONTEXT_UNREADABLE';
  return new PresyncError(code, `The ${what} ${path} is no file.`, { hint: 'Name the file itself.' });
}
