import { describe, expect, test } from 'vitest';
import type { WindowState } from '../../../../src/extension/status/statusModel.ts';
import { phaseOf, statusText } from '../../../../src/extension/status/statusModel.ts';
import { someContext, someError } from '../../../support/contextViews.ts';

const state = (changes: Partial<WindowState>): WindowState => ({
  contexts: [],
  paused: false,
  building: undefined,
  workerFailed: false,
  ...changes,
});
const good = someContext({});
const syncing = someContext({ inSync: false });
const offline = someContext({ link: 'waiting', failure: someError });
const failing = someContext({ failure: someError });

describe('the most urgent comes first', () => {
  test.each([
    ['off', {}],
    ['off', { paused: true }],
    ['inSync', { contexts: [good, good] }],
    ['syncing', { contexts: [good, syncing] }],
    ['syncing', { contexts: [someContext()] }],
    ['syncing', { contexts: [someContext({ link: 'connecting' })] }],
    ['offline', { contexts: [good, syncing, offline] }],
    ['attention', { contexts: [offline, failing, good] }],
    ['attention', { contexts: [someContext({ problemCount: 1 })] }],
    ['attention', { contexts: [someContext({ link: 'idle', failure: someError })] }],
    ['attention', { contexts: [someContext(undefined, { failure: someError })] }],
    ['attention', { contexts: [good], workerFailed: true }],
    ['paused', { contexts: [failing], paused: true }],
    ['building', { contexts: [failing], building: '' }],
    ['building', { building: 'RUN x', paused: true }],
  ] as const)('%s', (phase, changes) => {
    expect(phaseOf(state(changes))).toBe(phase);
  });
});

test('in sync says how much, whether a build starts at once, and which snapshot', () => {
  expect(statusText(state({ contexts: [good] }))).toEqual({
    phase: 'inSync',
    text: '$(check) Presync',
    label: 'Presync: in sync, 12 files, a build starts at once, snapshot 0123456789ab',
  });
  expect(statusText(state({ contexts: [someContext({ primed: false, files: 1 })] })).label).toBe(
    'Presync: in sync, 1 file, snapshot 0123456789ab',
  );
});

test('one that another program keeps in sync counts as in sync', () => {
  expect(phaseOf(state({ contexts: [someContext({ attached: true, inSync: false })] }))).toBe('inSync');
});

test('syncing says how much was sent', () => {
  const contexts = [someContext({ inSync: false, sent: { files: 3, bytes: 1500 } })];
  expect(statusText(state({ contexts })).text).toBe('$(sync~spin) Presync: syncing 1.50kB');
});

test('attention says why', () => {
  expect(statusText(state({ contexts: [failing] })).label).toBe('Presync: attention, No engine.');
  expect(statusText(state({ contexts: [someContext({ problemCount: 2 })] })).label).toContain('2 files cannot be sent');
  expect(statusText(state({ contexts: [good], workerFailed: true })).label).toContain('stopped working');
});

test('a long step is cut to what a status bar has room for', () => {
  const { text } = statusText(state({ building: `RUN ${'x'.repeat(200)}` }));
  expect(text.length).toBeLessThan(80);
  expect(text).toMatch(/^\$\(loading~spin\) Presync: building RUN x+…$/);
});
