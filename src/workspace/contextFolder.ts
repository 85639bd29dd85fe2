/** The folder of a context: which one it is, and why it may not be one. */
import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { listNames, nativePath, statPath } from './safeOpen.ts';

/** A folder's identity while its file system is mounted. */
export interface FolderIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

export interface ContextFolder extends FolderIdentity {
  /** Absolute and canonical: no part of it is a link. */
  readonly root: ByteString;
}

/**
 * The folder that `path` (as typed, against the working directory) leads to. CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY,
 * CONTEXT_UNREADABLE; USAGE for the root of the file system and for a user's home folder: nobody means to send those.
 */
export function locateContext(path: string): ContextFolder {
  const typed = fromText(resolve(path));
  try {
    const root = realpathSync(nativePath(typed), 'latin1') as ByteString;
    const identity = identifyContext(root);
    refuseWholeDisk(root, identity);
    listNames(nativePath(root));
    return { root, ...identity };
  } catch (error) {
    throw systemErrorCode(error) === undefined || error instanceof PresyncError ? error : closedContext(typed, error);
  }
}

/** Which folder is at `root` now. */
export function identifyContext(root: ByteString): FolderIdentity {
  const stat = statPath(nativePath(root));
  if (stat === undefined) throw missingContext(root);
  if (stat.isDirectory()) return { dev: stat.dev, ino: stat.ino };
  throw new PresyncError('CONTEXT_NOT_DIRECTORY', `${toDisplay(root)} is not a folder.`, {
    hint: 'The build context is a folder. Give the one that holds what the Dockerfile copies.',
  });
}

export function sameFolder(a: FolderIdentity, b: FolderIdentity): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}

/** The error for a context folder that a system call failed on. */
export function closedContext(root: ByteString, error: unknown): PresyncError {
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return missingContext(root, error);
  return new PresyncError(
    'CONTEXT_UNREADABLE',
    `The folder ${toDisplay(root)} cannot be read (${code ?? 'unknown'}).`,
    {
      hint: 'Check that you may list and enter it: ls -la.',
      cause: error,
    },
  );
}

/** The error for a context folder that became another one while it was read. */
export function replacedContext(root: ByteString): PresyncError {
  return new PresyncError('CONTEXT_BUSY', `The folder ${toDisplay(root)} was replaced while it was read.`, {
    hint: 'Try again.',
  });
}

function missingContext(root: ByteString, cause?: unknown): PresyncError {
  return new PresyncError('CONTEXT_NOT_FOUND', `There is no folder ${toDisplay(root)}.`, {
    hint: 'Check the path of the build context; a link to it may lead nowhere.',
    cause,
  });
}

function refuseWholeDisk(root: ByteString, identity: FolderIdentity): void {
  const what = isFolder('/', identity)
    ? 'the root of the file system'
    : isFolder(homedir(), identity) && 'your home folder';
  if (what === false) return;
  throw new PresyncError('USAGE', `${toDisplay(root)} is ${what}: all of it would be sent to the builder.`, {
    hint: 'Move the Dockerfile and what it copies to a folder of their own, and build that.',
  });
}

function isFolder(path: string, identity: FolderIdentity): boolean {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat !== undefined && sameFolder(stat, identity);
}
