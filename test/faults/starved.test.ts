/** A daemon that may open hardly any files: who asks is told, or waits, and all is well when there are some again. */
import net from 'node:net';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { FolderClient } from '../support/folderClient.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { noise } from '../support/madeContexts.ts';
import { temporaryFolder } from '../support/temporary.ts';

const times = rounds(100);

/** Descriptors that a process has open. Linux only. */
function descriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

test(
  'without descriptors a push fails with a typed error, and succeeds when there are some again',
  async () => {
    const home = temporaryFolder();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
    const limit = 64;
    const daemon = await DaemonProcess.start({ home, under: ['prlimit', `--nofile=${limit}:${limit}`] });
    onTestFinished(() => daemon.kill());
    const client = await FolderClient.of(folder, temporaryFolder());
    await client.push(daemon);
    const codes = new Map<string, number>();
    for (let time = 0; time < times; time++) {
      writeFileSync(join(folder, 'file'), noise(40_000, time));
      const link = await daemon.dial();
      const flood = Array.from({ length: limit * 2 }, () => net.connect(daemon.socket).on('error', () => {}));
      while (descriptors(daemon.child.pid!) < limit) await sleep(5);
      const outcome = await client.pushOver(link).catch((thrown: unknown) => PresyncError.from(thrown).code);
      if (!outcome.startsWith('sha256:')) codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
      for (const socket of flood) socket.destroy();
      while (descriptors(daemon.child.pid!) > limit - 10) await sleep(10);
      expect(await client.push(daemon)).toBe(folderDigest(folder));
    }
    expect([...codes.keys()]).toEqual(['STORE_IO']);
    expect(daemon.runs).toBe(true);
    expect(await daemon.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
    const told = [...codes].map(([code, count]) => `${code} ${count}`).join(', ');
    printFigure('pushes without descriptors, each succeeded afterwards', `${times} (${told})`, '100');
  },
  faultTimeout,
);
