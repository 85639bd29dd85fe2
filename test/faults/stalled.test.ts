/** Sockets that say nothing, or not all of it, and honest clients beside them. */
import net from 'node:net';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { percentile } from '../bench/statistics.ts';
import { faultTimeout, isFull, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { temporaryFolder } from '../support/temporary.ts';

const stalled = rounds(1000);
const honest = rounds(200, 50);

/** What a client may begin with and never end. */
const beginnings = [
  '',
  'G',
  'GET /presync/v1/sync HTTP/1.1\r\nHost: presync\r\nX: ',
  'POST /presync/v1/gc HTTP/1.1\r\nHost: presync\r\nContent-Length: 1000\r\n\r\nabc',
];

function highestMemory(pid: number): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;
}

test(
  'beside sockets that stall, an honest client is greeted at once, and memory is bounded',
  async () => {
    const daemon = await DaemonProcess.start({ home: temporaryFolder() });
    onTestFinished(() => daemon.kill());
    const sockets = Array.from({ length: stalled }, (_, i) => {
      const socket = net.connect(daemon.socket).on('error', () => {});
      socket.write(beginnings[i % beginnings.length]!);
      return socket;
    });
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const took: number[] = [];
    for (let i = 0; i < honest; i++) {
      const began = performance.now();
      const { peer } = await daemon.dial();
      took.push(performance.now() - began);
      peer.close();
    }
    const slowest = percentile(took, 0.99);
    const memory = highestMemory(daemon.child.pid!) / 2 ** 20;
    printFigure(`hello p99 beside ${stalled} stalled sockets`, `${slowest.toFixed(0)} ms`, '1,000 ms');
    printFigure(`memory of a daemon with ${stalled} stalled sockets`, `${memory.toFixed(0)} MiB`, '512 MiB');
    expect(slowest).toBeLessThan(isFull ? 1000 : 5000);
    expect(memory).toBeLessThan(512);
  },
  faultTimeout,
);
