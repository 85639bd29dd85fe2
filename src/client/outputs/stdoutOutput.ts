import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PresyncError } from '../../base/errors.ts';
import type { ResultReceiver } from './outputs.ts';

/** A result on standard output, as slowly as whoever reads it takes it. OUTPUT_FAILED for a terminal. */
export function openStdoutOutput(stdout: Writable & { readonly isTTY?: boolean }): ResultReceiver {
  if (stdout.isTTY === true) {
    throw new PresyncError('OUTPUT_FAILED', 'An archive is not written to a terminal.', {
      hint: 'Redirect standard output, or name a file with dest=FILE.',
    });
  }
  return {
    async receive(bytes) {
      try {
        await pipeline(bytes, stdout, { end: false });
      } catch (thrown) {
        if (thrown instanceof PresyncError) throw thrown;
        throw new PresyncError('OUTPUT_FAILED', 'Standard output was closed.', { cause: thrown });
      }
    },
    close: () => Promise.resolve(),
  };
}
