import { describe, expect, test } from 'vitest';
import { ChangeReader } from '../../../../src/client/progress/changeReader.ts';
import { progressLimits } from '../../../../src/client/progress/limits.ts';
import type { ProgressEvent, SyncProgress } from '../../../../src/client/progress/progressEvent.ts';
import { log, status, vertex, warning } from '../../../support/buildEvents.ts';

const read = (event: ProgressEvent) => new ChangeReader().read(event);

/** The texts of the lines among changes. */
const linesOf = (changes: readonly { readonly type: string }[]) =>
  changes.filter(({ type }) => type === 'line').map((change) => (change as unknown as { text: string }).text);

describe('reading build events', () => {
  test('escapes what a builder names', () => {
    const evil = 'x\x1b[2J\u202e\u009b1m\n';
    const safe = 'x\\u{1b}[2J\\u{202e}\\u{9b}1m\\u{a}';
    expect(read(vertex('a', { name: evil, error: evil }))).toMatchObject([{ name: safe, error: safe }]);
    expect(read(status('a', evil))).toMatchObject([{ label: safe }]);
    expect(read(warning('a', evil, { url: evil, detail: 'one\x1b[J\ntwo' }))).toMatchObject([
      { message: safe, url: safe, detail: ['one\\u{1b}[J', 'two'] },
    ]);
    expect(read({ type: 'sync', phase: 'push', state: 'running', message: evil, timestamp: 0 })[1]).toMatchObject({
      label: safe,
    });
  });

  test('calls a step without a name by its digest', () => {
    expect(read(vertex('sha256:12', { name: '' }))).toMatchObject([{ name: 'sha256:12' }]);
  });

  test.each([
    [{ current: 0, total: 0 }, ''],
    [{ current: 2, total: 0 }, '2B'],
    [{ current: 1500, total: 3_000_000 }, '1.50kB / 3.00MB'],
    [{ current: 0, total: 10 }, '0B / 10B'],
  ])('tells %j as %j', (counts, amount) => {
    expect(read(status('a', 'x', counts))).toMatchObject([{ amount }]);
  });

  test('keeps an unfinished line of an ended step together until the batch is read', () => {
    const reader = new ChangeReader();
    reader.read(vertex('a', { from: 0 }));
    const batch = [vertex('a', { from: 0, to: 9 }), log('a', 5, 'last '), log('a', 6, 'words')];
    expect(linesOf(batch.flatMap((event) => reader.read(event)))).toEqual([]);
    expect(linesOf(reader.settle())).toEqual(['last words']);
    expect(reader.settle()).toEqual([]);
  });

  test('waits for more output of a step that goes on', () => {
    const reader = new ChangeReader();
    reader.read(vertex('a', { from: 0 }));
    reader.read(log('a', 1, 'half'));
    expect(reader.settle()).toEqual([]);
    expect(linesOf(reader.read(log('a', 2, ' and half\n')))).toEqual(['half and half']);
    reader.read(log('a', 3, 'rest'));
    expect(linesOf(reader.end())).toEqual(['rest']);
  });

  test('leaves out steps beyond the limit, but goes on with those before', () => {
    const reader = new ChangeReader();
    for (let i = 0; i < progressLimits.steps; i++) reader.read(vertex(String(i)));
    expect(reader.read(vertex('one more'))).toEqual([]);
    expect(reader.read(log('one more', 0, 'x\n'))).toEqual([]);
    expect(linesOf(reader.read(log('0', 0, 'x\n')))).toEqual(['x']);
  });
});

describe('reading sync events', () => {
  const sync = (state: SyncProgress['state'], timestamp: number, rest: Partial<SyncProgress> = {}): SyncProgress => ({
    type: 'sync',
    phase: 'push',
    state,
    timestamp,
    ...rest,
  });

  test('makes a phase a step and its counts a task', () => {
    const reader = new ChangeReader();
    expect(reader.read(sync('started', 10))).toMatchObject([{ type: 'step', started: 10, completed: undefined }]);
    expect(reader.read(sync('running', 20, { files: 1, bytes: 2500 }))).toMatchObject([
      { type: 'step', started: 10 },
      { type: 'task', label: 'sent', amount: '1 file, 2.50kB', started: 10, completed: undefined },
    ]);
    expect(reader.read(sync('done', 30, { files: 2, bytes: 5000 }))).toMatchObject([
      { type: 'step', name: '[presync] send changes', started: 10, completed: 30, error: '' },
      { type: 'task', amount: '2 files, 5.00kB', completed: 30 },
    ]);
  });

  test('begins a repeated phase anew', () => {
    const reader = new ChangeReader();
    reader.read(sync('started', 10));
    reader.read(sync('done', 20));
    expect(reader.read(sync('started', 50))).toMatchObject([{ started: 50, completed: undefined }]);
  });

  test('takes an end without a beginning', () => {
    expect(read(sync('done', 20))).toMatchObject([{ started: 20, completed: 20 }]);
  });
});
