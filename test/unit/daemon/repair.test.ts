/** What is damaged in the store is found before it is used, and comes again from the client that has it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ContextOwner } from '../../../src/client/owner.ts';
import { verifyObjects } from '../../../src/daemon/verifyObjects.ts';
import { DaemonRig } from '../../support/daemonRig.ts';
import { FakeWorkspace } from '../../support/fakeWorkspace.ts';
import { damageStored, rigBuild, rigOwner } from '../../support/rigClients.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { missing } from '../../support/storedTrees.ts';

/** For what a busy machine does in its own time. */
const patient = { timeout: 20_000 };

let home: string;
let rig: DaemonRig;
let workspace: FakeWorkspace;

beforeEach(async () => {
  home = temporaryFolder();
  rig = await DaemonRig.open(home);
  workspace = new FakeWorkspace();
  workspace.atRest = true;
  workspace.write('a', 'content of a '.repeat(50));
  workspace.write('b', 'content of b '.repeat(50));
});

/** Flips a bit of what is stored, wherever it lies. */
function damage(text: string): void {
  expect(damageStored(home, text)).toBe(true);
}

/** The daemon starts anew: nothing is in its memory. */
async function restart(): Promise<void> {
  await rig.close();
  rig = await DaemonRig.open(home);
}

/** An owner that keeps the rig's daemon in sync. */
async function owned(): Promise<ContextOwner> {
  const owner = rigOwner(() => rig, workspace);
  onTestFinished(() => owner.dispose());
  await expect.poll(() => owner.state.inSync, patient).toBe(true);
  return owner;
}

/** After a restart: it has its context open again. */
async function ownerIsBack(): Promise<void> {
  await expect.poll(() => [...rig.hub.all].some((context) => context.owner !== undefined), patient).toBe(true);
}

const whole = new Map([
  ['a', 'content of a '.repeat(50)],
  ['b', 'content of b '.repeat(50)],
]);

describe('content that rotted', () => {
  test('is sent again for the build that finds it', async () => {
    await rigBuild(await rig.greeted(), workspace);
    await restart();
    damage('content of a');
    const { sent } = await rigBuild(await rig.greeted(), workspace);
    expect(rig.builder.built).toEqual(whole);
    expect(sent).toEqual({ files: 1, bytes: 650 });
  });

  test('in many places is found at once, and all of it is sent again for the build that finds it', async () => {
    for (let i = 0; i < 40; i++) workspace.write(`many${i}`, `number ${i} of many `.repeat(50));
    await rigBuild(await rig.greeted(), workspace);
    await restart();
    for (let i = 0; i < 40; i++) damage(`number ${i} of many `);
    const { sent } = await rigBuild(await rig.greeted(), workspace);
    expect(sent.files).toBe(40);
    expect(rig.builder.built.size).toBe(42);
    expect(await rig.store.verify()).toMatchObject({ corrupt: [], damaged: [] });
  });

  test('is sent again by its owner for the build that finds it', async () => {
    await owned();
    await restart();
    await ownerIsBack();
    damage('content of b');
    await rigBuild(await rig.greeted(), workspace);
    expect(rig.builder.built).toEqual(whole);
  });

  test('is sent again at the next start of the daemon, though nobody has read it', async () => {
    await rigBuild(await rig.greeted(), workspace);
    damage('content of a');
    expect(await rig.store.verify()).toMatchObject({ corrupt: [expect.anything()] });
    await restart();
    const { sent } = await rigBuild(await rig.greeted(), workspace);
    expect(sent).toEqual({ files: 1, bytes: 650 });
    expect(rig.builder.built).toEqual(whole);
  });
});

describe('a snapshot that rotted', () => {
  test.each([
    ['its head', damageHead],
    ['the record of its folder', damageRecord],
  ])('in %s is described again, and nothing that is here is sent', async (_, rot) => {
    await rigBuild(await rig.greeted(), workspace);
    await rig.close();
    rot();
    rig = await DaemonRig.open(home);
    const { sent } = await rigBuild(await rig.greeted(), workspace);
    expect(sent).toEqual({ files: 0, bytes: 0 });
    expect(rig.builder.built).toEqual(whole);
    expect(await rig.store.verify()).toMatchObject({ corrupt: [], damaged: [] });
  });

  function damageHead(): void {
    const folder = join(home, 'store/heads');
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'noise');
  }

  /** Of the root, the only one: it begins with the kind and the name of its first file. */
  function damageRecord(): void {
    const folder = join(home, 'store/packs');
    const path = join(folder, '00000001.pack');
    const pack = readFileSync(path);
    const { root } = rootRecord();
    const at = pack.indexOf(Buffer.from(root, 'hex'));
    expect(at).toBeGreaterThan(0);
    // Behind the digest in its header.
    pack[at + 36]! ^= 1;
    writeFileSync(path, pack);
  }

  function rootRecord(): { readonly root: string } {
    const folder = join(home, 'store/heads');
    const text = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8');
    return { root: /"root":"sha256:([0-9a-f]+)"/.exec(text)![1]! };
  }
});

describe('a check of the store', () => {
  test('has the owner send again what it finds, and is clean the next time', async () => {
    const owner = await owned();
    await restart();
    await ownerIsBack();
    damage('content of a');
    damage('content of b');
    const found = await verifyObjects(rig.store, rig.hub.all);
    expect(found).toMatchObject({ ok: false, contexts: ['/ws'] });
    expect(found.corrupt).toHaveLength(2);
    await expect.poll(() => missing(rig.store, workspace.contents.bytes.keys()), patient).toEqual([]);
    await expect.poll(() => owner.state.inSync, patient).toBe(true);
    expect(await verifyObjects(rig.store, rig.hub.all)).toMatchObject({ ok: true, corrupt: [], contexts: [] });
    await rigBuild(await rig.greeted(), workspace);
    expect(rig.builder.built).toEqual(whole);
  });
});
