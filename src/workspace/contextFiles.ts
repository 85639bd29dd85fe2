/** The two files that say what a build is: the Dockerfile and the ignore file. Unlike contents, they follow links. */
import { closeSync, constants, openSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteString } from '../base/bytes.ts';
import { fromText, toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Dockerfile } from '../context/buildRequest.ts';
import { workspaceLimits } from './limits.ts';
import { readFully } from './readFile.ts';
import { nativePath, statFd } from './safeOpen.ts';

export interface IgnoreFile {
  /** Absolute if the Dockerfile's path or the root is. */
  readonly path: ByteString;
  readonly content: Uint8Array;
}

/**
 * The Dockerfile at a path, or the one that came on stdin. DOCKERFILE_NOT_FOUND for what is missing, no file or not
 * readable; DOCKERFILE_INVALID for one that is larger than any Dockerfile.
 */
export function readDockerfile(source: string | Uint8Array): Dockerfile {
  if (typeof source !== 'string') return { name: 'Dockerfile', content: checkSize(source, 'on stdin') };
  const name = basename(source);
  try {
    const content = readTextFile(fromText(source));
    if (content !== undefined) return { name, content: checkSize(content, source) };
  } catch (error) {
    if (error instanceof PresyncError) throw error;
    throw noDockerfile(source, whyNot(error), error);
  }
  throw noDockerfile(source, 'is not a file');
}

/**
 * The ignore file of a build: `<Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` in the context.
 * Undefined when there is neither. CONTEXT_UNREADABLE when there is one that cannot be read: without its rules,
 * secrets could be sent.
 */
export function readIgnoreFile(root: ByteString, dockerfile: string | undefined): IgnoreFile | undefined {
  const own = dockerfile === undefined ? undefined : readIfThere(fromText(`${dockerfile}.dockerignore`));
  return own ?? readIfThere(`${root}/.dockerignore` as ByteString);
}

function readIfThere(path: ByteString): IgnoreFile | undefined {
  let why = 'is not a file';
  try {
    const content = readTextFile(path);
    if (content !== undefined && content.length <= workspaceLimits.textFile) return { path, content };
    if (content !== undefined) why = 'is too large';
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    why = whyNot(error);
  }
  throw new PresyncError('CONTEXT_UNREADABLE', `The ignore file ${toDisplay(path)} ${why}.`, {
    hint: 'Mend or remove it. Without its rules, what it excludes would be sent.',
  });
}

/** Up to one byte more than may be; undefined for what is no regular file, which is not waited for. */
function readTextFile(path: ByteString): Uint8Array | undefined {
  const fd = openSync(nativePath(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = statFd(fd);
    if (!stat.isFile()) return undefined;
    const bytes = Buffer.alloc(Math.min(Number(stat.size), workspaceLimits.textFile) + 1);
    return bytes.subarray(0, readFully(fd, bytes, 0));
  } finally {
    closeSync(fd);
  }
}

function checkSize(content: Uint8Array, where: string): Uint8Array {
  if (content.length <= workspaceLimits.textFile) return content;
  throw new PresyncError(
    'DOCKERFILE_INVALID',
    `The Dockerfile ${where} is larger than ${workspaceLimits.textFile} bytes.`,
    {
      hint: 'Check that the path names a Dockerfile.',
    },
  );
}

function noDockerfile(path: string, why: string, cause?: unknown): PresyncError {
  return new PresyncError('DOCKERFILE_NOT_FOUND', `The Dockerfile ${toDisplay(fromText(path))} ${why}.`, {
    hint: 'Name it with -f, or pipe it in with -f -.',
    cause,
  });
}

function whyNot(error: unknown): string {
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  return `cannot be read (${code ?? 'unknown'})`;
}
