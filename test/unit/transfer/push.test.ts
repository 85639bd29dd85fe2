import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import type { Digest } from '../../../src/context/digest.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { decodeFrame } from '../../../src/protocol/codec.ts';
import type { Path } from '../../../src/context/path.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Message, Push, WireChange } from '../../../src/protocol/message.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { receivePush } from '../../../src/transfer/receiver.ts';
import type { DigestMemory, PushOptions, PushOrder } from '../../../src/transfer/sender.ts';
import { push } from '../../../src/transfer/sender.ts';
import { contentInBytes } from '../../support/contentInBytes.ts';
import { Contents } from '../../support/contents.ts';
import { MemorySink } from '../../support/memorySink.ts';
import { memoryLink } from '../../support/memoryTransport.ts';

const context = digestOf(fromBytesOf('context'));

function fromBytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

interface RigOptions {
  readonly sink?: MemorySink;
  readonly contents?: Contents;
  /** Undefined for a client that sends nothing unasked. */
  readonly known?: DigestMemory | undefined;
}

function rig(rigOptions: RigOptions = {}) {
  const { sink = new MemorySink(), contents = new Contents() } = rigOptions;
  const [near, far] = memoryLink();
  const client = new Peer(near, 'client');
  const daemon = new Peer(far, 'daemon');
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
  const options: PushOptions = { known: 'known' in rigOptions ? rigOptions.known : new Set<Digest>() };
  const run = (target: Snapshot, base?: Snapshot, more: Partial<PushOrder> = {}) =>
    push(client, { context, base, compare: false, target, asOf: 1, problems: 0, ...more }, source, options);
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
    expect(sent).toEqual({ files: 2, bytes: 5 + 6 });
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
    const order = { context, base: undefined, compare: false, target, asOf: 1, problems: 0 };
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

describe('a push of a large file', () => {
  const pieces = Array.from({ length: 3000 }, (_, i) => `piece ${i}`);

  async function pushed(change: (pieces: readonly string[]) => readonly string[]) {
    const test = rig();
    const base = test.contents.snapshot(test.contents.chunked('large', pieces));
    await test.run(base);
    const [sent, received] = [test.near.bytesSent, test.near.bytesReceived];
    const frames = test.near.sent.length;
    const target = test.contents.snapshot(test.contents.chunked('large', change(pieces)));
    await test.run(target, base);
    expect(test.sink.head?.digest).toBe(target.digest);
    const bytes = test.near.bytesSent - sent + test.near.bytesReceived - received;
    return { bytes, frames: test.messages().slice(frames) };
  }

  test('tells the changed chunk and its place, in one message there and one back', async () => {
    const { bytes, frames } = await pushed((before) => before.with(1500, 'changed'));
    expect(frames.map(({ type }) => type)).toEqual(['push', 'changes']);
    expect(bytes).toBeLessThan(500);
  });

  test('tells an insertion at its beginning as one', async () => {
    const { bytes } = await pushed((before) => ['inserted', ...before]);
    expect(bytes).toBeLessThan(500);
  });

  test('with many changes still tells them as changes of its list', async () => {
    const { bytes, frames } = await pushed((before) => before.map((piece, i) => (i % 4 === 0 ? `new ${i}` : piece)));
    const wholeList = 3000 * 36;
    const content = 750 * 48;
    expect(frames.map(({ type }) => type)).toContain('chunks');
    expect(bytes).toBeLessThan(wholeList + content);
  });

  test('that was renamed sends none of it', async () => {
    const { run, contents, near } = rig();
    const base = contents.snapshot(contents.chunked('large', pieces));
    await run(base);
    const sent = near.bytesSent;
    expect(await run(contents.snapshot(contents.chunked('renamed', pieces)), base)).toEqual({ files: 0, bytes: 0 });
    expect(near.bytesSent - sent).toBeLessThan(500);
  });

  test('takes as many pieces of a list as it needs', async () => {
    const { run, contents, sink, messages } = rig();
    const many = Array.from({ length: 5000 }, (_, i) => `${i}`);
    const target = contents.snapshot(contents.chunked('large', many));
    await run(target);
    expect(sink.head?.digest).toBe(target.digest);
    const [announced] = messages().filter((message) => message.type === 'changes');
    const change = announced?.changes[0];
    const list = change?.op === 'put' && change.entry.kind === 'file' ? change.entry.chunks : undefined;
    expect(list?.text).toHaveLength(Math.ceil((5000 * 36) / (64 * 1024)));
  });
});

describe('a push of a renamed folder', () => {
  test('names it, and not what is in it', async () => {
    const { run, contents, near, sink } = rig();
    const files = Array.from({ length: 5000 }, (_, i) => contents.file(`f${i}`, `content ${i}`));
    const base = contents.snapshot(contents.folder('old', ...files));
    await run(base);
    const sent = near.bytesSent;
    const target = contents.snapshot(contents.folder('new', ...files));
    await run(target, base);
    expect(sink.head?.digest).toBe(target.digest);
    expect(near.bytesSent - sent).toBeLessThan(500);
  });
});

describe('a push after one that was cut off', () => {
  const thousands = (contents: Contents) =>
    contents.snapshot(
      ...Array.from({ length: 20 }, (_, folder) =>
        contents.folder(
          `folder${folder}`,
          ...Array.from({ length: 100 }, (_, i) => contents.file(`f${i}`, `${folder} ${i} `.repeat(200))),
        ),
      ),
    );

  /** A push whose link is cut when so many chunks have arrived; then the same again over another link. */
  async function cutAfter(chunks: number, again: 'with its base' | 'without a base') {
    const { near, far, run, contents, sink } = rig();
    const target = thousands(contents);
    const put = sink.put.bind(sink);
    sink.put = (digest, content) => {
      if (sink.arrivals.length === chunks) [near, far].forEach((end) => end.cut());
      return put(digest, content);
    };
    await expect(run(target)).rejects.toMatchObject({ code: 'LINK_LOST' });
    await expect.poll(() => sink.kept?.digest).toBe(target.digest);
    sink.put = put;
    const next = rig({ sink, contents });
    const base = again === 'with its base' ? target : undefined;
    await next.run(target, base, { compare: base === undefined });
    expect(sink.head?.digest).toBe(target.digest);
    return { sink, sent: next.near.sent, messages: next.messages() };
  }

  test.each(['with its base', 'without a base'] as const)('sends no chunk twice, %s', async (again) => {
    const { sink } = await cutAfter(700, again);
    expect(new Set(sink.arrivals).size).toBe(sink.arrivals.length);
  });

  test('that both sides know describes nothing again', async () => {
    const { messages } = await cutAfter(700, 'with its base');
    expect(messages.flatMap((message) => (message.type === 'changes' ? message.changes : []))).toEqual([]);
  });

  test('that only the daemon knows describes no folder again', async () => {
    const { messages } = await cutAfter(700, 'without a base');
    const changes = messages.flatMap((message) => (message.type === 'changes' ? message.changes : []));
    expect(changes).toHaveLength(20);
    expect(changes.every((change) => change.op === 'put' && change.from === change.path)).toBe(true);
  });

  test('goes on where its description broke off', async () => {
    const { run, contents, sink, near } = rig();
    const target = thousands(contents);
    near.cutAfterFrames(3);
    await expect(run(target)).rejects.toMatchObject({ code: 'LINK_LOST' });
    await expect.poll(() => sink.kept).toBeDefined();
    const described = sink.kept!.files;
    expect(described).toBeGreaterThan(500);
    expect(described).toBeLessThan(2000);
    const next = rig({ sink, contents });
    await next.run(target, undefined, { compare: true });
    expect(sink.head?.digest).toBe(target.digest);
    const changes = next.messages().flatMap((message) => (message.type === 'changes' ? message.changes : []));
    expect(changes.length).toBeLessThan(2000 - described + 200);
  });
});

describe('a push whose link is cut at any byte', () => {
  test.each([
    ['whose content is asked for', undefined],
    ['whose content travels with it', new Set<Digest>()],
  ])('sends nothing again that had arrived whole, %s', async (_what, known) => {
    const contents = new Contents();
    const target = contents.snapshot(
      ...Array.from({ length: 9 }, (_, i) => contents.file(`f${i}`, `${i} `.repeat(10 + 30 * i))),
    );
    const uncut = rig({ contents, known: known && new Set() });
    await uncut.run(target);
    const bytes = Buffer.concat(uncut.near.sent);
    for (let at = 0; at < bytes.length; at += 31) {
      const memory = known && new Set<Digest>();
      const first = rig({ contents, known: memory });
      first.near.cutAfterBytes(at);
      await expect(first.run(target)).rejects.toMatchObject({ code: 'LINK_LOST' });
      const { sink } = first;
      const { whole } = contentInBytes(bytes.subarray(0, at));
      await expect.poll(() => sink.chunks.size, { interval: 1 }).toBe(whole.size);
      const next = rig({ contents, sink, known: memory });
      await next.run(target, undefined, { compare: true });
      expect(sink.head?.digest).toBe(target.digest);
      expect(sink.arrivals).toHaveLength(sink.chunks.size);
    }
  });

  test('is taken in as far as it had arrived, though nobody is left to be asked for more', async () => {
    const { run, contents, sink, near, far } = rig({ known: undefined });
    const files = Array.from({ length: limits.neededChunks }, (_, i) => contents.file(`f${i}`, `content ${i}`));
    const asked = () =>
      far.sent
        .map((frame) => decodeFrame(frame).message)
        .reduce((sum, message) => sum + (message.type === 'need' ? message.digests.length : 0), 0);
    let arrived = 0;
    const onFrame = far.onFrame;
    far.onFrame = (frame) => {
      arrived += contentInBytes(Buffer.from(frame)).whole.size;
      onFrame(frame);
    };
    const put = sink.put.bind(sink);
    sink.put = async (digest, content) => {
      // A slow disk: all that was asked for has come before the first of it is stored.
      if (sink.arrivals.length === 0) {
        await expect.poll(() => arrived).toBe(asked());
        [near, far].forEach((end) => end.cut());
      }
      return put(digest, content);
    };
    await expect(run(contents.snapshot(...files))).rejects.toMatchObject({ code: 'LINK_LOST' });
    await expect.poll(() => sink.chunks.size).toBe(arrived);
    // So many that the next would have been asked for in between.
    expect(arrived).toBeGreaterThan(limits.neededChunks / 2);
  });
});

describe('a push without a common base', () => {
  test('describes the folders that differ, and finds them in a few rounds', async () => {
    const { run, contents, sink, messages } = rig();
    const deep = (name: string, depth: number): ReturnType<Contents['folder']> =>
      depth === 0
        ? contents.folder(name, contents.file('leaf', name))
        : contents.folder(name, ...['a', 'b', 'c'].map((child) => deep(child, depth - 1)));
    sink.head = contents.snapshot(...['x', 'y', 'z'].map((name) => deep(name, 5)));
    const target = contents.snapshot(
      ...['x', 'y'].map((name) => deep(name, 5)),
      contents.folder('z', contents.file('new', 'new')),
    );
    await run(target, undefined, { compare: true });
    expect(sink.head?.digest).toBe(target.digest);
    const types = messages().map(({ type }) => type);
    expect(types.filter((type) => type === 'compare').length).toBeLessThanOrEqual(3);
    const changes = messages().flatMap((message) => (message.type === 'changes' ? message.changes : []));
    expect(changes.map(({ path }) => path)).toEqual(['x', 'y', 'z', 'z/new']);
  });

  test('uses the chunk lists that the daemon has', async () => {
    const { run, contents, sink, messages } = rig();
    const large = contents.chunked(
      'large',
      Array.from({ length: 5000 }, (_, i) => `${i}`),
    );
    await run(contents.snapshot(large));
    const before = messages().length;
    const target = contents.snapshot(large, contents.file('small', 's'));
    await run(target, undefined, { compare: true });
    expect(sink.head?.digest).toBe(target.digest);
    expect(
      messages()
        .slice(before)
        .filter(({ type }) => type === 'chunks'),
    ).toHaveLength(0);
  });
});

describe('a receiver', () => {
  test('asks a window ahead, not for everything', async () => {
    const { run, contents, far } = rig();
    const files = Array.from({ length: 100 }, (_, i) => contents.file(`f${i}`, `${i} `.repeat(100_000)));
    await run(contents.snapshot(...files));
    const needs = far.sent.map((frame) => decodeFrame(frame).message).filter((message) => message.type === 'need');
    expect(needs.length).toBeGreaterThan(1);
    expect(needs.flatMap(({ digests }) => digests)).toHaveLength(100);
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
    [
      'a folder that is taken over from nowhere',
      () => [
        {
          type: 'changes',
          changes: [{ op: 'put', path: fromText('a'), entry: folderHead('a'), from: fromText('b') }],
          inline: [],
          last: true,
        },
      ],
    ],
    [
      'an edit of a list that it does not have',
      (contents) => [{ type: 'changes', changes: [putEdited(contents, fromText('b'))], inline: [], last: true }],
    ],
    [
      'a chunk list of another size than its file',
      (contents) => {
        const file = contents.chunked('a', ['one', 'two']);
        const chunks = { digest: digestOf(file.chunks!.packed), base: undefined, text: file.chunks!.packed };
        return [
          {
            type: 'changes',
            changes: [{ op: 'put', path: fromText('a'), entry: { ...file, size: 7, chunks } }],
            inline: [],
            last: true,
          },
        ];
      },
    ],
    ['a comparison that was not announced', () => [{ type: 'compare', folders: [] }]],
    ['changes that lead elsewhere', () => [{ type: 'changes', changes: [], inline: [], last: true }]],
    [
      'content that is not what its digest says',
      (contents) => {
        const file = contents.file('a', 'right');
        const entry = { ...file, chunks: undefined };
        const chunk = { ...packed('wrong'), digest: file.digest };
        return [{ type: 'changes', changes: [{ op: 'put', path: fromText('a'), entry }], inline: [chunk], last: true }];
      },
    ],
  ];

  test.each(cases)('%s', async (_, messages) => {
    const { client, contents, sink } = rig();
    const target = contents.snapshot(contents.file('never', 'reached')).digest;
    const exchange = await client.begin({
      type: 'push',
      context,
      base: undefined,
      target,
      asOf: 1,
      problems: 0,
      compare: false,
    });
    for (const message of messages(contents)) await exchange.send(message);
    await expect(exchange.receive()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(sink.head).toBeUndefined();
  });

  function folderHead(name: string) {
    return { kind: 'directory', name: fromText(name), mode: 0o755, mtime: 0n } as const;
  }

  function putEdited(contents: Contents, base: Path): WireChange {
    const file = contents.chunked('a', ['one', 'two']);
    const chunks = { digest: digestOf(file.chunks!.packed), base, text: Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0) };
    return { op: 'put', path: fromText('a'), entry: { ...file, chunks } };
  }

  function packed(content: string) {
    const data = fromBytesOf(content);
    return { digest: digestOf(data), data };
  }
});
