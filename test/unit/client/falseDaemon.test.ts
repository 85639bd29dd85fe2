/** A daemon that lies: it learns nothing that was not announced to it, and what it claims is not believed. */
import { describe, expect, test } from 'vitest';
import type { PresyncError } from '../../../src/base/errors.ts';
import { Pusher } from '../../../src/client/pusher.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Message } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { Contents } from '../../support/contents.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

const context = digestOf(Buffer.from('context'));

/** Pushes a folder of one file to a daemon that answers as it is told; what came of it, and what was read for it. */
async function pushTo(answer: (exchange: Exchange, target: Digest, file: Digest) => Promise<void>) {
  const contents = new Contents();
  const file = contents.file('public', 'x'.repeat(50_000));
  const snapshot = contents.snapshot(file);
  const [near, far] = memoryLink();
  const daemon = new Peer(far, 'daemon');
  daemon.onRequest = (exchange) => void answer(exchange, snapshot.digest, file.digest).catch(() => {});
  const read: Digest[] = [];
  const source = {
    readChunk(_path: unknown, _offset: number, _size: number, expected: Digest) {
      read.push(expected);
      return Promise.resolve(contents.bytes.get(expected)!);
    },
  };
  const pusher = new Pusher(context, source, 'guest');
  const reading = { snapshot, problems: [], asOf: 1, ms: 1, atRest: true, prove: neverProven };
  const failure = await pusher
    .bring(new Peer(near, 'client'), reading, () => Promise.resolve(reading), {})
    .then(() => undefined)
    .catch((error: unknown) => error as PresyncError);
  return { failure, read, acknowledged: pusher.acknowledged, file };
}

const neverProven = () => Promise.reject(new Error('nobody asked for a proof'));

/** Takes what comes until all changes are here. */
async function described(exchange: Exchange): Promise<void> {
  for (;;) {
    const message = await exchange.receive();
    if (message.type === 'changes' && message.last) return;
  }
}

describe('a daemon that asks', () => {
  test.each([
    ['for what was not announced', digestOf(Buffer.from('the private key'))],
    ['for nothing at all', digestOf(Buffer.alloc(0))],
  ])('%s is not answered, and nothing is read', async (_, digest) => {
    const { failure, read } = await pushTo(async (exchange) => {
      await described(exchange);
      await exchange.send({ type: 'need', digests: [digest] });
    });
    expect(failure).toMatchObject({ code: 'PROTOCOL' });
    expect(read).toEqual([]);
  });

  test('for everything, again and again, gets what was announced and nothing else', async () => {
    const { failure, read, file } = await pushTo(async (exchange, target, digest) => {
      await described(exchange);
      for (let i = 0; i < 5; i++) await exchange.send({ type: 'need', digests: [digest] });
      for (let i = 0; i < 5; i++) await exchange.expect('chunks');
      await exchange.send({ type: 'committed', snapshot: target });
    });
    expect(failure).toBeUndefined();
    expect(new Set(read)).toEqual(new Set([file.digest]));
  });
});

describe('a daemon that acknowledges', () => {
  test.each([
    ['another snapshot', digestOf(Buffer.from('another'))],
    ['none', digestOf(Buffer.alloc(0))],
  ])('%s is not believed', async (_, snapshot) => {
    const { failure, acknowledged } = await pushTo(async (exchange) => {
      await described(exchange);
      await exchange.send({ type: 'committed', snapshot });
    });
    expect(failure).toMatchObject({ code: 'PROTOCOL' });
    expect(acknowledged).toBeUndefined();
  });
});

describe('a daemon that answers', () => {
  test.each<[string, Message]>([
    ['with an answer to something else', { type: 'opened', snapshot: undefined, ownership: 'yours' } as Message],
    ['with a request', { type: 'barrier', context, prove: false }],
    ['with content', { type: 'chunks', chunks: [] }],
  ])('%s fails the push', async (_, message) => {
    const { failure } = await pushTo((exchange) => exchange.send(message) as Promise<never>);
    expect(failure).toMatchObject({ code: 'PROTOCOL' });
  });
});
