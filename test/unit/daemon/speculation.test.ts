import { beforeEach, describe, expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { cancelled } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import { usualSettings } from '../../../src/context/buildSettings.ts';
import { digestOf } from '../../../src/context/digest.ts';
import type { Snapshot } from '../../../src/context/snapshot.ts';
import { Context } from '../../../src/daemon/contextHub.ts';
import { Speculation } from '../../../src/daemon/speculation.ts';
import type { Build } from '../../../src/protocol/message.ts';
import { Contents } from '../../support/contents.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

const contents = new Contents();
const [A, B, C] = ['A', 'B', 'C'].map((text) => contents.snapshot(contents.file('f', text))) as [
  Snapshot,
  Snapshot,
  Snapshot,
];
const names = new Map([A, B, C].map((snapshot, index) => [snapshot.digest, 'ABC'[index]]));
const engine = { spec: '', env: {} };
const request: BuildRequest = {
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
  tags: ['app'],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
};
const offer = { secrets: false, agents: false, registries: true, outputs: false, archive: false };

let clock: FakeClock;
let context: Context;
let speculation: Speculation;
/** What happened at the engine, in order. */
let log: string[];
/** Ends the build that runs. */
let end: (failure?: Error) => Promise<void>;

beforeEach(() => {
  clock = new FakeClock();
  log = [];
  const store = {
    head: () => Promise.resolve(undefined),
    commit: () => Promise.resolve(),
    touch: () => Promise.resolve(),
    check: () => Promise.resolve(),
  };
  context = new Context(digestOf(new Uint8Array()), store, undefined);
  own(true);
  speculation = new Speculation({
    lease: (_context, _engine, snapshot) => {
      const name = names.get(snapshot.digest)!;
      return Promise.resolve({
        build: (built: BuildRequest, _onEvent: unknown, signal: AbortSignal) => {
          log.push(`build ${name} [${built.tags.join()}]`);
          return new Promise((resolve, reject) => {
            const result = {
              imageId: `image of ${name}`,
              imageBytes: 1,
              metadata: new Map(),
              generation: 'g',
              solveMs: 1,
            };
            const transfer = { diffCopies: 0, files: 0, bytes: 0 };
            end = (failure) => {
              if (failure === undefined) resolve({ ...result, transfer });
              else reject(failure);
              return settle();
            };
            signal.addEventListener('abort', () => (log.push(`cancel ${name}`), reject(cancelled())));
          });
        },
        moveName: (imageId: string, to: string) => (
          log.push(`${to.replace(/:.*/, '')} = ${imageId}`),
          Promise.resolve()
        ),
        release: () => log.push(`release ${name}`),
      });
    },
    clock,
    logger: silentLogger,
  });
});

function own(speculate: boolean): void {
  const barrier = () => Promise.reject(new Error('nobody asks'));
  context.owner = { nonce: '' as ByteString, engine, speculate, barrier };
}

const userBuilds = (snapshot: Snapshot, changes: Partial<BuildRequest> = {}, offered = offer) => {
  const order = { request: { ...request, ...changes }, offer: offered } as Build;
  speculation.onBuild(context, snapshot, order, engine);
};

async function primed(snapshot: Snapshot): Promise<void> {
  speculation.onMoved(context);
  speculation.onPrimed(context, snapshot);
  await settle();
}

describe('the last build of a context', () => {
  test('is run again when the builder has another snapshot, and helps the user’s own', async () => {
    userBuilds(A);
    await primed(B);
    await clock.advance(40);
    await end();
    expect(log).toEqual(['build B []', 'presync-background = image of B', 'release B']);
    userBuilds(B, { tags: ['other'] });
    expect(speculation.counts).toEqual({ begun: 1, finished: 1, helped: 1, ms: 40 });
  });

  test('helps too while it is under way, and goes on', async () => {
    userBuilds(A);
    await primed(B);
    userBuilds(B);
    expect(log).toEqual(['build B []']);
    expect(speculation.counts).toMatchObject({ helped: 1 });
  });

  test('is not run for a snapshot that the user builds or has built', async () => {
    userBuilds(A);
    await primed(A);
    expect(log).toEqual([]);
    userBuilds(A);
    expect(speculation.counts).toEqual({ begun: 0, finished: 0, helped: 0, ms: 0 });
  });

  test('is not run twice for one snapshot', async () => {
    userBuilds(A);
    await primed(B);
    await end();
    await primed(B);
    expect(speculation.counts).toMatchObject({ begun: 1 });
  });

  test('gives way to a newer snapshot: never more than one', async () => {
    userBuilds(A);
    await primed(B);
    await primed(C);
    expect(log).toEqual(['build B []', 'cancel B', 'release B', 'build C []']);
  });

  test('gives way to a user’s build of something else', async () => {
    userBuilds(A);
    await primed(B);
    userBuilds(B, { target: 'test' });
    await settle();
    expect(log).toEqual(['build B []', 'cancel B', 'release B']);
    expect(speculation.counts).toMatchObject({ helped: 0 });
  });

  test('that failed is run again for the next snapshot', async () => {
    userBuilds(A);
    await primed(B);
    await end(new Error('exit code 1'));
    expect(log).toEqual(['build B []', 'release B']);
    userBuilds(B);
    expect(speculation.counts).toMatchObject({ finished: 0, helped: 0 });
    await primed(C);
    expect(log.at(-1)).toBe('build C []');
  });
});

describe('nothing is run', () => {
  test('where the owner does not want it', async () => {
    own(false);
    userBuilds(A);
    await primed(B);
    expect(log).toEqual([]);
  });

  test('before the user has built', async () => {
    await primed(A);
    expect(log).toEqual([]);
  });

  const output = { type: 'local', attributes: new Map() } as never;
  test.each([
    ['needs a secret', {}, { ...offer, secrets: true }],
    ['needs an agent', {}, { ...offer, agents: true }],
    ['leaves files elsewhere', { outputs: [output] }, offer],
    ['uses no cache', { noCache: true }, offer],
    ['uses no cache of a stage', { settings: { ...usualSettings, noCacheStages: ['a'] } }, offer],
    ['writes a cache', { settings: { ...usualSettings, cacheTo: [{ type: 'inline', attributes: new Map() }] } }, offer],
  ])('of a build that %s', async (_, changes, offered) => {
    userBuilds(A);
    userBuilds(A, changes, offered);
    await primed(B);
    expect(log).toEqual([]);
  });
});
