/** What a client does that is none of ours: it is told so, and nobody else notices. */
import { describe, expect, test } from 'vitest';
import { fromText } from '../../../src/base/bytes.ts';
import { digestOf } from '../../../src/context/digest.ts';
import { emptySnapshot } from '../../../src/context/snapshot.ts';
import { daemonLimits } from '../../../src/daemon/limits.ts';
import { encodeFrame } from '../../../src/protocol/codec.ts';
import { limits } from '../../../src/protocol/limits.ts';
import type { Message } from '../../../src/protocol/message.ts';
import { Contents } from '../../support/contents.ts';
import type { RigLink } from '../../support/daemonRig.ts';
import { codeOf, DaemonRig } from '../../support/daemonRig.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const context = digestOf(Buffer.from('context'));
const stranger = digestOf(Buffer.from('another'));

const hello = (...versions: number[]): Message => {
  return { type: 'hello', versions, program: 'test', features: ['of', 'tomorrow'], codecs: ['none', 'zstd'] };
};

const build: Message = {
  type: 'build',
  context,
  snapshot: undefined,
  hold: false,
  request: {
    dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
    tags: [],
    target: undefined,
    buildArgs: new Map(),
    noCache: false,
  },
  offer: { secrets: false, agents: false, registries: false, outputs: false, archive: false },
};

const push = { type: 'push', context, base: undefined, target: stranger, asOf: 1, problems: 0 } as Message;

/** What a request is answered with. */
async function answerTo(link: RigLink, request: Message): Promise<string> {
  return link.peer
    .converse(request, async (exchange) => (await exchange.receive()).type)
    .catch((e: unknown) => {
      return (e as { code: string }).code;
    });
}

/** Whether the daemon goes on to serve others. */
async function serves(rig: DaemonRig): Promise<void> {
  const link = await rig.greeted();
  expect(await codeOf(rig.openContext(link, digestOf(Buffer.from(`fresh ${Math.random()}`))))).toBeUndefined();
}

describe('a greeting', () => {
  test.each([
    ['of version 0', [0], 'DAEMON_NEWER'],
    ['of no version', [], 'DAEMON_NEWER'],
    ['of the next version', [2], 'DAEMON_OLDER'],
    ['of the last version that there can be', [2 ** 32 - 1], 'DAEMON_OLDER'],
  ])('%s is answered with who has to be updated, and the link ends', async (_, versions, code) => {
    const rig = await DaemonRig.open(temporaryFolder());
    const { peer } = rig.connect();
    await peer.notices.send(hello(...versions));
    await expect(peer.notices.receive()).rejects.toMatchObject({ code, hint: expect.stringMatching(/\w/) as unknown });
    expect(await codeOf(peer.notices.receive())).toBe('LINK_LOST');
    await serves(rig);
  });

  test('with features and codecs that are not known is answered with what both have', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const { peer } = rig.connect();
    await peer.notices.send(hello(7, 1));
    const answer = await peer.notices.expect('hello');
    expect(answer).toMatchObject({ versions: [1] });
    expect(answer.features).not.toContain('tomorrow');
  });

  test('that comes twice changes nothing', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    await link.peer.notices.send(hello(1));
    expect(await codeOf(rig.openContext(link, context))).toBeUndefined();
  });

  test('comes first: what is asked before it is not answered', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = rig.connect();
    const exchange = await link.peer.begin({ ...push });
    await link.peer.notices.send(hello(1));
    await link.peer.notices.expect('hello');
    await expect(exchange.receive({ timeout: 200 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect([...rig.hub.all]).toEqual([]);
  });

  test('that is no greeting ends the link', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = rig.connect();
    await link.peer.notices.send({ type: 'committed', snapshot: context });
    expect(await codeOf(link.peer.notices.receive())).toBe('LINK_LOST');
    await serves(rig);
  });
});

describe('a request', () => {
  test.each([
    ['a push', push],
    ['a build', build],
  ])('for a context that was not opened on this link is refused: %s', async (_, request) => {
    const rig = await DaemonRig.open(temporaryFolder());
    const other = await rig.greeted();
    await rig.openContext(other, context, 'owner');
    const link = await rig.greeted();
    expect(await answerTo(link, request)).toBe('PROTOCOL');
  });

  test('that only a daemon may make is refused', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    expect(await answerTo(link, { type: 'barrier', context, prove: false })).toBe('PROTOCOL');
  });

  test('under an id of the daemon, or that begins with an answer, is passed over', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    const before = link.near.bytesReceived;
    link.near.send(encodeFrame(2, push));
    link.near.send(encodeFrame(99, { type: 'committed', snapshot: context }));
    await serves(rig);
    expect(link.near.bytesReceived).toBe(before);
    expect(link.near.closedWith).toBeUndefined();
  });

  test(`is one of ${limits.openExchanges} at once; one more ends the link`, async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    await rig.openContext(link, context, 'owner');
    // The notices are an exchange too, and pushes wait for their changes.
    const begin = () => link.peer.begin(push);
    for (let i = 0; i < limits.openExchanges; i++) await begin();
    const other = await rig.greeted();
    expect(await codeOf(rig.openContext(other, context))).toBeUndefined();
    expect(link.near.closedWith).toBeUndefined();
    const last = await begin();
    expect(await codeOf(last.receive())).toBe('LINK_LOST');
    await serves(rig);
  });

  test('to build a snapshot that is not known is refused, whatever it is like', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    await rig.openContext(link, context, 'owner');
    for (const snapshot of [stranger, digestOf(Buffer.alloc(0)), emptySnapshot.digest]) {
      expect(await answerTo(link, { ...build, snapshot } as Message)).toBe('SNAPSHOT_UNKNOWN');
    }
  });

  test('to build what the owner has, where nobody owns it, is refused', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    await rig.openContext(link, context);
    expect(await answerTo(link, build)).toBe('OWNER_SILENT');
  });
});

describe('a push', () => {
  /** A client that announces one file and is asked for its content. */
  async function asked(rig: DaemonRig) {
    const link = await rig.greeted();
    await rig.openContext(link, context, 'owner');
    const contents = new Contents();
    const file = contents.file('a', 'right');
    const target = contents.snapshot(file);
    const order = { ...push, target: target.digest } as Message;
    const exchange = await link.peer.begin(order);
    const change = { op: 'put', path: file.name, entry: { ...file, chunks: undefined } } as const;
    await exchange.send({ type: 'changes', changes: [change], inline: [], last: true });
    expect(await exchange.expect('need')).toMatchObject({ digests: [file.digest] });
    const send = (text: string) => {
      const data = Buffer.from(text);
      return exchange.send({ type: 'chunks', chunks: [{ digest: file.digest, data }] });
    };
    return { link, exchange, send, target, file };
  }

  test('whose content has another digest is refused and leaves nothing', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    for (const text of ['wrong', 'righ', 'rights']) {
      const { exchange, send, file, link } = await asked(rig);
      await send(text);
      expect(await codeOf(exchange.receive())).toBe('PROTOCOL');
      expect(rig.store.has(file.digest)).toBe(false);
      link.peer.close();
    }
  });

  test('that never sends what it announced is not committed, and the context can be pushed again', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const silent = await asked(rig);
    silent.link.cut();
    const again = await asked(rig);
    await again.send('right');
    expect(await again.exchange.receive()).toMatchObject({ type: 'committed', snapshot: again.target.digest });
    expect((await rig.hub.open(context)).head?.digest).toBe(again.target.digest);
  });

  test('that sends the same content twice is refused the second time', async () => {
    const rig = await DaemonRig.open(temporaryFolder());
    const { exchange, file } = await asked(rig);
    const chunk = { digest: file.digest, data: Buffer.from('right') };
    await exchange.send({ type: 'chunks', chunks: [chunk, chunk] });
    expect(await codeOf(exchange.receive())).toBe('PROTOCOL');
    expect(Buffer.from(await rig.store.read(file.digest)).toString()).toBe('right');
  });
});

describe('a frame', () => {
  test.each([
    ['that is no protobuf', Buffer.from('GET / HTTP/1.1\r\n')],
    ['of nothing', Buffer.alloc(0)],
    ['over the limit by a byte', Buffer.alloc(limits.chunkFrameBytes + 1)],
  ])('%s ends its link and no other', async (_, frame) => {
    const rig = await DaemonRig.open(temporaryFolder());
    const link = await rig.greeted();
    link.near.send(frame);
    expect(await codeOf(link.peer.notices.receive())).toBe('LINK_LOST');
    await serves(rig);
  });
});

test(`${daemonLimits.connections} clients are served at once; the next is told, and one that leaves makes room`, async () => {
  const rig = await DaemonRig.open(temporaryFolder());
  const links = [];
  for (let i = 0; i < daemonLimits.connections; i++) links.push(await rig.greeted());
  const { peer } = rig.connect();
  expect(await codeOf(peer.notices.receive({ timeout: 1000 }))).toBe('LINK_LOST');
  expect(rig.daemon.connections).toBe(daemonLimits.connections);
  links[7]!.peer.close();
  await expect.poll(() => rig.daemon.connections).toBe(daemonLimits.connections - 1);
  await serves(rig);
});

test('who joins without the secret of the owner is told nothing of it, and gets no barrier', async () => {
  const rig = await DaemonRig.open(temporaryFolder());
  const owner = await rig.greeted();
  const request = { type: 'open', context, label: fromText('/ws'), engine: { spec: '', env: {} } } as const;
  const join = async (link: RigLink, role: 'owner' | 'guest', nonce: string) => {
    const message = { ...request, role, nonce: fromText(nonce) } as Message;
    const opened = await link.peer.converse(message, (exchange) => exchange.expect('opened'));
    return opened.ownership;
  };
  expect(await join(owner, 'owner', 'secret')).toBe('yours');
  for (const nonce of ['', 'secreT', 'secret\0', 'secre']) {
    for (const role of ['owner', 'guest'] as const) {
      expect(await join(await rig.greeted(), role, nonce)).toBe('none');
    }
  }
  expect(await join(await rig.greeted(), 'guest', 'secret')).toBe('other');
});
