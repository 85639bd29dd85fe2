import http2 from 'node:http2';
import { addAbortSignal } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { GrpcConnection } from '../../../src/builder/grpc/client.ts';
import { frame } from '../../../src/builder/grpc/framing.ts';
import { GrpcError } from '../../../src/builder/grpc/grpcError.ts';
import type { MethodHandler } from '../../../src/builder/grpc/server.ts';
import { CallError, serveGrpc } from '../../../src/builder/grpc/server.ts';
import { builderLimits } from '../../../src/builder/limits.ts';
import { socketPair } from '../../support/socketPair.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** A client of the given methods. */
async function clientOf(methods: Record<string, MethodHandler>): Promise<{ client: GrpcConnection; cut(): void }> {
  const [near, far] = await socketPair();
  serveGrpc(far, new Map(Object.entries(methods)), silentLogger);
  return { client: new GrpcConnection(near), cut: () => far.destroy() };
}

/** A server that ends its calls in a way that Node's client cannot read. Resolves to its client when it has done so. */
async function unreadable(call: (client: GrpcConnection) => void): Promise<GrpcConnection> {
  const [near, far] = await socketPair();
  const server = http2.createServer({ maxSendHeaderBlockLength: 1 << 20 });
  const ended = new Promise<void>((resolve) => {
    server.on('stream', (stream) => {
      stream.on('error', () => {});
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.on('wantTrailers', () => {
        stream.sendTrailers({ 'grpc-status': '2', 'grpc-message': 'x'.repeat(200_000) });
        resolve();
      });
      stream.end();
    });
  });
  server.on('sessionError', () => {});
  server.emit('connection', far);
  const client = new GrpcConnection(near);
  call(client);
  await ended;
  await sleep(50);
  return client;
}

const echo: MethodHandler = async (call) => {
  for await (const message of call.messages) await call.write(frame(message));
};

/** Answers nothing until the caller gives up. */
function waiting(): { handler: MethodHandler; ended: Promise<void> } {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const handler: MethodHandler = (call) =>
    new Promise((_resolve, reject) => {
      call.signal.addEventListener('abort', () => {
        end();
        reject(new Error('gone'));
      });
    });
  return { handler, ended };
}

describe('gRPC over one connection', () => {
  it('carries a unary call', async () => {
    const { client } = await clientOf({ '/a/Echo': echo });
    expect(text(await client.unary('/a/Echo', Buffer.from('hello')))).toBe('hello');
    expect(text(await client.unary('/a/Echo', Buffer.alloc(3 << 20, 'x')))).toHaveLength(3 << 20);
  });

  it('streams answers as they come', async () => {
    const { client } = await clientOf({
      '/a/Count': async (call) => {
        for (const word of ['one', 'two', 'three']) await call.write(frame(Buffer.from(word)));
      },
    });
    const words: string[] = [];
    for await (const message of client.stream('/a/Count', Buffer.alloc(0))) words.push(text(message));
    expect(words).toEqual(['one', 'two', 'three']);
  });

  it('tells the status of a failed call', async () => {
    const { client } = await clientOf({
      '/a/Fail': () => Promise.reject(new CallError(5, 'nothing "hére"')),
    });
    const failed = client.unary('/a/Fail', Buffer.alloc(0));
    await expect(failed).rejects.toThrow(GrpcError);
    await expect(failed).rejects.toMatchObject({ message: 'nothing "hére"', status: { code: 5 } });
    await expect(client.unary('/a/Absent', Buffer.alloc(0))).rejects.toMatchObject({
      code: 'BUILDER_UNSUPPORTED',
      status: { code: 12 },
    });
  });

  it('refuses a call that succeeds without an answer', async () => {
    const { client } = await clientOf({ '/a/Nothing': () => Promise.resolve() });
    await expect(client.unary('/a/Nothing', Buffer.alloc(0))).rejects.toMatchObject({ code: 'PROTOCOL' });
  });

  it('ends the call at the other side when the signal fires', async () => {
    const { handler, ended } = waiting();
    const { client } = await clientOf({ '/a/Wait': handler, '/a/Echo': echo });
    const abort = new AbortController();
    const call = client.unary('/a/Wait', Buffer.alloc(0), { signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await ended;
    expect(text(await client.unary('/a/Echo', Buffer.from('still there')))).toBe('still there');
    const late = client.unary('/a/Echo', Buffer.alloc(0), { signal: abort.signal });
    await expect(late).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('ends the call at the other side when its time is up', async () => {
    const { handler, ended } = waiting();
    const { client } = await clientOf({ '/a/Wait': handler });
    const call = client.unary('/a/Wait', Buffer.alloc(0), { timeoutMs: 20 });
    await expect(call).rejects.toMatchObject({ code: 'TIMEOUT' });
    await ended;
  });

  it('tells a handler a call that was reset from one whose messages ended', async () => {
    const outcome = vi.fn();
    const { client } = await clientOf({
      '/a/Read': async (call) => {
        try {
          for await (const _ of call.messages);
          outcome('ended');
        } catch {
          outcome('reset');
        }
      },
    });
    client.open('/a/Read').stream.end();
    await vi.waitFor(() => expect(outcome).toHaveBeenLastCalledWith('ended'), 20_000);
    const cancel = new AbortController();
    addAbortSignal(cancel.signal, client.open('/a/Read').stream);
    await sleep(20);
    cancel.abort();
    await vi.waitFor(() => expect(outcome).toHaveBeenLastCalledWith('reset'), 20_000);
  });

  it('ends the call when the reader leaves', async () => {
    let sent = 0;
    const { client } = await clientOf({
      '/a/Endless': async (call) => {
        for (;;) {
          await call.write(frame(Buffer.alloc(1000)));
          sent++;
          await sleep(1);
        }
      },
    });
    for await (const message of client.stream('/a/Endless', Buffer.alloc(0))) {
      expect(message).toHaveLength(1000);
      break;
    }
    await sleep(30);
    const before = sent;
    await sleep(30);
    expect(sent).toBe(before);
  });

  it('fails what runs when the connection is cut, and everything after', async () => {
    const { handler } = waiting();
    const { client, cut } = await clientOf({ '/a/Wait': handler });
    const closed = vi.fn();
    client.onDidClose(closed);
    const call = client.unary('/a/Wait', Buffer.alloc(0));
    setTimeout(cut, 20);
    await expect(call).rejects.toMatchObject({ code: 'ENGINE_LOST' });
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), 20_000);
    expect(client.closed).toBe(true);
    await expect(client.unary('/a/Wait', Buffer.alloc(0))).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });

  it('can be disposed while a call is answered', async () => {
    // Node aborts the process when a connection is destroyed while it is being parsed.
    const { client } = await clientOf({ '/a/Echo': echo });
    await client.unary('/a/Echo', Buffer.from('x'));
    client.dispose();
    expect(client.closed).toBe(true);
    await expect(client.unary('/a/Echo', Buffer.from('x'))).rejects.toMatchObject({ code: 'ENGINE_LOST' });
  });

  it('closes when a call that was cancelled does not end', async () => {
    const abort = new AbortController();
    let outcome: Promise<unknown> | undefined;
    const client = await unreadable((to) => {
      const called = to.unary('/a/Fail', Buffer.alloc(0), { signal: abort.signal });
      outcome = called.catch((thrown: unknown) => thrown);
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    abort.abort();
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(builderLimits.cancelMs);
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    expect(client.closed).toBe(true);
  });

  it('slows a sender down to the reader', async () => {
    let sent = 0;
    const { client } = await clientOf({
      '/a/Flood': async (call) => {
        for (let i = 0; i < 200; i++) {
          await call.write(frame(Buffer.alloc(64 << 10)));
          sent++;
        }
      },
    });
    let read = 0;
    for await (const _ of client.stream('/a/Flood', Buffer.alloc(0))) {
      if (read++ === 0) await sleep(100);
      // What is under way is bounded by the stream's window and the sockets' buffers.
      expect(sent - read).toBeLessThan(100);
    }
    expect(read).toBe(200);
  });
});
