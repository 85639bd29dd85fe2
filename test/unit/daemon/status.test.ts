import { expect, test } from 'vitest';
import type { ByteString } from '../../../src/base/bytes.ts';
import { PresyncError } from '../../../src/base/errors.ts';
import { digestOf, hexDigest } from '../../../src/context/digest.ts';
import type { ContextHub, HeadStore } from '../../../src/daemon/contextHub.ts';
import { Context } from '../../../src/daemon/contextHub.ts';
import type { EnginePool } from '../../../src/daemon/enginePool.ts';
import type { Speculation } from '../../../src/daemon/speculation.ts';
import { statusDocument } from '../../../src/daemon/status.ts';
import type { Store } from '../../../src/store/store.ts';
import { Contents } from '../../support/contents.ts';

const contents = new Contents();
const snapshot = contents.snapshot(contents.file('f', 'content'));

test('why a builder is not ready is told of a context that somebody watches, and of no other', () => {
  const context = new Context(digestOf(new Uint8Array()), {} as HeadStore, { snapshot, isWhole: true });
  const summary = { key: hexDigest(context.id), label: '/app', snapshot: snapshot.digest, files: 1, bytes: 7 };
  const store = { contexts: () => [summary], usage: () => ({ objects: 1, bytes: 7 }) } as unknown as Store;
  const engines = { describe: () => [] } as unknown as EnginePool;
  const hub = { all: [context] } as unknown as ContextHub;
  const endpoint = { kind: 'socket' as const, socketPath: '/s', label: 'unix:///s' };
  const told = () => statusDocument(endpoint, hub, store, engines, {} as Speculation).contexts[0];

  context.problem = new PresyncError('ENGINE_NOT_FOUND', 'It is gone.', { hint: 'Start it.', cause: 'a secret' });
  expect(told()).not.toHaveProperty('failure');
  context.owner = {
    nonce: '' as ByteString,
    engine: { spec: '', env: {} },
    speculate: false,
    barrier: () => Promise.reject(new Error('nobody asks')),
  };
  expect(told()).toMatchObject({
    inSync: true,
    primed: false,
    failure: { code: 'ENGINE_NOT_FOUND', message: 'It is gone.', hint: 'Start it.' },
  });
  expect(JSON.stringify(told())).not.toContain('secret');
});
