/** What comes in at the daemon's socket and is no client of ours: raw bytes to the real program. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultDist } from '../support/presyncCli.ts';
import { killProcess } from '../support/processes.ts';
import { memoryRise } from '../support/processMemory.ts';
import { RawClient } from '../support/rawHttp.ts';

const MiB = 1024 * 1024;
const sync = '/presync/v1/sync';
const status = '/presync/v1/status';

let home: string;
let daemon: ChildProcess;
let socket: string;
let log: string;

beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'presync-test-')));
  socket = join(home, 'd.sock');
  log = '';
  daemon = spawn(process.execPath, [join(defaultDist, 'daemon.js'), '--listen', `unix://${socket}`, '--data', home]);
  daemon.stderr!.on('data', (data) => (log += String(data)));
  while (!log.includes('"listening"')) await sleep(20);
});

afterAll(async () => {
  await killProcess(daemon.pid!);
  rmSync(home, { recursive: true });
});

/** A request as a careful client would send it, with more headers. */
function request(method: string, path: string, ...headers: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: presync', ...headers, '', ''].join('\r\n');
}

function upgrade(...more: readonly string[]): string {
  const key = randomBytes(16).toString('base64');
  return request(
    'GET',
    sync,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Protocol: presync.v1',
    ...more,
  );
}

/** The first line of the answer to a request. */
async function answer(text: string): Promise<string> {
  const client = new RawClient(socket).send(text);
  const received = await client.until(/\r\n/);
  client.socket.destroy();
  return received.split('\r\n')[0]!;
}

/** A connection that was upgraded. */
async function upgraded(): Promise<RawClient> {
  const client = new RawClient(socket).send(upgrade());
  await client.until(/\r\n\r\n/);
  expect(client.received).toMatch(/^HTTP\/1.1 101 /);
  return client;
}

/** The head of a WebSocket frame whose mask is zero; `length` may be a lie. */
function frameHead(first: number, length: number | bigint): Buffer {
  if (length < 126) return Buffer.from([first, 0x80 | Number(length), 0, 0, 0, 0]);
  if (length < 65_536) return Buffer.from([first, 0x80 | 126, Number(length) >> 8, Number(length) & 255, 0, 0, 0, 0]);
  const head = Buffer.alloc(14);
  head[0] = first;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** A whole binary frame. */
const binary = (content: Buffer) => Buffer.concat([frameHead(0x82, content.length), content]);
/** Envelope {hello: {versions: [1]}}. */
const hello = binary(Buffer.from([0x12, 0x03, 0x0a, 0x01, 0x01]));

/** Writes bytes as fast as they are taken; gives up when the other side is gone. */
async function pour(client: RawClient, ...parts: readonly Buffer[]): Promise<void> {
  for (const part of parts) {
    if (client.socket.destroyed) return;
    await new Promise<void>((resolve) => client.socket.write(part, () => resolve()));
  }
}

/** The code of the close frame that ends the connection; 0 when it just ends. */
async function closeCode(client: RawClient): Promise<number> {
  await client.ended();
  const at = client.received.lastIndexOf('\x88');
  return at < 0 ? 0 : client.received.charCodeAt(at + 2) * 256 + client.received.charCodeAt(at + 3);
}

/** The daemon is there and greets an honest client. */
async function serves(): Promise<void> {
  const client = (await upgraded()).send(hello.toString('latin1'));
  await client.until(/\x82.*presync /s);
  client.socket.destroy();
}

describe('a request that is none of ours', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://localhost:3000',
    'http://127.0.0.1',
    'vscode-webview://x',
    'file://',
    '',
  ])('with the Origin %j gets no upgrade and no answer', async (origin) => {
    expect(await answer(upgrade(`Origin: ${origin}`))).toMatch(/ 403 /);
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(await answer(request(method, status, `Origin: ${origin}`))).toMatch(/ 403 /);
    }
    for (const path of ['/presync/v1/drain', '/presync/v1/gc', '/presync/v1/verify']) {
      expect(await answer(request('POST', path, `Origin: ${origin}`, 'Content-Length: 0'))).toMatch(/ 403 /);
    }
    await serves();
  });

  it('never gets leave for a page: there are no CORS headers', async () => {
    const client = new RawClient(socket).send(request('OPTIONS', status, 'Access-Control-Request-Method: POST'));
    await client.until(/\r\n\r\n/);
    expect(client.received).not.toMatch(/access-control/i);
  });

  it.each([
    ['another path', upgrade().replace(sync, '/presync/v1/other')],
    ['no key', upgrade().replace(/Sec-WebSocket-Key.*\r\n/, '')],
    ['an older WebSocket', upgrade().replace('Version: 13', 'Version: 7')],
    ['two lengths', request('POST', status, 'Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', request('POST', status, 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['a bare line feed', 'GET /presync/v1/status HTTP/1.1\nHost: presync\n\n'],
    ['no host', `GET ${status} HTTP/1.1\r\n\r\n`],
    ['what is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a header of 64 KiB', request('GET', status, `X: ${'x'.repeat(65_536)}`)],
    ['10,000 headers', request('GET', status, ...Array.from({ length: 10_000 }, (_, i) => `X-${i}: x`))],
    ['an upgrade with 10,000 headers', upgrade(...Array.from({ length: 10_000 }, (_, i) => `X-${i}: x`))],
  ])('with %s is refused, and the daemon goes on', async (_, text) => {
    expect(await answer(text)).toMatch(/^HTTP\/1.1 4\d\d /);
    await serves();
  });

  it('with more headers than are kept is answered or refused, and the daemon goes on', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => `X-${i}: x`);
    for (const text of [request('GET', status, ...many), upgrade(...many)]) {
      expect(await answer(text)).toMatch(/^HTTP\/1.1 (4\d\d|200|101) /);
    }
    await serves();
  });
});

describe('frames that are none of ours', () => {
  it.each([
    ['that say they have 2^63 bytes', frameHead(0x82, 2n ** 63n - 1n), 1009],
    ['that say they have one byte more than the limit', frameHead(0x82, 4 * MiB + 64 * 1024 + 1), 1009],
    ['of text', Buffer.concat([frameHead(0x81, 2), Buffer.from('hi')]), 1008],
    ['with reserved bits', frameHead(0xf2, 0), 1002],
    ['that are compressed', frameHead(0xc2, 0), 1002],
    ['without a mask', Buffer.from([0x82, 0x00]), 1002],
    ['of an unknown kind', frameHead(0x83, 0), 1002],
    ['that go on with nothing', frameHead(0x80, 0), 1002],
    ['of nothing', binary(Buffer.alloc(0)), 1008],
    ['that are no message', binary(Buffer.from('not protobuf')), 1008],
  ])('%s end the connection, and only that', async (_, bytes, code) => {
    const client = await upgraded();
    client.socket.write(bytes);
    expect(await closeCode(client)).toBe(code);
    await serves();
  });

  it('in pieces without end or content cost no memory and end the connection', async () => {
    const empty = Buffer.concat(Array.from({ length: 100_000 }, () => frameHead(0x00, 0)));
    const single = Buffer.concat([frameHead(0x00, 1), Buffer.of(1)]);
    const bytes = Buffer.concat(Array.from({ length: 131_073 }, () => single));
    for (const pieces of [Array.from({ length: 10 }, () => empty), Array.from({ length: 16 }, () => bytes)]) {
      const client = await upgraded();
      const rise = await memoryRise(daemon.pid!, async () => {
        await pour(client, frameHead(0x02, 0), ...pieces);
        await client.ended();
      });
      expect(rise).toBeLessThan(32 * MiB);
      await serves();
    }
  });

  it('that ping without end and read no answer cost bounded memory, and nobody else waits', async () => {
    const client = await upgraded();
    client.socket.pause();
    const ping = Buffer.concat([frameHead(0x89, 125), Buffer.alloc(125)]);
    const pings = Buffer.concat(Array.from({ length: 2000 }, () => ping));
    const rise = await memoryRise(daemon.pid!, async () => {
      for (let i = 0; i < 400 && !client.socket.destroyed; i++) {
        client.socket.write(pings);
        if (i % 100 === 0) await serves();
        await sleep(1);
      }
    });
    expect(rise).toBeLessThan(64 * MiB);
    await serves();
  });

  it('that stop in their midst are cut when the greeting is overdue', async () => {
    const client = await upgraded();
    const start = performance.now();
    client.socket.write(Buffer.concat([frameHead(0x82, 1000), Buffer.alloc(500)]));
    await client.ended();
    expect(performance.now() - start).toBeLessThan(15_000);
    await serves();
  });
});

describe('who takes his time', () => {
  /** Sends a text byte by byte, for ever, until he is cut; returns after how long. */
  async function trickle(client: RawClient, text: string): Promise<number> {
    const start = performance.now();
    let isOver = false;
    void client.ended().then(() => (isOver = true));
    for (let i = 0; !isOver && performance.now() - start < 60_000; i++) {
      client.send(text[i] ?? 'x');
      await sleep(200);
    }
    return performance.now() - start;
  }

  it('over the head of a request, or over a greeting, is cut by an absolute deadline', async () => {
    const head = trickle(new RawClient(socket), `GET ${status} HTTP/1.1\r\nX: `);
    const greeting = trickle(await upgraded(), frameHead(0x82, 100_000).toString('latin1'));
    const silent = await upgraded();
    const start = performance.now();
    await silent.ended();
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await greeting).toBeLessThan(15_000);
    expect(await head).toBeLessThan(15_000);
    await serves();
  });
});

it('the socket is the user’s alone, in whatever folder', () => {
  expect(statSync(socket).mode & 0o777).toBe(0o600);
});

it('nothing that was sent is in the log', async () => {
  await answer(request('GET', status, 'Authorization: Bearer hunter2'));
  await answer(request('GET', `${status}?token=hunter2`));
  const client = await upgraded();
  client.socket.write(binary(Buffer.from('hunter2')));
  await client.ended();
  await serves();
  expect(log).toContain('client gone');
  expect(log).not.toContain('hunter2');
});
