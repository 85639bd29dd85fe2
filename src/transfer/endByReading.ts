import type { Duplex } from 'node:stream';
import { systemErrorCode } from '../base/errors.ts';

/** How a write fails when nobody is there any more. */
const gone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET']);

type Done = (error?: Error | null) => void;

/**
 * Lets a socket end only when it has been read to its end. A write to who is gone would destroy it at once, and with it what
 * they had sent before and nobody has read yet. So such a write counts as done: that they are gone is found by reading.
 */
export function endByReading(socket: Duplex): void {
  const write = socket._write.bind(socket);
  const writev = socket._writev?.bind(socket);
  socket._write = (chunk, encoding, done) => write(chunk, encoding, unlessGone(done));
  if (writev !== undefined) socket._writev = (chunks, done) => writev(chunks, unlessGone(done));
}

function unlessGone(done: Done): Done {
  return (error) => done(error && gone.has(systemErrorCode(error)) ? null : error);
}
