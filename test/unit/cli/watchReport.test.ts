import { beforeEach, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { WatchReport } from '../../../src/cli/watchReport.ts';
import type { OwnerState } from '../../../src/client/ownerState.ts';
import { Contents } from '../../support/contents.ts';

const contents = new Contents();
const one = contents.snapshot(contents.file('f', 'content'));
const two = contents.snapshot(contents.file('f', 'content'), contents.file('g', 'more'));
const noBuilder = new PresyncError('ENGINE_NOT_FOUND', 'There is no engine at /nope.sock.', { hint: 'Start it.' });
const told = 'presync: There is no engine at /nope.sock.\n  hint: Start it.';

let report: WatchReport;

beforeEach(() => {
  report = new WatchReport('/app');
});

function state(change: Partial<OwnerState> = {}): OwnerState {
  return {
    link: 'connected',
    attached: false,
    busy: false,
    snapshot: one,
    problems: [],
    inSync: true,
    primed: false,
    sent: { files: 0, bytes: 0 },
    failure: undefined,
    ...change,
  };
}

test('what is in sync is told once for each snapshot, and when it is ready to build', () => {
  expect(report.next(state({ link: 'connecting', inSync: false }))).toBeUndefined();
  expect(report.next(state())).toMatch(/^in sync: 1 file, 7B, sha256:[0-9a-f]{12}$/);
  expect(report.next(state())).toBeUndefined();
  expect(report.next(state({ primed: true }))).toMatch(/^in sync, ready to build: 1 file, 7B, /);
  expect(report.next(state({ snapshot: two, inSync: false }))).toBeUndefined();
  expect(report.next(state({ snapshot: two, primed: true }))).toMatch(/^in sync, ready to build: 2 files, 11B, /);
});

test('a builder that is not there is told once beside what is in sync, and when it is there again', () => {
  expect(report.next(state({ failure: noBuilder }))).toMatch(new RegExp(`^in sync: 1 file.*\n${told}$`));
  expect(report.next(state({ failure: noBuilder }))).toBeUndefined();
  expect(report.next(state({ failure: noBuilder, snapshot: two }))).toMatch(/^in sync: 2 files[^\n]*$/);
  expect(report.next(state({ snapshot: two, primed: true }))).toMatch(/^in sync, ready to build: 2 files[^\n]*$/);
  expect(report.next(state({ snapshot: two }))).toMatch(/^in sync: 2 files[^\n]*$/);
  expect(report.next(state({ snapshot: two, failure: noBuilder }))).toBe(told);
});

test('the end of a failure is told even where nothing else has changed', () => {
  const lost = new PresyncError('LINK_LOST', 'The daemon is gone.');
  expect(report.next(state({ primed: true }))).toContain('ready to build');
  expect(report.next(state({ link: 'waiting', failure: lost, inSync: false }))).toBe('presync: The daemon is gone.');
  expect(report.next(state({ link: 'connecting', inSync: false }))).toBeUndefined();
  expect(report.next(state({ primed: true }))).toContain('ready to build');
});

test('a context that another program watches is named', () => {
  expect(report.next(state({ attached: true }))).toBe('/app is watched by another program already; following it.');
});
