/** What crosses the link for a change of a real folder: what the daemon lacks, and nothing else. */
import { chmodSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { LocalContext } from '../../../src/client/localContext.ts';
import { Pusher } from '../../../src/client/pusher.ts';
import type { Sent } from '../../../src/context/sent.ts';
import { proofScan } from '../../../src/workspace/proofScan.ts';
import { DaemonRig } from '../../support/daemonRig.ts';
import { noise } from '../../support/madeContexts.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let folder: string;
let rig: DaemonRig;
/** Reads the folder, pushes it, and tells what crossed. */
let sync: () => Promise<Sent>;

beforeEach(async () => {
  folder = temporaryFolder();
  const home = temporaryFolder();
  rig = await DaemonRig.open(home);
  const link = await rig.greeted();
  const context = await LocalContext.open({
    folder,
    dockerfile: undefined,
    installation: 'test',
    cacheDirectory: join(home, 'cache'),
    neededDirectory: join(home, 'needed'),
    prover: { prove: proofScan },
  });
  await rig.openContext(link, context.id, 'owner');
  const pusher = new Pusher(context.id, context, 'owner');
  const read = () => context.read({ everything: true, why: 'test' });
  sync = async () => {
    const { reading, sent } = await pusher.bring(link.peer, await read(), read, {});
    expect((await rig.hub.open(context.id)).head?.digest).toBe(reading.snapshot.digest);
    return sent;
  };
});

const nothing = { files: 0, bytes: 0 };

test('a mode alone makes another snapshot and sends no content', async () => {
  writeFileSync(join(folder, 'tool'), noise(100_000), { mode: 0o644 });
  expect(await sync()).toEqual({ files: 1, bytes: 100_000 });
  const [context] = rig.hub.all;
  const before = context!.head!.digest;
  chmodSync(join(folder, 'tool'), 0o755);
  expect(await sync()).toEqual(nothing);
  expect(context!.head!.digest).not.toBe(before);
});

test('two large files that change places send no content', async () => {
  writeFileSync(join(folder, 'a'), noise(3_000_000, 1));
  writeFileSync(join(folder, 'b'), noise(3_000_000, 2));
  expect((await sync()).bytes).toBeGreaterThanOrEqual(6_000_000);
  renameSync(join(folder, 'a'), join(folder, 't'));
  renameSync(join(folder, 'b'), join(folder, 'a'));
  renameSync(join(folder, 't'), join(folder, 'b'));
  const { bytes } = await sync();
  // Of a large file the list of its chunks may be told again.
  expect(bytes).toBeLessThan(20_000);
});

test('a file of 100 MiB that holds nothing sends less than 1 MiB', async () => {
  const file = join(folder, 'sparse');
  writeFileSync(file, '');
  truncateSync(file, 100 * 1024 * 1024);
  expect((await sync()).bytes).toBeLessThan(1024 * 1024);
});

test('a touch of everything sends nothing', async () => {
  for (let i = 0; i < 50; i++) writeFileSync(join(folder, `${i}`), `content ${i}`);
  await sync();
  for (let i = 0; i < 50; i++) writeFileSync(join(folder, `${i}`), `content ${i}`);
  expect(await sync()).toEqual(nothing);
});
