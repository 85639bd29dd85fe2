import { expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/context/digest.ts';
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
