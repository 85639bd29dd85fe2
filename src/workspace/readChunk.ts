import { closeSync } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import { baseName, checkPath, parentPath } from '../context/path.ts';
import { readFully } from './readFile.ts';
import { SafeFolder, statFd } from './safeOpen.ts';

/**
 * Content of the file at `path` below `root`, for sending: exactly the `size` bytes from `offset` whose digest is
 * `expected`. CONTEXT_BUSY when the file does not hold them (any more). Never leaves the root: no link is followed.
 */
export function readChunk(root: ByteString, path: Path, offset: number, size: number, expected: Digest): Uint8Array {
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(root, checkPath(path), offset, size);
  } catch (error) {
    if (systemErrorCode(error) === undefined || error instanceof PresyncError) throw error;
    throw changedFile(path, error);
  }
  if (bytes === undefined || digestOf(bytes) !== expected) throw changedFile(path);
  return bytes;
}

function readBytes(root: ByteString, path: Path, offset: number, size: number): Uint8Array | undefined {
  const folder = SafeFolder.open(root, parentPath(path));
  let fd: number | undefined;
  try {
    fd = folder.openFile(baseName(path));
    const stat = statFd(fd);
    // Checked before anything of `size` bytes is made.
    if (!stat.isFile() || offset + size > Number(stat.size)) return undefined;
    const bytes = Buffer.allocUnsafeSlow(size);
    return readFully(fd, bytes, offset) === size ? bytes : undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
    folder.close();
  }
}

function changedFile(path: Path, cause?: unknown): PresyncError {
  return new PresyncError('CONTEXT_BUSY', `"${toDisplay(path)}" has changed since it was scanned.`, {
    hint: 'It is scanned again by itself. If this goes on, exclude the file in .dockerignore.',
    cause,
  });
}
