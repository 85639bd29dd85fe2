import { expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { encodeFrame } from '../../../src/protocol/codec.ts';
import { limits } from '../../../src/protocol/limits.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

const request = { type: 'barrier', context: digestOf(new Uint8Array()), prove: false } as const;

test('an exchange that begins when the link is gone fails at once: nobody would ever answer it', async () => {
  const [near] = memoryLink();
  const client = new Peer(near, 'client');
  const gone = new Promise((resolve) => (client.onClose = resolve));
  near.close(new PresyncError('LINK_LOST', 'cut'));
  await gone;
  await expect(client.converse(request, (exchange) => exchange.receive())).rejects.toMatchObject({ code: 'LINK_LOST' });
});

test('an exchange whose first message is too large leaves nothing behind', async () => {
  const [near, far] = memoryLink();
  const [client, daemon] = [new Peer(near, 'client'), new Peer(far, 'daemon')];
  const digests = Array.from({ length: 9000 }, () => request.context);
  for (let i = 0; i <= limits.openExchanges; i++) {
    await expect(client.begin({ type: 'ahead', digests })).rejects.toMatchObject({ code: 'LIMIT' });
  }
  const asked = new Promise((resolve) => (client.onRequest = (_, message) => resolve(message.type)));
  client.onClose = (why) => client.onRequest(undefined as never, { type: 'error', error: why });
  await daemon.begin(request);
  expect(await asked).toBe('barrier');
});

test('what follows a frame that cannot be decoded is not taken, though the link is not closed at once', async () => {
  const [near, far] = memoryLink();
  const daemon = new Peer(far, 'daemon');
  let requests = 0;
  daemon.onRequest = () => requests++;
  // As a WebSocket does, which waits for the other end's close and hands over what is still on its way.
  let refused: PresyncError | undefined;
  far.close = (why) => (refused = why);
  near.send(new Uint8Array([0xff, 0xff]));
  near.send(encodeFrame(1, request));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(refused).toMatchObject({ code: 'PROTOCOL' });
  expect(requests).toBe(0);
});
