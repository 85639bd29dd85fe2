import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { PresyncError } from '../../base/errors.ts';
import { withTimeout } from '../../base/time.ts';
import { timeouts } from '../../protocol/limits.ts';
import { daemonLimits } from '../limits.ts';

/**
 * The body of a request that asks for an upgrade, such as the JSON of `POST /exec/{id}/start`: Node leaves it to whoever
 * handles the upgrade. What follows it belongs to the new protocol and stays in `client`.
 * LIMIT for a body that is large, PROTOCOL for one of unknown length, LINK_LOST, TIMEOUT.
 */
export async function takeBody(request: IncomingMessage, client: Socket, head: Buffer): Promise<Buffer> {
  if (request.headers['transfer-encoding'] !== undefined) {
    throw new PresyncError('PROTOCOL', 'A request for an upgrade must say how long its body is.');
  }
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > daemonLimits.upgradeBodyBytes) {
    throw new PresyncError('LIMIT', `A request for an upgrade has a body of ${length} bytes.`);
  }
  const all = await withTimeout(readAtLeast(length, client, head), timeouts.handshake, 'The body of a request');
  if (all.length > length) client.unshift(all.subarray(length));
  return all.subarray(0, length);
}

async function readAtLeast(length: number, client: Socket, head: Buffer): Promise<Buffer> {
  let all = head;
  while (all.length < length) {
    const next = client.read() as Buffer | null;
    if (next === null) await moreOf(client);
    else all = Buffer.concat([all, next]);
  }
  return all;
}

function moreOf(client: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (finish: () => void) => () => {
      client.off('readable', onReadable).off('end', onEnd).off('close', onEnd);
      finish();
    };
    const onReadable = done(resolve);
    const onEnd = done(() => reject(new PresyncError('LINK_LOST', 'The client ended in the middle of a request.')));
    client.once('readable', onReadable).once('end', onEnd).once('close', onEnd);
  });
}
