/** Adding up what crossed BuildKit's sessions. */
import type { BuilderTransfer } from './buildEvent.ts';

export const nothingTransferred: BuilderTransfer = { diffCopies: 0, files: 0, bytes: 0 };

export function sumTransfers(transfers: Iterable<BuilderTransfer>): BuilderTransfer {
  let sum = nothingTransferred;
  for (const { diffCopies, files, bytes } of transfers) {
    sum = { diffCopies: sum.diffCopies + diffCopies, files: sum.files + files, bytes: sum.bytes + bytes };
  }
  return sum;
}

/** What came between two totals. */
export function transferSince(now: BuilderTransfer, before: BuilderTransfer): BuilderTransfer {
  return {
    diffCopies: now.diffCopies - before.diffCopies,
    files: now.files - before.files,
    bytes: now.bytes - before.bytes,
  };
}
