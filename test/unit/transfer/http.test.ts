import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fetchStatus } from '../../../src/transfer/http.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** The status document of a daemon that answers so. */
async function statusOf(answer: RequestListener): Promise<unknown> {
  const socketPath = join(temporaryFolder(), 's.sock');
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => void server.close());
  return fetchStatus({ kind: 'socket', socketPath, label: 'here' });
}

test('what a daemon answers is told whole', async () => {
  const document = await statusOf((_, response) => {
    response.write('{"text":"');
    response.write(Buffer.from('ö').subarray(0, 1));
    setImmediate(() => response.end(Buffer.concat([Buffer.from('ö').subarray(1), Buffer.from('"}')])));
  });
  expect(document).toEqual({ text: 'ö' });
});

test('a daemon that dies within its answer is lost', async () => {
  const status = statusOf((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"text":');
    setTimeout(() => response.destroy(), 20);
  });
  await expect(status).rejects.toMatchObject({ code: 'LINK_LOST' });
});
