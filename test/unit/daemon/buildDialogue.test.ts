import net from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { ClientServices } from '../../../src/client/services/clientServices.ts';
import { noServices } from '../../support/noServices.ts';
import { connectSocket } from '../../../src/client/services/agentSocket.ts';
import { offerOf, ServiceHost } from '../../../src/client/services/serviceHost.ts';
import { BuildDialogue } from '../../../src/daemon/buildDialogue.ts';
import { limits, timeouts } from '../../../src/protocol/limits.ts';
import type { Build, Message } from '../../../src/protocol/message.ts';
import type { Exchange } from '../../../src/transfer/exchange.ts';
import { Peer } from '../../../src/transfer/peer.ts';
import { memoryLink } from '../../support/memoryTransport.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const never = new AbortController().signal;
const request = {
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
  tags: [],
  target: undefined,
  buildArgs: new Map<string, string>(),
  noCache: false,
};

/** A build's exchange, with a client that has these services; `take` replaces how it takes messages. */
async function dialogue(services: Partial<ClientServices>, take?: (exchange: Exchange, message: Message) => void) {
  const [near, far] = memoryLink();
  const [client, daemon] = [new Peer(near, 'client'), new Peer(far, 'daemon')];
  const began = new Promise<Exchange>((resolve) => (daemon.onRequest = resolve));
  const all: ClientServices = { ...noServices, ...services };
  const build: Build = {
    type: 'build',
    context: digestOf(new Uint8Array()),
    snapshot: undefined,
    request,
    hold: true,
    offer: offerOf(all),
  };
  const exchange = await client.begin(build);
  const host = new ServiceHost(exchange, all);
  void (async () => {
    for (;;) {
      const message = await exchange.receive({ timeout: Infinity });
      if (take) take(exchange, message);
      else host.take(message as Parameters<ServiceHost['take']>[0]);
    }
  })().catch(() => {});
  const daemonSide = new BuildDialogue(await began, () => {});
  return { daemonSide, services: daemonSide.services(build.offer), exchange, cut: () => near.close() };
}

describe('what a build asks of its client', () => {
  it('is only what the client offered', async () => {
    expect((await dialogue({})).services).toBeUndefined();
    const { services } = await dialogue({ secrets: { read: () => Promise.resolve(undefined) } });
    expect(services).toMatchObject({ secrets: expect.anything(), agents: undefined, registries: undefined });
  });

  it('secrets and accounts, which there may be or not', async () => {
    const large = Buffer.alloc(limits.secretBytes, 'x');
    const { services } = await dialogue({
      secrets: { read: (id) => Promise.resolve(id === 'known' ? large : undefined) },
      registries: { account: (host) => Promise.resolve(host === 'r' ? { name: 'me', secret: 's' } : undefined) },
    });
    expect(Buffer.from((await services!.secrets!.secret('known', never))!).equals(large)).toBe(true);
    expect(await services!.secrets!.secret('other', never)).toBeUndefined();
    expect(await services!.registries!.account('r', never)).toEqual({ name: 'me', secret: 's' });
    expect(await services!.registries!.account('q', never)).toBeUndefined();
  });

  it('a failure of the client is told to the build', async () => {
    const failing = () => Promise.reject(new PresyncError('REGISTRY_LOGIN', 'locked', { hint: 'unlock' }));
    const { services } = await dialogue({ registries: { account: failing } });
    await expect(services!.registries!.account('r', never)).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: 'locked',
      hint: 'unlock',
    });
  });

  it('a connection with an agent', async () => {
    const path = join(temporaryFolder(), 's');
    const server = net.createServer((socket) => {
      // An agent that has no keys.
      socket.on('data', () => socket.write(Buffer.from([0, 0, 0, 5, 12, 0, 0, 0, 0])));
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    const { services } = await dialogue({ agents: { has: (id) => id === 'a', connect: () => connectSocket(path) } });
    const agents = services!.agents!;
    expect([await agents.hasAgent('a', never), await agents.hasAgent('b', never)]).toEqual([true, false]);
    expect(await agents.connect('b', never)).toBeUndefined();
    const channel = (await agents.connect('a', never))!;
    await channel.write(Buffer.from([0, 0, 0, 1, 11]));
    const reading = channel.read()[Symbol.asyncIterator]();
    expect(Buffer.from((await reading.next()).value as Uint8Array).toString('hex')).toBe('000000050c00000000');
    expect(await connections()).toBe(1);
    await channel.end();
    expect((await reading.next()).done).toBe(true);
    await expect.poll(connections).toBe(0);
  });

  it('a place for each result, once in a build', async () => {
    const opened: number[] = [];
    const receiver = { receive: () => Promise.resolve(), close: () => Promise.resolve() };
    const outputs = {
      open: (index: number) => (opened.push(index), Promise.resolve(index < 2 ? receiver : undefined)),
    };
    for (let build = 0; build < 2; build++) {
      const { services } = await dialogue({ outputs });
      await services!.outputs!.open(0, never);
      await services!.outputs!.open(1, never);
      await expect(services!.outputs!.open(1, never)).rejects.toThrow('A result was sent twice.');
      await expect(services!.outputs!.open(2, never)).rejects.toThrow('does not know where');
    }
    expect(opened).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('the archive that is its context, as often as it wants it', async () => {
    const data = Buffer.alloc(3 << 20, 'archive');
    let readings = 0;

    const read = async function* () {
      readings++;
      yield data;
    };
    const { services } = await dialogue({ archive: { read, sent: 0 } });
    for (let count = 1; count <= 2; count++) {
      const channel = await services!.archive!.open(never);
      await channel.end();
      const pieces: Uint8Array[] = [];
      for await (const piece of channel.read()) pieces.push(piece);
      expect(Buffer.concat(pieces).equals(data)).toBe(true);
      expect(readings).toBe(count);
    }
  });

  it('ends when the client cancels, goes away or says what has no place here', async () => {
    const silent = { secrets: { read: () => new Promise<never>(() => {}) } };
    const ways: [string, (rig: Awaited<ReturnType<typeof dialogue>>) => unknown, string][] = [
      ['cancel', ({ exchange }) => exchange.send({ type: 'cancel' }), 'CANCELLED'],
      ['loss', ({ cut }) => cut(), 'LINK_LOST'],
      ['nonsense', ({ exchange }) => exchange.send({ type: 'need', digests: [] }), 'PROTOCOL'],
    ];
    for (const [, end, code] of ways) {
      const rig = await dialogue(silent);
      const asked = rig.services!.secrets!.secret('x', never);
      void end(rig);
      await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/^(CANCELLED|LINK_LOST)$/) as string });
      expect(rig.daemonSide.signal.reason).toMatchObject({ code });
    }
  });

  it('is not waited for by a step that is over', async () => {
    const { services } = await dialogue({ secrets: { read: () => new Promise(() => {}) } });
    const abort = new AbortController();
    const asked = services!.secrets!.secret('x', abort.signal);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(services!.secrets!.secret('x', abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('leaves nothing with any signal once it is answered, refused, cancelled or too late', async () => {
    const add = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const remove = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const failing = () => Promise.reject(new PresyncError('REGISTRY_LOGIN', 'locked'));
    const { services } = await dialogue({
      secrets: { read: (id) => (id === 'silent' ? new Promise(() => {}) : Promise.resolve(undefined)) },
      registries: { account: failing },
    });
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });
    const { signal } = new AbortController();
    const step = new AbortController();
    const asks = [
      services!.secrets!.secret('x', signal),
      services!.registries!.account('x', signal),
      services!.secrets!.secret('silent', step.signal),
      services!.secrets!.secret('silent', signal),
    ];
    const settled = Promise.allSettled(asks);
    step.abort();
    await vi.advanceTimersByTimeAsync(timeouts.ask);
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    await vi.advanceTimersByTimeAsync(0);
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
    expect(add).toHaveBeenCalled();
  });

  it('is bounded, on either side', async () => {
    const asks: number[] = [];
    const { services } = await dialogue({ secrets: { read: () => Promise.resolve(undefined) } }, (_, message) => {
      if (message.type === 'ask') asks.push(message.call);
    });
    const all = Array.from({ length: limits.openAsks + 1 }, () => services!.secrets!.secret('x', never));
    for (const one of all.slice(0, -1)) one.catch(() => {});
    await expect(all.at(-1)).rejects.toMatchObject({ code: 'LIMIT' });
    await expect.poll(() => asks.length).toBe(limits.openAsks);
  });

  it('takes no answer for one to another question', async () => {
    const { services } = await dialogue(
      {
        secrets: { read: () => Promise.resolve(undefined) },
        registries: { account: () => Promise.resolve(undefined) },
      },
      (exchange, message) => {
        if (message.type !== 'ask') return;
        const { call } = message;
        void exchange.send({ type: 'answer', call: call + 1000, reply: { kind: 'data', data: Buffer.from('wrong') } });
        void exchange.send({ type: 'answer', call, reply: { kind: 'done' } });
      },
    );
    await expect(services!.secrets!.secret('x', never)).rejects.toMatchObject({ code: 'PROTOCOL' });
    await expect(services!.registries!.account('x', never)).rejects.toMatchObject({ code: 'PROTOCOL' });
  });
});
