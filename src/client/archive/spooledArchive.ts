import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, PresyncError, systemErrorCode } from '../../base/errors.ts';
import { clientLimits } from '../limits.ts';

/** An archive that is sent as it is, as often as a build asks. */
export interface Archive {
  /** All of it, from its beginning. */
  read(): AsyncIterable<Uint8Array>;
  /** Bytes that were read so far, by whoever. */
  readonly sent: number;
}

/**
 * Keeps what comes once in a private file without a name, which goes with the process: a build that is begun anew, or
 * whose result goes to several places, asks for it again. DISK_FULL, STORE_IO.
 */
export async function spoolArchive(pieces: AsyncIterable<Uint8Array>, folder: string): Promise<Archive> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomBytes(16).toString('hex'));
    const file = await open(path, 'wx+', 0o600);
    await rm(path);
    for await (const piece of pieces) await file.writeFile(piece);
    let sent = 0;
    const read = async function* () {
      for (let at = 0; ;) {
        const buffer = Buffer.allocUnsafe(clientLimits.archivePiece);
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) return;
        at += bytesRead;
        sent += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    };
    return {
      read,
      get sent() {
        return sent;
      },
    };
  } catch (thrown) {
    throw unspooled(folder, thrown);
  }
}

function unspooled(folder: string, cause: unknown): PresyncError {
  const code = systemErrorCode(cause);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const message = `The archive on standard input cannot be kept in ${folder} (${code ?? errorMessage(cause)}).`;
  return new PresyncError(full ? 'DISK_FULL' : 'STORE_IO', message, { hint: 'Make room there.', cause });
}
