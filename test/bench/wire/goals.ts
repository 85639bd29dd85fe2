/** What the project aims at, measured one by one. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DaemonProcess } from '../../support/daemonProcess.ts';
import { stockBuild } from '../../support/dockerCli.ts';
import type { Engine } from '../../support/engines.ts';
import { FolderClient } from '../../support/folderClient.ts';
import type { Row } from '../report.ts';
import { ms, times } from '../report.ts';
import { median, repeat } from '../statistics.ts';
import { timed } from '../warmRig.ts';
import { FarSide } from './farSide.ts';
import { StandingClient } from './standing.ts';
import { filePath, makeTree, randomText, writeLarge } from './trees.ts';

/** The first sync into a daemon beside `rsync -a` to the same disk, and what it costs the daemon in memory. */
export async function measureStore(home: string, files: number, bigMb: number, rounds: number): Promise<Row[]> {
  const many = join(home, 'many');
  makeTree(many, files, 0);
  const big = join(home, 'big');
  mkdirSync(big);
  writeFileSync(join(big, 'Dockerfile'), 'FROM scratch\n');
  writeLarge(join(big, 'big.bin'), bigMb);
  const [manyRsync, manyPush] = await compareStores(home, many, rounds);
  const [bigRsync, bigPush] = await compareStores(home, big, rounds);
  for (const folder of [many, big]) rmSync(folder, { recursive: true });
  return [
    { what: `first sync of ${files} files of 2 KB into the store, median of ${rounds}`, value: ms(manyPush.ms) },
    { what: 'rsync -a of the same to the same disk', value: ms(manyRsync) },
    { what: '  presync / rsync', value: times(manyPush.ms / manyRsync), aim: 'at most 0.5' },
    { what: `one file of ${bigMb} MB into the store, median of ${rounds}`, value: ms(bigPush.ms) },
    { what: 'rsync -a of the same to the same disk', value: ms(bigRsync) },
    { what: '  presync / rsync', value: times(bigPush.ms / bigRsync), aim: 'at most 1.5' },
    {
      what: "the daemon's highest memory",
      value: megabytes(Math.max(manyPush.memory, bigPush.memory)),
      aim: 'at most 288 MB',
    },
  ];
}

/** Both in turn. Each begins when the disk has nothing left to do, or one pays for what the other wrote. */
async function compareStores(home: string, folder: string, rounds: number): Promise<[number, Pushed]> {
  const rsync: number[] = [];
  const pushes: Pushed[] = [];
  for (let round = 0; round < rounds; round++) {
    execFileSync('sync');
    rsync.push(await localRsync(home, folder));
    execFileSync('sync');
    pushes.push(await firstPush(home, folder));
  }
  const memory = Math.max(...pushes.map((push) => push.memory));
  return [median(rsync), { ms: median(pushes.map((push) => push.ms)), memory }];
}

async function localRsync(home: string, from: string): Promise<number> {
  const to = join(home, 'copy');
  const took = await timed(() => Promise.resolve(execFileSync('rsync', ['-a', `${from}/`, `${to}/`])));
  rmSync(to, { recursive: true });
  return took;
}

interface Pushed {
  readonly ms: number;
  /** The daemon's highest, bytes. */
  readonly memory: number;
}

async function firstPush(home: string, folder: string): Promise<Pushed> {
  const place = join(home, 'store');
  mkdirSync(place);
  const daemon = await DaemonProcess.start({ home: place, builder: 'unix:///nowhere' });
  const client = await FolderClient.of(folder, join(place, 'cache'), 'unix:///nowhere');
  const took = await timed(() => client.push(daemon));
  const memory = Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${daemon.child.pid}/status`, 'utf8'))![1]) * 1024;
  await daemon.stop();
  rmSync(place, { recursive: true });
  return { ms: took, memory };
}

/** How much of a link a bulk transfer uses, and how long a save takes that comes meanwhile. */
export async function measureBulk(home: string, engine: Engine, mbit: number): Promise<Row[]> {
  const megabytes = Math.max(4, Math.round((mbit * secondsOfBulk) / 8));
  const far = await FarSide.open(join(home, `bulk-${mbit}`), engine, { mbit, latencyMs: 0 });
  try {
    const [bulk, small] = [join(home, `bulk-${mbit}/tree`), join(home, `bulk-${mbit}/small`)];
    makeTree(bulk, 1, megabytes);
    makeTree(small, 10, 0);
    const { peer } = await far.dial();
    const open = (folder: string) => StandingClient.open(peer, folder, `${folder}-home`, 'unix:///nowhere');
    const [bulkClient, smallClient] = [await open(bulk), await open(small)];
    await smallClient.push();
    far.proxies.daemon.reset();
    const saves: number[] = [];
    let running = true;
    const bulkTook = timed(() => bulkClient.push()).finally(() => (running = false));
    for (await sleep(1500); running; await sleep(700)) {
      writeFileSync(filePath(small, 3), randomText());
      saves.push(await timed(() => smallClient.push()));
    }
    const took = await bulkTook;
    peer.close();
    const share = (far.proxies.daemon.bytes * 8) / (took * mbit * 1000);
    return [
      {
        what: `bulk of ${megabytes} MB at ${mbit} Mbit/s: share of the link`,
        value: `${(share * 100).toFixed(0)} %`,
        aim: 'at least 90 %',
      },
      { what: `a save meanwhile, acknowledged: median of ${saves.length}`, value: ms(median(saves)) },
      { what: '  the slowest', value: ms(Math.max(...saves)), aim: 'at most 500 ms' },
    ];
  } finally {
    await far.close();
  }
}

const secondsOfBulk = 12;

/** From Build to the first step on a standing connection, in round trips, and what `docker build` takes on the same link. */
export async function measureRoundTrips(home: string, engine: Engine): Promise<Row[]> {
  const rounds = 3;
  const [near, distant] = [
    await firstSteps(home, engine, 0, rounds),
    await firstSteps(home, engine, latencyMs, rounds),
  ];
  return [
    { what: `Build to first step at 10 Mbit/s and ${latencyMs} ms: median of ${rounds}`, value: ms(distant.mine) },
    { what: 'the same at 10 Mbit/s without latency', value: ms(near.mine) },
    {
      what: '  the difference, in round trips',
      value: ((distant.mine - near.mine) / latencyMs).toFixed(1),
      aim: 'at most 4',
    },
    { what: `docker build of the same change at 10 Mbit/s and ${latencyMs} ms, the whole`, value: ms(distant.stock) },
  ];
}

const latencyMs = 50;

async function firstSteps(home: string, engine: Engine, latency: number, rounds: number) {
  const folder = join(home, `steps-${latency}`);
  const far = await FarSide.open(folder, engine, { mbit: 10, latencyMs: latency });
  try {
    const tree = join(folder, 'tree');
    makeTree(tree, 500, 0);
    const { peer } = await far.dial();
    const client = await StandingClient.open(peer, tree, join(folder, 'home'), engine.host);
    const mine = await repeat(rounds, async () => {
      appendFileSync(filePath(tree, 3), 'x');
      await client.push();
      await sleep(1500); // until it is primed
      return client.firstStep();
    });
    peer.close();
    const remote = { ...engine, cli: join(folder, 'docker') } as Engine;
    const port = far.proxies.engine.port;
    writeFileSync(remote.cli, `#!/bin/sh\nexec '${engine.cli}' -H tcp://127.0.0.1:${port} "$@"\n`, { mode: 0o755 });
    await stockBuild(remote, tree);
    const stock = await repeat(rounds, () => {
      appendFileSync(filePath(tree, 3), 'x');
      return timed(() => stockBuild(remote, tree));
    });
    return { mine: median(mine), stock: median(stock) };
  } finally {
    await far.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
