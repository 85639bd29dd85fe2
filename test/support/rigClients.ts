import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromText } from '../../src/base/bytes.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { systemClock } from '../../src/base/time.ts';
import type { BuildOutcome } from '../../src/client/buildClient.ts';
import { build } from '../../src/client/buildClient.ts';
import { ContextOwner } from '../../src/client/owner.ts';
import { noServices } from './noServices.ts';
import type { DaemonRig, RigLink } from './daemonRig.ts';
import type { FakeWorkspace } from './fakeWorkspace.ts';

function openRequest({ id }: FakeWorkspace) {
  return { context: id, label: fromText('/ws'), nonce: fromText('n'), engine: { spec: '', env: {} } };
}

/** A build of what the workspace holds. */
export async function rigBuild(link: RigLink, workspace: FakeWorkspace): Promise<BuildOutcome> {
  const dockerfile = { name: 'Dockerfile', content: new Uint8Array() };
  const request = { dockerfile, tags: [], target: undefined, buildArgs: new Map(), noCache: false };
  const parts = [{ request, services: noServices }];
  const order = { context: workspace, open: openRequest(workspace), parts, proof: 'off' } as const;
  const quiet = { onEvent: () => {}, onStarted: () => {} };
  const [outcome] = await build(link.peer, order, quiet, new AbortController().signal);
  return outcome!;
}

/** An owner of the workspace that reaches whatever rig there is; it is started, and has to be disposed of. */
export function rigOwner(rig: () => DaemonRig, workspace: FakeWorkspace): ContextOwner {
  const owner = new ContextOwner({
    context: workspace,
    watching: workspace,
    request: openRequest(workspace),
    reach: async () => {
      const { peer } = await rig().greeted();
      return { peer, agreement: { version: 1, codecs: [], program: 'test' } };
    },
    clock: systemClock,
    logger: silentLogger,
    random: Math.random,
  });
  owner.start();
  return owner;
}

/** Flips a bit of what a rig has stored in its home, wherever it lies; returns false where it lies nowhere. */
export function damageStored(home: string, text: string): boolean {
  const folder = join(home, 'store/packs');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.pack'))) {
    const pack = readFileSync(join(folder, name));
    const at = pack.indexOf(text);
    if (at < 0) continue;
    pack[at]! ^= 1;
    writeFileSync(join(folder, name), pack);
    return true;
  }
  return false;
}
