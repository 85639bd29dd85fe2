import { describe, expect, test } from 'vitest';
import { toDisposable } from '../../../src/base/disposable.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { decodeFrame } from '../../../src/protocol/codec.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { FreshContents } from '../../../src/transfer/ahead.ts';
import { AheadSender, receiveAhead } from '../../../src/transfer/ahead.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { MemorySink } from '../../support/memorySink.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

/** What a reading has read, by hand. */
class Reading implements FreshContents {
  readonly #contents = new Map<Digest, Uint8Array>();
  spentBytes = 0;
  #follower: ((digest: Digest, size: number) => void) | undefined;

  read(content: Uint8Array): Digest {
    const digest = digestOf(content);
    this.#contents.set(digest, content);
    this.#follower?.(digest, content.length);
    return digest;
  }

  get left(): number {
    return this.#contents.size;
  }

  get followed(): boolean {
    return this.#follower !== undefined;
  }

  follow(follower: (digest: Digest, size: number) => void) {
    this.#follower = follower;
    for (const [digest, { length }] of this.#contents) follower(digest, length);
    return toDisposable(() => (this.#follower = undefined));
  }

  take(digest: Digest): Uint8Array | undefined {
    const content = this.#contents.get(digest);
    this.#contents.delete(digest);
    return content;
  }

  /** Its memory is used again at once, for something else. */
  spent(content: Uint8Array): void {
    this.spentBytes += content.length;
    content.fill(0xff);
  }
}

const size = 100_000;
const enough = Math.ceil(limits.leastAhead / size);
const content = (byte: number) => new Uint8Array(size).fill(byte);

function rig() {
  const [near, far] = memoryLink();
  const sink = new MemorySink();
  const daemon = new Peer(far, 'daemon');
  let ended: Promise<string> | undefined;
  daemon.onRequest = (exchange, request) => {
    const received = receiveAhead(exchange, request, sink).finally(() => exchange.close());
    ended = received.then(
      () => 'in peace',
      (thrown) => PresyncError.from(thrown).code,
    );
  };
  const sent = () => near.sent.map((frame) => decodeFrame(frame).message.type);
  return { near, far, peer: new Peer(near, 'client'), sink, sent, end: async () => ended };
}

describe('what is read', () => {
  test('is with the daemon when the reading ends, whether it was read before or while it was followed', async () => {
    const { peer, sink, end } = rig();
    const reading = new Reading();
    const digests = [reading.read(content(0)), reading.read(content(1))];
    const sender = new AheadSender(peer, reading);
    for (let i = 2; i < enough + 10; i++) {
      digests.push(reading.read(content(i)));
      if (i % 7 === 0) await new Promise(setImmediate);
    }
    const { digests: sent, bytes } = await sender.end();
    expect(bytes).toBe(sent.size * size);
    expect(sent.size).toBeGreaterThanOrEqual(enough);
    expect([...sent].every((digest) => sink.has(digest))).toBe(true);
    expect(reading.spentBytes).toBe(bytes);
    // The rest, less than is worth a message, is left for the push.
    expect(reading.left).toBe(digests.length - sent.size);
    expect(reading.followed).toBe(false);
    expect(await end()).toBe('in peace');
  });

  test('is not sent when the daemon has it', async () => {
    const { peer, sink } = rig();
    const reading = new Reading();
    const sender = new AheadSender(peer, reading);
    for (let i = 0; i < enough; i++) {
      if (i % 2 === 0) await sink.put(digestOf(content(i)), content(i));
      reading.read(content(i));
    }
    const { digests } = await sender.end();
    expect(digests.size).toBe(Math.floor(enough / 2));
    expect(reading.left).toBe(0);
    expect(reading.spentBytes).toBe(enough * size);
  });

  test('is left for the push when it is little', async () => {
    const { peer, sent } = rig();
    const reading = new Reading();
    const sender = new AheadSender(peer, reading);
    for (let i = 0; i < enough - 1; i++) reading.read(content(i));
    expect((await sender.end()).bytes).toBe(0);
    expect(sent()).toEqual([]);
  });

  test('is left for the push when the link is lost', async () => {
    const { peer, near } = rig();
    const reading = new Reading();
    const sender = new AheadSender(peer, reading);
    near.cutAfterFrames(3);
    for (let i = 0; i < enough * 2; i++) {
      reading.read(content(i));
      await new Promise(setImmediate);
    }
    await sender.end();
    expect(reading.followed).toBe(false);
    expect(reading.left).toBeGreaterThan(0);
  });

  test('is no longer sent when the reading has failed, and the daemon is told', async () => {
    const { peer, end } = rig();
    const reading = new Reading();
    const sender = new AheadSender(peer, reading);
    for (let i = 0; i < enough; i++) reading.read(content(i));
    sender.break();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await end()).toBe('in peace');
  });
});

describe('a daemon takes nothing', () => {
  test('that it has not asked for', async () => {
    const { peer, sink, end } = rig();
    const digest = digestOf(content(1));
    const exchange = await peer.begin({ type: 'ahead', digests: [] });
    await exchange.expect('need');
    await exchange.send({ type: 'chunks', chunks: [{ digest, data: content(1) }] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await end()).toBe('PROTOCOL');
    expect(sink.has(digest)).toBe(false);
  });

  test('twice, and asks for nothing twice', async () => {
    const { peer } = rig();
    const digest = digestOf(content(1));
    const exchange = await peer.begin({ type: 'ahead', digests: [digest, digest] });
    expect((await exchange.expect('need')).digests).toEqual([digest]);
    await exchange.send({ type: 'ahead', digests: [digest] });
    expect((await exchange.expect('need')).digests).toEqual([]);
  });

  test('of more than it could remember', async () => {
    const { peer, end } = rig();
    const many = (from: number) =>
      Array.from({ length: limits.digestsPerNeed }, (_, i) => digestOf(Buffer.from(String(from + i))));
    const exchange = await peer.begin({ type: 'ahead', digests: many(0) });
    for (let from = 4096; from <= limits.neededChunks; from += 4096) {
      await exchange.send({ type: 'ahead', digests: many(from) });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await end()).toBe('LIMIT');
  });
});
