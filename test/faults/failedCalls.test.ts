/**
 * The disk refuses the n-th call that changes it: each of the first calls of a daemon's life, once with EIO and once with
 * ENOSPC, injected by strace into the real program. Whoever is told is told in the agreed way, trying again helps, and
 * what was acknowledged is there afterwards.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { faultTimeout, printFigure, rounds } from '../support/counts.ts';
import { DaemonProcess } from '../support/daemonProcess.ts';
import { FolderClient } from '../support/folderClient.ts';
import { folderDigest } from '../support/folderDigest.ts';
import { noise } from '../support/madeContexts.ts';
import { SeededRandom } from '../support/seededRandom.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Only files are changed by these: sockets, pipes and the log are written to in other ways. */
const calls = 'mkdir,pwrite64,fsync,ftruncate,rename,unlink';
const tried = 200;
const pushes = 25;
/** One thread, so that calls come in the same order every time. */
const env = { UV_THREADPOOL_SIZE: '1' };

interface Call {
  readonly name: string;
  /** Among the calls of that name. */
  readonly nth: number;
}

/** A daemon under strace, which stays the daemon's child so that signals reach the daemon. */
function under(log: string, ...more: readonly string[]): string[] {
  return ['strace', '-D', '-f', '-qq', '--seccomp-bpf', '-o', log, '-e', `trace=${calls}`, ...more];
}

/** A folder, its client, and the daemon's home. */
async function scene() {
  const home = temporaryFolder();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
  const client = await FolderClient.of(folder, temporaryFolder());
  const edit = (number: number) => writeFileSync(join(folder, `file${number % 7}`), noise(5000, number));
  return { home, folder, client, edit };
}

async function start(home: string, tracing: readonly string[]): Promise<DaemonProcess> {
  const daemon = await DaemonProcess.start({ home, env, under: tracing });
  onTestFinished(() => daemon.kill());
  return daemon;
}

/** The calls that change the disk in a daemon's life, in order. */
async function callsOfALife(): Promise<Call[]> {
  const { home, client, edit } = await scene();
  const log = join(temporaryFolder(), 'calls');
  const daemon = await start(home, under(log));
  for (let push = 0; push < pushes; push++) {
    edit(push);
    await client.push(daemon);
  }
  await daemon.stop();
  const counts = new Map<string, number>();
  return [...readFileSync(log, 'utf8').matchAll(/^\d+ +(\w+)\(/gm)].map(([, name]) => {
    const nth = (counts.get(name!) ?? 0) + 1;
    counts.set(name!, nth);
    return { name: name!, nth };
  });
}

/** A life in which one call fails; returns whether anybody was told. */
async function liveThrough({ name, nth }: Call, error: 'EIO' | 'ENOSPC', expected: string): Promise<boolean> {
  const { home, folder, client, edit } = await scene();
  const log = join(temporaryFolder(), 'calls');
  const daemon = await start(home, under(log, '-e', `inject=${name}:error=${error}:when=${nth}`));
  let isTold = false;
  if (!daemon.runs) {
    isTold = true;
    expect((await daemon.ended).code, daemon.words).toBe(1);
    expect(daemon.words).toMatch(/^presync daemon: .+/m);
    expect(daemon.words).not.toMatch(/^ {4}at /m);
  }
  for (let push = 0; push < pushes && daemon.runs; push++) {
    edit(push);
    const told = await client.push(daemon).catch((thrown: unknown) => PresyncError.from(thrown).code);
    if (told === folderDigest(folder)) continue;
    isTold = true;
    expect(told).toBe(expected);
    expect(await client.push(daemon), 'trying again').toBe(folderDigest(folder));
  }
  expect(readFileSync(log, 'utf8')).toContain('(INJECTED)');
  await daemon.stop();
  const next = await start(home, []);
  expect(next.runs, next.words).toBe(true);
  if (daemon.log.includes('"listening"')) {
    expect((await next.status()).contexts.map(({ snapshot }) => snapshot)).toEqual([folderDigest(folder)]);
  }
  expect(await client.push(next)).toBe(folderDigest(folder));
  expect(await next.upkeep('verify')).toMatchObject({ ok: true, corrupt: [] });
  await next.kill();
  return isTold;
}

describe('a call that changes the disk and fails', () => {
  test.each([
    ['EIO', 'STORE_IO'],
    ['ENOSPC', 'DISK_FULL'],
  ] as const)(
    'once, with %s, is told of or mended, and costs nothing that was acknowledged',
    async (error, expected) => {
      const all = await callsOfALife();
      expect(all.length).toBeGreaterThanOrEqual(tried);
      const random = new SeededRandom();
      const count = rounds(tried);
      const chosen =
        count === tried ? all.slice(0, tried) : Array.from({ length: count }, () => all[random.below(tried)]!);
      let told = 0;
      for (const call of chosen) if (await liveThrough(call, error, expected)) told++;
      printFigure(`calls that failed once with ${error}, recovered`, `${count} (${told} told)`, '200 of 200');
    },
    faultTimeout,
  );
});
