import { describe, expect, it } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { StreamMessage } from '../../../src/protocol/message.ts';
import type { ByteStream } from '../../../src/transfer/byteStream.ts';
import { Streams } from '../../../src/transfer/byteStream.ts';

/** Two ends that hand each other their messages, each in a later turn. */
function pair() {
  const messages: StreamMessage[] = [];
  const ends: Streams[] = [];
  const carrier = (other: number) => ({
    send(message: StreamMessage): Promise<void> {
      messages.push(message);
      setImmediate(() => ends[other]!.deliver(message));
      return Promise.resolve();
    },
  });
  ends.push(new Streams(carrier(1)), new Streams(carrier(0)));
  const [near, far] = ends as [Streams, Streams];
  return { near, far, messages };
}

async function all(stream: ByteStream): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 20));
const sentBytes = (messages: readonly StreamMessage[]) =>
  messages.reduce((sum, message) => sum + (message.type === 'streamData' ? message.data.length : 0), 0);

describe('a byte stream', () => {
  it('carries more than its window both ways at once, in order, and each way ends by itself', async () => {
    const { near, far } = pair();
    const [one, other] = [near.open(1), far.open(1)];
    const up = Buffer.from(Array.from({ length: 5 * limits.streamWindowBytes }, (_, i) => (i * 31) % 253));
    const down = Buffer.from(up).reverse();
    const [gotUp, gotDown] = await Promise.all([
      all(other),
      all(one),
      one.write(up).then(() => one.end()),
      other.write(down).then(() => other.end()),
    ]);
    expect(gotUp.equals(up)).toBe(true);
    expect(gotDown.equals(down)).toBe(true);
  });

  it('goes on in one direction after the other has ended', async () => {
    const { near, far } = pair();
    const [one, other] = [near.open(1), far.open(1)];
    await one.end();
    expect((await all(other)).length).toBe(0);
    await other.write(Buffer.from('still'));
    await other.end();
    expect(String(await all(one))).toBe('still');
  });

  it('holds back a sender whose reader does not read, and no other stream', async () => {
    const { near, far, messages } = pair();
    const slow = near.open(1);
    far.open(1);
    let written = false;
    void slow.write(Buffer.alloc(3 * limits.streamWindowBytes)).then(() => (written = true));
    await turns();
    expect(sentBytes(messages)).toBe(limits.streamWindowBytes);
    expect(written).toBe(false);
    const [quick, reader] = [near.open(2), far.open(2)];
    await quick.write(Buffer.from('past it'));
    await quick.end();
    expect(String(await all(reader))).toBe('past it');
  });

  it('ends both ways with an error: readers, writers and those who come later are told', async () => {
    const { near, far } = pair();
    const [one, other] = [near.open(1), far.open(1)];
    const reading = all(other);
    const stuck = other.write(Buffer.alloc(2 * limits.streamWindowBytes));
    const why = new PresyncError('SSH_AGENT', 'gone');
    await one.fail(why);
    await expect(reading).rejects.toMatchObject({ code: 'SSH_AGENT', message: 'gone' });
    await expect(stuck).rejects.toMatchObject({ code: 'SSH_AGENT' });
    await expect(all(one)).rejects.toBe(why);
    await expect(one.write(Buffer.from('x'))).rejects.toBe(why);
  });

  it('is failed by a sender that goes past its window or past its end', async () => {
    for (const trespass of ['window', 'end'] as const) {
      const { far, messages } = pair();
      const stream = far.open(1);
      if (trespass === 'end') far.deliver({ type: 'streamEnd', stream: 1, error: undefined });
      const count = trespass === 'window' ? limits.streamWindowBytes / limits.streamPieceBytes + 1 : 1;
      for (let i = 0; i < count; i++) {
        far.deliver({ type: 'streamData', stream: 1, data: new Uint8Array(limits.streamPieceBytes) });
      }
      await expect(all(stream)).rejects.toMatchObject({ code: 'PROTOCOL' });
      expect(messages.at(-1)).toMatchObject({ type: 'streamEnd', error: { code: 'PROTOCOL' } });
    }
  });

  it('takes no more credit than its window, whatever it is told', async () => {
    const { near, messages } = pair();
    const stream = near.open(1);
    near.deliver({ type: 'streamCredit', stream: 1, bytes: 2 ** 31 });
    void stream.write(Buffer.alloc(4 * limits.streamWindowBytes)).catch(() => {});
    await turns();
    expect(sentBytes(messages)).toBe(limits.streamWindowBytes);
  });

  it('that is opened when its exchange is over has failed, and the other end hears nothing of it', async () => {
    const { near, messages } = pair();
    near.close(new PresyncError('LINK_LOST', 'cut'));
    const stream = near.open(1);
    await expect(all(stream)).rejects.toMatchObject({ code: 'LINK_LOST' });
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'LINK_LOST' });
    await stream.end();
    expect(messages).toEqual([]);
  });

  it('is one of a bounded number, each with a number of its own; what is over makes room', async () => {
    const { near, far } = pair();
    for (let id = 1; id <= limits.streamsPerExchange; id++) near.open(id);
    expect(() => near.open(1)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
    expect(() => near.open(99)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    near.deliver({ type: 'streamEnd', stream: 1, error: new PresyncError('CANCELLED', 'over') });
    const stream = near.open(99);
    const other = far.open(99);
    await stream.end();
    await other.end();
    await turns();
    expect(() => near.open(99)).not.toThrow();
  });
});
