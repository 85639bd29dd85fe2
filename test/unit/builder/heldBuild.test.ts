import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import type { EngineHttp } from '../../../src/builder/engineHttp.ts';
import type { EngineLink } from '../../../src/builder/engineLink.ts';
import { Generation } from '../../../src/builder/generation.ts';
import type { BuildSite } from '../../../src/builder/solve/build.ts';
import type { Leave } from '../../../src/builder/solve/heldBuild.ts';
import { runHeldBuild } from '../../../src/builder/solve/heldBuild.ts';
import type { SolveOrder } from '../../../src/builder/solve/solve.ts';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import { emptySnapshot } from '../../../src/context/snapshot.ts';

const request: BuildRequest = {
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch\n') },
  tags: ['app:1', 'host:5000/app'],
  target: undefined,
  buildArgs: new Map(),
  noCache: true,
};

class Leaving implements Leave {
  given = false;
  readonly ask = vi.fn();
  give: () => void = () => {};
  readonly whenGiven = new Promise<void>((resolve) => {
    this.give = () => {
      this.given = true;
      resolve();
    };
  });
}

/** A held build on an engine of that kind, and all that it asks of the engine, in order. */
function start(store: BuildSite['store'], leave: Leaving, change: Partial<BuildRequest> = {}) {
  const asked: string[] = [];
  const solves: SolveOrder[] = [];
  const solve = (order: SolveOrder) => {
    solves.push(order);
    asked.push(`solve ${order.exporterAttrs?.['name'] ?? 'without a name'}`);
    return Promise.resolve({ 'containerimage.digest': `sha256:${solves.length}` });
  };
  const tag = (image: string, name: string) => Promise.resolve(void asked.push(`tag ${image} ${name}`));
  const site = {
    link: { solve } as unknown as EngineLink,
    http: { tag } as unknown as EngineHttp,
    store,
    sessionId: 's',
    gateway: undefined,
    contexts: new Map(),
    logger: silentLogger,
  };
  const content = { read: () => Promise.reject(new Error('nothing is read')) };
  const order = { id: 'g', sharedKey: 'k', contextName: 'x', tree: emptySnapshot };
  const abort = new AbortController();
  const built = runHeldBuild(
    { ...site, content: content as unknown as BuildSite['content'] },
    {
      generation: new Generation(order, 's', () => {}),
      named: new Map(),
      request: { ...request, ...change },
      services: undefined,
      onEvent: () => {},
      signal: abort.signal,
    },
    leave,
  );
  return { built, asked, solves, abort };
}

describe('a held build', () => {
  it('has no name before leave is given, and is named by the engine then', async () => {
    const leave = new Leaving();
    const { built, asked } = start('docker', leave);
    await vi.waitFor(() => expect(leave.ask).toHaveBeenCalledOnce(), 20_000);
    expect(asked).toEqual(['solve without a name']);
    leave.give();
    expect(await built).toMatchObject({ imageId: 'sha256:1' });
    expect(asked).toEqual(['solve without a name', 'tag sha256:1 app:1', 'tag sha256:1 host:5000/app']);
  });

  it('is solved once more where the engine cannot name: from its cache', async () => {
    const leave = new Leaving();
    const { built, asked, solves } = start('buildkitd', leave);
    await vi.waitFor(() => expect(asked).toEqual(['solve without a name']), 20_000);
    leave.give();
    expect(await built).toMatchObject({ imageId: 'sha256:2' });
    expect(asked).toEqual(['solve without a name', 'solve app:1,host:5000/app']);
    expect(solves.map(({ frontendAttrs }) => 'no-cache' in frontendAttrs!)).toEqual([true, false]);
  });

  it.each(['docker', 'buildkitd'] as const)('with leave from the beginning is any build on a %s', async (kind) => {
    const leave = new Leaving();
    leave.give();
    const { built, asked } = start(kind, leave);
    await built;
    expect(asked).toEqual(['solve app:1,host:5000/app']);
    expect(leave.ask).not.toHaveBeenCalled();
  });

  it.each(['docker', 'buildkitd'] as const)(
    'without names does not end before leave is given, on a %s',
    async (kind) => {
      const leave = new Leaving();
      const { built, asked } = start(kind, leave, { tags: [] });
      const ended = vi.fn();
      void built.then(ended);
      await vi.waitFor(() => expect(asked).toHaveLength(1), 20_000);
      await new Promise(setImmediate);
      expect(ended).not.toHaveBeenCalled();
      leave.give();
      await built;
      expect(asked).toEqual(['solve without a name']);
    },
  );

  it('is never named when it is cancelled meanwhile', async () => {
    const leave = new Leaving();
    const { built, asked, abort } = start('docker', leave);
    await vi.waitFor(() => expect(asked).toHaveLength(1), 20_000);
    abort.abort();
    await expect(built).rejects.toMatchObject({ code: 'CANCELLED' });
    leave.give();
    await new Promise(setImmediate);
    expect(asked).toEqual(['solve without a name']);
  });

  it('refuses a bad name before anything is solved', async () => {
    const { built, asked } = start('docker', new Leaving(), { tags: ['Bad'] });
    await expect(built).rejects.toMatchObject({ code: 'BAD_TAG' });
    expect(asked).toEqual([]);
  });
});
