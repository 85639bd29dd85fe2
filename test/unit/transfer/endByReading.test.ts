import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { endByReading } from '../../../src/transfer/endByReading.ts';
import { socketPair } from '../../support/socketPair.ts';

/** Writes to an end that is gone and had sent something, before it could be read. Resolves to what was read, and to errors. */
async function read(socket: Socket, other: Socket): Promise<{ text: string; errors: string[] }> {
  const result = { text: '', errors: [] as string[] };
  socket.on('data', (data) => (result.text += data.toString()));
  socket.on('error', (error) => result.errors.push((error as NodeJS.ErrnoException).code ?? ''));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  other.end('said before', () => other.destroy());
  await new Promise((resolve) => other.once('close', resolve));
  socket.cork();
  socket.write('one');
  socket.write('two');
  socket.uncork();
  socket.write(Buffer.alloc(100_000));
  await closed;
  return result;
}

test('what somebody had sent is read to its end, though they are gone when they are written to', async () => {
  const [socket, other] = await socketPair();
  endByReading(socket);
  expect(await read(socket, other)).toEqual({ text: 'said before', errors: [] });
});

test('any other failure of a write ends it as ever', async () => {
  const [socket] = await socketPair();
  socket._write = (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  endByReading(socket);
  const failed = new Promise((resolve) => socket.once('error', resolve));
  socket.write('one');
  expect(await failed).toMatchObject({ code: 'ENOSPC' });
});
