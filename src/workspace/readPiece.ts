import { closeSync } from 'node:fs';
import type { ByteString } from '../base/bytes.ts';
import { toDisplay } from '../base/bytes.ts';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import { baseName, parentPath } from '../context/path.ts';
import { readFully } from './readFile.ts';
import { SafeFolder, statFd } from './safeOpen.ts';

/** The bytes of a file from `offset`, if they still have the digest they were announced with: CONTEXT_BUSY otherwise. */
export function readPiece(
  root: ByteString,
  path: Path,
  offset: number,
  size: number,
  expected: Digest,
): Promise<Uint8Array> {
  try {
    const folder = SafeFolder.open(root, parentPath(path));
    try {
      const fd = folder.openFile(baseName(path));
      try {
        const buffer = Buffer.allocUnsafeSlow(size);
        const whole = statFd(fd).isFile() && readFully(fd, buffer, offset) === size;
        if (whole && digestOf(buffer) === expected) return Promise.resolve(buffer);
      } finally {
        closeSync(fd);
      }
    } finally {
      folder.close();
    }
    return Promise.reject(changed(path));
  } catch (thrown) {
    return Promise.reject(systemErrorCode(thrown) === undefined ? (thrown as Error) : changed(path, thrown));
  }
}

function changed(path: Path, cause?: unknown): PresyncError {
  return new PresyncError('CONTEXT_BUSY', `"${toDisplay(path)}" changed while it was sent.`, {
    hint: 'It is read again by itself; a file that never comes to rest belongs into .dockerignore.',
    cause,
  });
}
