import { PresyncError } from '../../base/errors.ts';
import { parseHeader, tarBlock } from './tarHeader.ts';

/** How compressed tar archives begin that every BuildKit unpacks: bzip2, gzip, xz (dockerui.isArchive). */
const compressed = ['425a68', '1f8b08', 'fd377a585a00'];
const zstd = '28b52ffd';

/**
 * Whether bytes that begin so are a tar archive, compressed or not; what is not is a Dockerfile. `head` has 512 bytes,
 * or all that there are. ARCHIVE_INVALID for an archive that no build can use.
 */
export function isArchive(head: Uint8Array): boolean {
  const begin = Buffer.from(head.subarray(0, 8)).toString('hex');
  if (compressed.some((magic) => begin.startsWith(magic))) return true;
  if (begin.startsWith(zstd))
    throw unusable('is compressed with zstd, which not every builder knows', 'Use gzip or xz.');
  if (head.length < tarBlock) return false;
  if (head.every((byte) => byte === 0)) throw unusable('is empty', 'Put a Dockerfile into it.');
  try {
    return parseHeader(head) !== undefined;
  } catch {
    return false;
  }
}

function unusable(why: string, hint: string): PresyncError {
  return new PresyncError('ARCHIVE_INVALID', `The archive on standard input ${why}.`, { hint });
}
