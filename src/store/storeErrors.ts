import { errorMessage, PresyncError, systemErrorCode } from '../base/errors.ts';
import type { Digest } from '../context/digest.ts';
import { formatDigest } from '../context/digest.ts';

/** A failed system call as DISK_FULL or STORE_IO. `what` is a clause such as "Writing a pack failed". */
export function ioError(what: string, cause: unknown): PresyncError {
  if (cause instanceof PresyncError) return cause;
  const code = systemErrorCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const hint =
      'Free some space on the disk of the store, or collect what is unused with "presync gc"; then try again.';
    return new PresyncError('DISK_FULL', `${what}: no space is left (${code}).`, { hint, cause });
  }
  return new PresyncError('STORE_IO', `${what}: ${code ?? errorMessage(cause)}.`, {
    hint: 'Check the disk and the rights of the store folder.',
    cause,
  });
}

export function unknownObject(digest: Digest): PresyncError {
  return new PresyncError('STORE_CORRUPT', `The store does not hold ${formatDigest(digest)}.`, {
    hint: 'Sync the context again: what is missing is sent anew.',
    data: { digest: formatDigest(digest), found: 'missing' },
  });
}

export function damagedObject(digest: Digest, cause?: unknown): PresyncError {
  return new PresyncError('STORE_CORRUPT', `The stored bytes of ${formatDigest(digest)} are damaged.`, {
    hint: 'Sync the context again: what is damaged is sent anew. If this comes back, check the disk.',
    data: { digest: formatDigest(digest), found: 'damaged' },
    cause,
  });
}

export function damagedHead(cause?: unknown): PresyncError {
  return new PresyncError('STORE_CORRUPT', 'The stored snapshot of a context is damaged.', {
    hint: 'Sync the context again: its snapshot is then stored anew.',
    cause,
  });
}

/** What was stored got lost again and again, though no write failed. */
export function unreliableDisk(): PresyncError {
  return new PresyncError('STORE_IO', 'The store keeps losing objects.', { hint: 'Check the disk of the store.' });
}

export function closedStore(): PresyncError {
  return new PresyncError('STORE_IO', 'The store is closed.', { hint: 'The daemon is ending; try again.' });
}
