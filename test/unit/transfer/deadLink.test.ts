/** Links that die without a word, and peers that do not read: over a real socket and a proxy that does it. */
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { PresyncError } from '../../../src/base/errors.ts';
import { limits, timeouts } from '../../../src/protocol/limits.ts';
import { WsTransport, wsOptions } from '../../../src/transfer/wsTransport.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FaultyProxy } from '../../support/faultyProxy.ts';
import { temporaryFolder } from '../../support/temporary.ts';

interface End {
  readonly transport: WsTransport;
  readonly clock: FakeClock;
  /** Why it ended; undefined while it lives. */
  ended: PresyncError | undefined;
  frames: number;
  /** What was told of a frame that was cut off. */
  cut: Uint8Array | undefined;
}

function endOf(socket: WebSocket, stream?: Socket): End {
  const clock = new FakeClock();
  const transport = new WsTransport(socket, 'local', { clock, stream });
  const end: End = { transport, clock, ended: undefined, frames: 0, cut: undefined };
  end.transport.onCut = (start) => (end.cut = start);
  end.transport.onClose = (why) => (end.ended = why);
  end.transport.onFrame = () => end.frames++;
  onTestFinished(() => socket.terminate());
  return end;
}

/** Both ends of a link through a proxy. */
async function linked({ cutAfter = Infinity } = {}): Promise<{ near: End; far: End; proxy: FaultyProxy }> {
  const path = join(temporaryFolder(), 's.sock');
  const server = createServer();
  const sockets = new WebSocketServer({ server, ...wsOptions });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  const accepted = new Promise<End>((resolve) => {
    sockets.once('connection', (socket, { socket: stream }) => resolve(endOf(socket, stream)));
  });
  const proxy = await FaultyProxy.before(path);
  proxy.cutAfter = cutAfter;
  const socket = new WebSocket(`ws+unix:${proxy.path}:/`, wsOptions);
  const near = endOf(socket);
  await new Promise((resolve) => socket.once('open', resolve));
  return { near, far: await accepted, proxy };
}

const found = timeouts.pingInterval + timeouts.pongWait;

test('a peer that is alive is never given up, however little it says', async () => {
  const { near, far } = await linked();
  for (let i = 0; i < 20; i++) {
    for (const { clock } of [near, far]) await clock.advance(timeouts.pongWait);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect([near.ended, far.ended]).toEqual([undefined, undefined]);
});

test('a cable that is pulled is noticed at both ends within 45 s, and not before an answer is due', async () => {
  const { near, far, proxy } = await linked();
  proxy.die();
  expect(found).toBeLessThanOrEqual(45_000);
  for (const end of [near, far]) {
    await end.clock.advance(found - 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(end.ended).toBeUndefined();
    await end.clock.advance(1);
    await expect.poll(() => end.ended).toMatchObject({ code: 'LINK_LOST' });
  }
});

test('a close that is never answered ends all the same', async () => {
  const { near, proxy } = await linked();
  proxy.die();
  near.transport.close();
  await near.clock.advance(1000);
  await expect.poll(() => near.ended).toMatchObject({ code: 'LINK_LOST' });
});

test('a peer that does not read holds the sender back, and memory stays bounded', async () => {
  const { near, far, proxy } = await linked();
  proxy.stall();
  const frame = Buffer.alloc(1024 * 1024, 1);
  let sent = 0;
  const send = async () => {
    for (; sent < 100; sent++) {
      near.transport.send(frame);
      await near.transport.drained();
    }
  };
  const sending = send();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const held = sent;
  // What fits between the bound, the kernel's buffers and the proxy's.
  expect(held * frame.length).toBeLessThan(limits.sendBacklogBytes + 4 * frame.length);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sent).toBe(held);
  proxy.resume();
  await sending;
  await expect.poll(() => far.frames, { timeout: 20_000 }).toBe(100);
});

test('of a frame that is cut off, what has arrived is told before the end', async () => {
  const { near, far } = await linked({ cutAfter: 100_000 });
  near.transport.send(Buffer.alloc(1000, 1));
  near.transport.send(Buffer.alloc(1024 * 1024, 2));
  await expect.poll(() => far.ended).toMatchObject({ code: 'LINK_LOST' });
  expect(far.frames).toBe(1);
  // The greeting of the WebSocket takes some hundred bytes.
  expect(far.cut!.length).toBeGreaterThan(97_000);
  expect(far.cut!.length).toBeLessThan(99_000);
  expect(far.cut!.every((byte) => byte === 2)).toBe(true);
});

test('a sender that waits for a peer is let go when the link is lost', async () => {
  const { near, proxy } = await linked();
  proxy.stall();
  for (let i = 0; i < 8; i++) near.transport.send(Buffer.alloc(1024 * 1024));
  const drained = near.transport.drained();
  proxy.cut();
  await drained;
  await expect.poll(() => near.ended).toMatchObject({ code: 'LINK_LOST' });
});

test('a receiver that takes nothing is sent nothing more', async () => {
  const { near, far } = await linked();
  far.transport.pause();
  for (let i = 0; i < 20; i++) near.transport.send(Buffer.alloc(1024 * 1024));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(far.frames).toBeLessThanOrEqual(1);
  far.transport.resume();
  await expect.poll(() => far.frames, { timeout: 20_000 }).toBe(20);
});

test.each([
  ['a text frame', (socket: WebSocket) => socket.send('text')],
  ['a frame over the limit', (socket: WebSocket) => socket.send(Buffer.alloc(limits.chunkFrameBytes + 1))],
])('%s ends the link at the one who gets it', async (_, send) => {
  const path = join(temporaryFolder(), 's.sock');
  const server = createServer();
  const sockets = new WebSocketServer({ server, ...wsOptions });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  const accepted = new Promise<End>((resolve) => sockets.once('connection', (socket) => resolve(endOf(socket))));
  const socket = new WebSocket(`ws+unix:${path}:/`, wsOptions);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  const end = await accepted;
  send(socket);
  await end.clock.advance(0);
  await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
  expect(end.frames).toBe(0);
});

test('a frame at the limit arrives', async () => {
  const { near, far } = await linked();
  near.transport.send(Buffer.alloc(limits.chunkFrameBytes));
  await expect.poll(() => far.frames).toBe(1);
});

test('a machine that sleeps while it dials goes on dialling', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const path = join(temporaryFolder(), 's.sock');
  const mute = createSocketServer(() => {});
  await new Promise<void>((resolve) => mute.listen(path, resolve));
  onTestFinished(() => void mute.close());
  const near = endOf(new WebSocket(`ws+unix:${path}:/`, wsOptions));
  vi.setSystemTime(Date.now() + 3_600_000);
  await near.clock.advance(timeouts.aliveTick);
  expect(near.ended).toBeUndefined();
});
