/**
 * A session against a model: whatever happens to clients, links, the daemon and its disk, a build has what the workspace
 * holds, or is told that its link is gone.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import type { ContextOwner } from '../../src/client/owner.ts';
import { rounds } from '../support/counts.ts';
import type { RigLink } from '../support/daemonRig.ts';
import { DaemonRig } from '../support/daemonRig.ts';
import { FakeWorkspace } from '../support/fakeWorkspace.ts';
import { damageStored, rigBuild, rigOwner } from '../support/rigClients.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** What the workspace holds, by name. */
type Model = Map<string, string>;

interface Real {
  readonly home: string;
  readonly workspace: FakeWorkspace;
  rig: DaemonRig;
  owner: ContextOwner | undefined;
}

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

const names = ['a', 'b', 'c', 'd'];
const textOf = (version: number) => `content of version ${version}, `.repeat(40);

async function expectRightBuild(link: RigLink, model: Model, { rig, workspace }: Real): Promise<void> {
  const { snapshot } = await rigBuild(link, workspace);
  expect(rig.builder.built).toEqual(model);
  expect(snapshot).toBe(workspace.held.digest);
}

const edit = fc.tuple(fc.constantFrom(...names), fc.nat(6)).map(([name, version]) =>
  command(`edit ${name} ${version}`, (model, { workspace }) => {
    model.set(name, textOf(version));
    workspace.write(name, textOf(version));
    return Promise.resolve();
  }),
);

const build = fc.constant(
  command('build', async (model, real) => {
    const link = await real.rig.greeted();
    await expectRightBuild(link, model, real);
    link.peer.close();
  }),
);

const twoBuilds = fc.constant(
  command('two builds', async (model, real) => {
    const links = [await real.rig.greeted(), await real.rig.greeted()];
    await Promise.all(links.map((link) => expectRightBuild(link, model, real)));
    for (const link of links) link.peer.close();
  }),
);

const cutBuild = fc.nat(8).map((frames) =>
  command(`a build that is cut after ${frames} frames`, async (model, real) => {
    const link = await real.rig.greeted();
    link.near.cutAfterFrames(frames);
    try {
      await expectRightBuild(link, model, real);
    } catch (thrown) {
      if (!(thrown instanceof PresyncError)) throw thrown;
      expect(thrown.code).toBe('LINK_LOST');
    }
    link.cut();
  }),
);

const watch = fc.constant(
  command('watch', async (_model, real) => {
    real.owner ??= rigOwner(() => real.rig, real.workspace);
    await expect.poll(() => real.owner!.state.inSync, { timeout: 20_000 }).toBe(true);
  }),
);

const leave = fc.constant(
  command('leave', (_model, real) => {
    real.owner?.dispose();
    real.owner = undefined;
    return Promise.resolve();
  }),
);

const restart = fc.constant(
  command('restart', async (_model, real) => {
    await real.rig.close();
    real.rig = await DaemonRig.open(real.home);
  }),
);

/** While the daemon is down: what it has in memory is good. */
const damage = fc.subarray(names, { minLength: 1 }).map((damaged) =>
  command(`a restart with a damaged ${damaged.join(', ')}`, async (model, real) => {
    await real.rig.close();
    for (const name of damaged) damageStored(real.home, model.get(name) ?? 'none');
    real.rig = await DaemonRig.open(real.home);
  }),
);

const collect = fc.constant(
  command('collect', async (_model, { rig }) => {
    await rig.store.collect({ keep: rig.hub.snapshots() });
  }),
);

test('a build has what the workspace holds, whatever happened before', async () => {
  const commands = fc.commands(
    [edit, edit, build, build, twoBuilds, cutBuild, watch, leave, restart, damage, collect],
    {
      maxCommands: 25,
    },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const home = temporaryFolder();
      const workspace = new FakeWorkspace();
      workspace.atRest = true;
      const real: Real = { home, workspace, rig: await DaemonRig.open(home), owner: undefined };
      const model: Model = new Map();
      try {
        await fc.asyncModelRun(() => ({ model, real }), run);
        await expectRightBuild(await real.rig.greeted(), model, real);
      } finally {
        real.owner?.dispose();
        await real.rig.close();
      }
    }),
    { seed: Number(process.env['PRESYNC_SEED']), numRuns: rounds(2000) },
  );
}, 3_600_000);
