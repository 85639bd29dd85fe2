import { addAbortSignal } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { ContentReader } from '../../../src/builder/contentReader.ts';
import { fsutil } from '../../../src/builder/generated/buildkit.js';
import { Generations } from '../../../src/builder/generations.ts';
import { GrpcConnection } from '../../../src/builder/grpc/client.ts';
import { frame } from '../../../src/builder/grpc/framing.ts';
import { readMessages } from '../../../src/builder/grpc/messages.ts';
import { serveGrpc } from '../../../src/builder/grpc/server.ts';
import { builderLimits } from '../../../src/builder/limits.ts';
import { fileSync } from '../../../src/builder/session/fileSync.ts';
import { basicServices } from '../../../src/builder/session/sessionServices.ts';
import type { FileEntry } from '../../../src/context/entry.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { Contents } from '../../support/contents.ts';
import { receiveTree } from '../../support/fakeReceiver.ts';
import { socketPair } from '../../support/socketPair.ts';

const asking = { 'dir-name': 'presync-x', 'exclude-patterns': '.presync-gen-g1' };
const { Packet } = fsutil;

/** Content in pieces, each after a turn of the event loop. */
function readerOf(contents: Contents, pieceBytes = 100_000): ContentReader {
  return {
    async *read(file: FileEntry) {
      const bytes = contents.bytes.get(file.digest)!;
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        await sleep(0);
        yield bytes.subarray(at, at + pieceBytes);
      }
    },
  };
}

async function offer(tree: Snapshot, content: ContentReader) {
  const [near, far] = await socketPair();
  const generations = new Generations('session', content);
  const generation = generations.create({ id: 'g1', sharedKey: 'k', contextName: 'x', tree });
  const methods = new Map([...basicServices(() => {}), ...fileSync((metadata) => generations.choose(metadata))]);
  serveGrpc(far, methods, silentLogger);
  return { engine: new GrpcConnection(near), generation };
}

describe('a DiffCopy', () => {
  it('sends every file that is asked for, whole', async () => {
    const contents = new Contents();
    const texts = new Map(Array.from({ length: 60 }, (_, i) => [`f${i}`, `content of ${i} `.repeat(i * 500)]));
    const tree = contents.snapshot(...[...texts].map(([name, text]) => contents.file(name, text)));
    const { engine, generation } = await offer(tree, readerOf(contents));
    const received = await receiveTree(engine, asking);
    expect(received.status?.code).toBe(0);
    expect(received.stats).toHaveLength(60);
    for (const [name, text] of texts) expect(received.files.get(name as ByteString)!.toString()).toBe(text);
    expect(generation.transfer).toEqual({ diffCopies: 1, files: 60, bytes: tree.bytes });
  });

  it('sends nothing that is not asked for', async () => {
    const contents = new Contents();
    const { engine, generation } = await offer(
      contents.snapshot(contents.file('a', 'aaa'), contents.file('b', 'bb')),
      readerOf(contents),
    );
    const received = await receiveTree(engine, asking, (path) => path === 'b');
    expect([...received.files.keys()]).toEqual(['b']);
    expect(generation.transfer).toEqual({ diffCopies: 1, files: 1, bytes: 2 });
  });

  it('sends an empty file as an end alone', async () => {
    const contents = new Contents();
    const { engine } = await offer(contents.snapshot(contents.file('e', '')), readerOf(contents));
    expect((await receiveTree(engine, asking)).files.get('e' as ByteString)).toEqual(Buffer.alloc(0));
  });

  it('cuts content into packets of bounded size', async () => {
    const contents = new Contents();
    const size = 3 * builderLimits.dataBytes + 5;
    const tree = contents.snapshot(contents.file('big', 'x'.repeat(size)));
    const { engine } = await offer(tree, readerOf(contents, size));
    const { stream } = engine.open('/moby.filesync.v1.FileSync/DiffCopy', asking);
    stream.write(frame(Packet.encode({ type: Packet.Type.REQ, id: 0 }).finish()));
    const sizes: number[] = [];
    for await (const message of readMessages(stream)) {
      const packet = Packet.decode(message);
      if (packet.type !== Packet.Type.DATA) continue;
      sizes.push(packet.data.length);
      if (packet.data.length === 0) break;
    }
    expect(sizes).toEqual([builderLimits.dataBytes, builderLimits.dataBytes, builderLimits.dataBytes, 5, 0]);
  });

  it('reads a bounded number of files at a time', async () => {
    const contents = new Contents();
    const files = Array.from({ length: 40 }, (_, i) => contents.file(`f${i}`, `text ${i}`));
    let reading = 0;
    let most = 0;
    const counting: ContentReader = {
      async *read(file) {
        most = Math.max(most, ++reading);
        await sleep(2);
        yield contents.bytes.get(file.digest)!;
        reading--;
      },
    };
    const { engine } = await offer(contents.snapshot(...files), counting);
    expect((await receiveTree(engine, asking)).files.size).toBe(40);
    expect(most).toBe(builderLimits.filesInFlight);
  });

  it('refuses a generation that is unknown, not named, or gone', async () => {
    const contents = new Contents();
    const { engine, generation } = await offer(contents.snapshot(contents.file('a', 'a')), readerOf(contents));
    const refusals = [
      { ...asking, 'exclude-patterns': '.presync-gen-g2' },
      { ...asking, 'exclude-patterns': 'node_modules' },
      { ...asking, 'exclude-patterns': ['.presync-gen-g1', 'x'] },
      { 'dir-name': 'context' },
    ];
    for (const headers of refusals) expect((await receiveTree(engine, headers)).status?.code).toBe(5);
    expect((await receiveTree(engine, asking)).status?.code).toBe(0);
    generation.dispose();
    expect((await receiveTree(engine, asking)).status?.code).toBe(5);
  });

  it.each([
    ['short', 'abc', 4],
    ['long', 'abcde', 4],
  ])('fails when content comes out too %s', async (_, text, size) => {
    const contents = new Contents();
    const file = { ...contents.file('f', text), size };
    const { engine, generation } = await offer(contents.snapshot(file), readerOf(contents));
    const received = await receiveTree(engine, asking);
    expect(received.error).toContain('not 4 bytes long');
    expect(received.status?.code).toBe(13);
    expect(received.files.size).toBe(0);
    expect(generation.record.takeFailure()).toMatchObject({ code: 'STORE_CORRUPT' });
    expect(generation.record.takeFailure()).toBeUndefined();
  });

  it('fails when content cannot be read, and says why to us alone', async () => {
    const contents = new Contents();
    const failing: ContentReader = {
      async *read() {
        await sleep(0);
        throw new PresyncError('STORE_CORRUPT', 'A chunk is damaged.', { cause: new Error('secret path') });
      },
    };
    const { engine, generation } = await offer(contents.snapshot(contents.file('f', 'x')), failing);
    const received = await receiveTree(engine, asking);
    expect(received.error).toBe('A chunk is damaged.');
    expect(received.status?.code).not.toBe(0);
    expect(generation.record.takeFailure()).toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it.each([
    ['a file that was not offered', [{ type: Packet.Type.REQ, id: 7 }]],
    ['a directory', [{ type: Packet.Type.REQ, id: 1 }]],
    [
      'a file twice',
      [
        { type: Packet.Type.REQ, id: 0 },
        { type: Packet.Type.REQ, id: 0 },
      ],
    ],
    ['what only a sender sends', [{ type: Packet.Type.DATA, id: 0 }]],
  ])('ends when the receiver asks for %s', async (_, packets) => {
    const contents = new Contents();
    const directory = { ...contents.snapshot(), name: 'd' as ByteString };
    const { engine } = await offer(contents.snapshot(contents.file('a', 'a'), directory), readerOf(contents));
    const { stream, status } = engine.open('/moby.filesync.v1.FileSync/DiffCopy', asking);
    stream.resume();
    await sleep(20);
    for (const packet of packets) stream.write(frame(Packet.encode(packet).finish()));
    expect((await status)?.code).toBe(13);
  });

  it('stops reading when the receiver cancels', async () => {
    const contents = new Contents();
    let signal: AbortSignal | undefined;
    const endless: ContentReader = {
      async *read(_file, stop) {
        signal = stop;
        while (!stop.aborted) {
          await sleep(1);
          yield Buffer.alloc(10);
        }
      },
    };
    const file = { ...contents.file('f', 'x'), size: 2 ** 40 };
    const { engine, generation } = await offer(contents.snapshot(file), endless);
    const { stream } = engine.open('/moby.filesync.v1.FileSync/DiffCopy', asking);
    stream.on('error', () => {});
    stream.resume();
    stream.write(frame(Packet.encode({ type: Packet.Type.REQ, id: 0 }).finish()));
    await sleep(50);
    expect(signal?.aborted).toBe(false);
    // A reset with CANCEL and no end before it, as a Go client sends it.
    const cancel = new AbortController();
    addAbortSignal(cancel.signal, stream);
    cancel.abort();
    await sleep(50);
    expect(signal?.aborted).toBe(true);
    expect(generation.record.takeFailure()).toBeUndefined();
  });

  it('does not keep a health check waiting while a receiver does not read', async () => {
    const contents = new Contents();
    const tree = contents.snapshot(contents.file('big', 'x'.repeat(5 << 20)));
    const { engine } = await offer(tree, readerOf(contents, 1 << 20));
    const { stream } = engine.open('/moby.filesync.v1.FileSync/DiffCopy', asking);
    stream.write(frame(Packet.encode({ type: Packet.Type.REQ, id: 0 }).finish()));
    await sleep(50);
    const answer = await engine.unary('/grpc.health.v1.Health/Check', Buffer.alloc(0), { timeoutMs: 1000 });
    expect(Buffer.from(answer).toString('hex')).toBe('0801');
    stream.on('error', () => {});
    stream.close(8);
  });
});
