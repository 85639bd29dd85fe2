import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { emptySnapshot } from '../../../src/context/snapshot.ts';
import { decodeFrame } from '../../../src/protocol/codec.ts';
import type { Message, Push } from '../../../src/protocol/message.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import type { PushSink } from '../../../src/transfer/receiver.ts';
import { receivePush } from '../../../src/transfer/receiver.ts';
import type { PushOptions, PushOrder } from '../../../src/transfer/sender.ts';
import { push } from '../../../src/transfer/sender.ts';
import { Contents } from '../../support/contents.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

const context = digestOf(fromBytesOf('context'));

function fromBytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

class MemorySink implements PushSink {
  readonly chunks = new Map<Digest, Uint8Array>();
  readonly snapshots = new Map<Digest, Snapshot>([[emptySnapshot.digest, emptySnapshot]]);
  readonly announcements: Digest[] = [];
  head: Snapshot | undefined;

  base(digest: Digest): Promise<Snapshot> {
    const found = this.snapshots.get(digest);
    return found ? Promise.resolve(found) : Promise.reject(new PresyncError('BASE_UNKNOWN', 'unknown'));
  }

  has(chunk: Digest): boolean {
    return this.chunks.has(chunk);
  }

  put(chunk: Digest, content: Uint8Array): Promise<void> {
    if (digestOf(content) !== chunk) return Promise.reject(new PresyncError('PROTOCOL', 'wrong digest'));
    this.chunks.set(chunk, Uint8Array.from(content));
    return Promise.resolve();
  }

  read(chunk: Digest): Promise<Uint8Array> {
    return Promise.resolve(this.chunks.get(chunk)!);
  }

  announced(snapshot: Snapshot): void {
    this.announcements.push(snapshot.digest);
  }

  commit(snapshot: Snapshot): Promise<void> {
    this.snapshots.set(snapshot.digest, snapshot);
    this.head = snapshot;
    return Promise.resolve();
  }
}

function rig() {
  const [near, far] = memoryLink();
  const client = new Peer(near, 'client');
  const daemon = new Peer(far, 'daemon');
  const sink = new MemorySink();
  const contents = new Contents();
  const failures: PresyncError[] = [];
  daemon.onRequest = (exchange, request) => {
    receivePush(exchange, request as Push, sink)
      .catch(async (thrown) => {
        const error = PresyncError.from(thrown);
        failures.push(error);
        await exchange.send({ type: 'error', error }).catch(() => {});
      })
      .finally(() => exchange.close());
  };
  const reads: Digest[] = [];
  const source = {
    readChunk: (_path: string, _offset: number, _size: number, expected: Digest) => {
      reads.push(expected);
      return Promise.resolve(contents.bytes.get(expected)!);
    },
  };
  const options: PushOptions = { known: new Set<Digest>() };
  const run = (target: Snapshot, base?: Snapshot, more: Partial<PushOrder> = {}) =>
    push(client, { context, base, target, asOf: 1, problems: 0, ...more }, source, options);
  const messages = (): Message[] => near.sent.map((frame) => decodeFrame(frame).message);
  return { near, far, client, daemon, sink, contents, run, reads, messages, failures, options };
}

describe('a push', () => {
  test('brings the daemon to the snapshot with its contents', async () => {
    const { run, sink, contents } = rig();
    const target = contents.snapshot(contents.file('a', 'hello'), contents.chunked('big', ['one', 'two']));
    const sent = await run(target);
    expect(sink.head?.digest).toBe(target.digest);
    expect([...contents.bytes.keys()].every((digest) => sink.has(digest))).toBe(true);
    expect(sent).toEqual({ files: 2, bytes: 5 + 6 + 2 * 36 });
  });

  test('of a small save is one message there and one back', async () => {
    const { run, contents, near, messages } = rig();
    const base = contents.snapshot(contents.file('a', 'hello'));
    await run(base);
    const before = near.sent.length;
    await run(contents.snapshot(contents.file('a', 'hello, world')), base);
    expect(
      messages()
        .slice(before)
        .map((message) => message.type),
    ).toEqual(['push', 'changes']);
  });

  test('sends no content that the daemon has', async () => {
    const { run, contents } = rig();
    const first = contents.snapshot(contents.file('a', 'same'));
    await run(first);
    const renamed = await run(contents.snapshot(contents.file('b', 'same')), first);
    expect(renamed).toEqual({ files: 0, bytes: 0 });
  });

  test('asks for everything again when the daemon lost it, known or not', async () => {
    const { run, contents, sink } = rig();
    const target = contents.snapshot(contents.file('a', 'same'));
    await run(target);
    sink.chunks.clear();
    expect(await run(target)).toEqual({ files: 1, bytes: 4 });
  });

  test('of a base that the daemon does not know fails with BASE_UNKNOWN and commits nothing', async () => {
    const { run, contents, sink } = rig();
    const base = contents.snapshot(contents.file('a', '1'));
    const target = contents.snapshot(contents.file('a', '2'));
    await expect(run(target, base)).rejects.toMatchObject({ code: 'BASE_UNKNOWN' });
    expect(sink.head).toBeUndefined();
  });

  test('is announced as soon as it is described, and only where content is still to come', async () => {
    const { run, contents, sink } = rig();
    const files = Array.from({ length: 20 }, (_, i) => contents.file(`f${i}`, `content ${i}`));
    const target = contents.snapshot(...files, contents.chunked('large', ['one', 'two']));
    await run(target);
    expect(sink.announcements).toEqual([target.digest]);
    await run(contents.snapshot(...files), target);
    expect(sink.announcements).toHaveLength(1);
  });

  test('of many files asks for contents in batches and keeps every frame within its limit', async () => {
    const { run, contents, sink, near } = rig();
    const files = Array.from({ length: 5000 }, (_, i) =>
      contents.file(`f${String(i).padStart(5, '0')}`, `content ${i}`),
    );
    const target = contents.snapshot(...files);
    const sent = await run(target);
    expect(sent.files).toBe(5000);
    expect(sink.head?.digest).toBe(target.digest);
    expect(Math.max(...near.sent.map((frame) => frame.length))).toBeLessThan(1024 * 1024);
  });

  test('ends on both sides when the workspace changed meanwhile', async () => {
    const { client, contents, failures, sink } = rig();
    const target = contents.snapshot(contents.file('a', 'x'.repeat(100_000)));
    const source = { readChunk: () => Promise.reject(new PresyncError('CONTEXT_BUSY', 'changed')) };
    const order = { context, base: undefined, target, asOf: 1, problems: 0 };
    await expect(push(client, order, source, { known: new Set() })).rejects.toMatchObject({ code: 'CONTEXT_BUSY' });
    await expect.poll(() => failures.map((failure) => failure.code)).toEqual(['CANCELLED']);
    expect(sink.head).toBeUndefined();
  });

  test('fails on both sides when the link is cut', async () => {
    const { run, contents, near, far, failures, sink } = rig();
    const target = contents.snapshot(...Array.from({ length: 2000 }, (_, i) => contents.file(`f${i}`, `content ${i}`)));
    sink.put = () => {
      near.cut();
      far.cut();
      return Promise.resolve();
    };
    await expect(run(target)).rejects.toMatchObject({ code: 'LINK_LOST' });
    await expect.poll(() => failures.map((failure) => failure.code)).toEqual(['LINK_LOST']);
  });
});

describe('a receiver refuses', () => {
  const cases: [string, (contents: Contents) => Message[]][] = [
    ['a chunk that it did not ask for', () => [{ type: 'chunks', chunks: [packed('x')] }]],
    [
      'content inside changes that belongs to none',
      () => [{ type: 'changes', changes: [], inline: [packed('x')], last: true }],
    ],
    [
      'the removal of what is not there',
      () => [{ type: 'changes', changes: [{ op: 'remove', path: fromText('a') }], inline: [], last: true }],
    ],
    ['changes that lead elsewhere', () => [{ type: 'changes', changes: [], inline: [], last: true }]],
    [
      'content that is not what its digest says',
      (contents) => {
        const file = contents.file('a', 'right');
        const entry = { ...file, chunkList: undefined };
        const chunk = { ...packed('wrong'), digest: file.digest };
        return [{ type: 'changes', changes: [{ op: 'put', path: fromText('a'), entry }], inline: [chunk], last: true }];
      },
    ],
  ];

  test.each(cases)('%s', async (_, messages) => {
    const { client, contents, sink } = rig();
    const target = contents.snapshot(contents.file('never', 'reached')).digest;
    const exchange = await client.begin({ type: 'push', context, base: undefined, target, asOf: 1, problems: 0 });
    for (const message of messages(contents)) await exchange.send(message);
    await expect(exchange.receive()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(sink.head).toBeUndefined();
  });

  function packed(content: string) {
    const data = fromBytesOf(content);
    return { digest: digestOf(data), codec: 'none', size: data.length, data } as const;
  }
});
