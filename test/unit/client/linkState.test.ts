import { expect, test } from 'vitest';
import type { LinkAction, LinkState } from '../../../src/client/linkState.ts';
import { initialLinkState, reduceLink } from '../../../src/client/linkState.ts';

function after(...types: LinkAction['type'][]): LinkState {
  return types.reduce<LinkState>((state, type) => reduceLink(state, { type }), initialLinkState);
}

test.each<[LinkAction['type'][], LinkState]>([
  [['start'], { phase: 'connecting', attempt: 0 }],
  [['start', 'connected'], { phase: 'connected' }],
  [['start', 'failed'], { phase: 'waiting', attempt: 0 }],
  [['start', 'failed', 'retry'], { phase: 'connecting', attempt: 1 }],
  [['start', 'failed', 'retry', 'failed', 'retry'], { phase: 'connecting', attempt: 2 }],
  [['start', 'failed', 'retry', 'connected', 'lost'], { phase: 'waiting', attempt: 0 }],
  [['start', 'connected', 'stop', 'start'], { phase: 'stopped' }],
  [['connected'], { phase: 'idle' }],
  [['start', 'lost'], { phase: 'connecting', attempt: 0 }],
])('%j leads to %j', (types, state) => {
  expect(after(...types)).toEqual(state);
});
