/**
 * A page of somebody else's in a real browser, against a daemon on a port of this machine: whatever the page tries, and under
 * whatever name the daemon is reached, the answer is no, the page reads nothing, and nothing happens.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { freePort } from '../support/freePort.ts';
import { SocketProxy } from '../support/socketProxy.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { launchBrowser } from './support/browser.ts';

/** A name of the attacker's that leads to this machine, as a rebound name does. */
const rebound = 'rebound.example';

let browser: Browser;
let attacker: Server;
let attackerPort: number;

beforeAll(async () => {
  browser = await launchBrowser(`--host-resolver-rules=MAP ${rebound} 127.0.0.1`);
  attacker = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><p>hi'));
  await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
  attackerPort = (attacker.address() as AddressInfo).port;
});

afterAll(async () => {
  await browser.close();
  attacker.close();
});

interface Target {
  readonly daemon: DaemonProcess;
  readonly port: number;
  readonly token: string;
  /** What stands for the engine: nobody may get through to it. */
  readonly engine: SocketProxy;
}

async function target(): Promise<Target> {
  const home = temporaryFolder();
  const engine = new SocketProxy(join(home, 'engine.sock'), '/nowhere');
  await engine.listen();
  onTestFinished(() => engine.close());
  const port = await freePort();
  const listen = `tcp://127.0.0.1:${port}`;
  const daemon = await DaemonProcess.start({ home, listen, builder: `unix://${engine.path}` });
  onTestFinished(() => daemon.kill());
  return { daemon, port, token: readFileSync(join(home, 'token'), 'utf8').trim(), engine };
}

const attempts = readFileSync(join(import.meta.dirname, 'support/strangerPage.js'), 'utf8');

/** A page, and the statuses that the daemon answered it with. */
async function pageAt(url: string, port: number): Promise<{ page: Page; statuses: number[] }> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).port === String(port)) statuses.push(response.status());
  });
  await page.goto(url);
  return { page, statuses };
}

describe('a page in a browser', () => {
  test.each([
    ['of another port', () => `127.0.0.1:${attackerPort}`, (port: number) => `127.0.0.1:${port}`],
    ['of another name', () => `${rebound}:${attackerPort}`, (port: number) => `127.0.0.1:${port}`],
    ['that says localhost', () => `${rebound}:${attackerPort}`, (port: number) => `localhost:${port}`],
    ['that says a rebound name', () => `${rebound}:${attackerPort}`, (port: number) => `${rebound}:${port}`],
    ['whose own name was rebound', (port: number) => `${rebound}:${port}`, (port: number) => `${rebound}:${port}`],
    ['opened at the daemon itself', (port: number) => `127.0.0.1:${port}`, (port: number) => `127.0.0.1:${port}`],
  ])('%s gets nothing, and nothing happens', async (_, from, at) => {
    const { daemon, port, token, engine } = await target();
    const { page, statuses } = await pageAt(`http://${from(port)}/`, port);
    await page.evaluate(attempts);
    const outcomes = await page.evaluate<Record<string, string>>(`attempts(${JSON.stringify(at(port))})`);
    expect(Object.keys(outcomes).length).toBeGreaterThan(12);
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'nothing')).toEqual([]);
    // It did get there.
    expect(statuses.length).toBeGreaterThanOrEqual(10);
    for (const status of statuses) expect([401, 403]).toContain(status);
    expect(engine.connections).toBe(0);
    expect(daemon.log).not.toMatch(/client connected|draining/);
    const honest = await fetch(`http://127.0.0.1:${port}/presync/v1/status`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(honest.status).toBe(200);
  });
});
