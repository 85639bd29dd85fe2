import { describe, expect, test } from 'vitest';
import type { BuildState } from '../../../../src/client/progress/buildState.ts';
import { emptyBuild, reduceBuild } from '../../../../src/client/progress/buildState.ts';
import { ChangeReader } from '../../../../src/client/progress/changeReader.ts';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import type { FrameView } from '../../../../src/cli/progress/fancyFrame.ts';
import { renderFrame } from '../../../../src/cli/progress/fancyFrame.ts';
import { noPaint } from '../../../../src/client/progress/paint.ts';
import { textWidth } from '../../../../src/cli/progress/textWidth.ts';
import { log, status, vertex } from '../../../support/buildEvents.ts';

function stateOf(...events: ProgressEvent[]): BuildState {
  const reader = new ChangeReader();
  const changes = events.flatMap((event) => reader.read(event));
  return changes.reduce((state, change) => reduceBuild(state, change, 0), emptyBuild);
}

function frame(state: BuildState, view: Partial<FrameView> = {}): string[] {
  const usual = { now: 1000, startedAt: 0, columns: 40, rows: undefined, ending: '', paint: noPaint };
  return renderFrame(state, { ...usual, ...view });
}

describe('a picture of a build', () => {
  test('has a header, steps, their parts and what they say', () => {
    const state = stateOf(
      vertex('a', { from: 0, to: 1234 }),
      status('a', 'transferring context:', { from: 0, to: 200, current: 2 }),
      vertex('waiting'),
      vertex('b', { from: 0 }),
      log('b', 0, Array.from({ length: 9 }, (_, i) => `line ${i}`).join('\n')),
    );
    expect(frame(state)).toEqual([
      '[+] Building 1.0s (1/3)',
      ' => [a] RUN x                       1.2s',
      ' => => transferring context: 2B     0.2s',
      ' => [b] RUN x                       1.0s',
      ...[2, 3, 4, 5, 6, 7].map((i) => ` => => # line ${i}`),
    ]);
  });

  test('shows the output of running steps only', () => {
    const said = [vertex('a', { from: 0 }), log('a', 0, 'x\n')];
    expect(frame(stateOf(...said))).toContain(' => => # x');
    expect(frame(stateOf(...said, vertex('a', { from: 0, to: 1 })))).not.toContain(' => => # x');
  });

  test('cuts names at a whole character, so that times stand in one column', () => {
    const state = stateOf(
      vertex('a', { name: '日'.repeat(40), from: 0 }),
      vertex('b', { name: '👩‍👧'.repeat(40), from: 0 }),
    );
    for (const line of frame(state).slice(1)) {
      expect(line).toMatch(/\.\.\. {1,2}1\.0s$/);
      expect(textWidth(line)).toBe(40);
    }
  });

  test.each([1, 2, 5, 10, 79])('fits into %d columns', (columns) => {
    const state = stateOf(
      vertex('a', { name: '日本語のステップ'.repeat(9), from: 0 }),
      status('a', 'x'.repeat(99), { from: 0, current: 5, total: 9 }),
      log('a', 0, `\t${'long '.repeat(30)}\n`),
    );
    for (const line of frame(state, { columns })) expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });

  test('keeps the latest output where not all of it fits', () => {
    const state = stateOf(
      ...['a', 'b'].flatMap((step) => [vertex(step, { from: 0 }), log(step, 0, 'one\ntwo\nthree\n')]),
    );
    expect(frame(state, { rows: 6, columns: 20 }).slice(1)).toEqual([
      ' => [a] RUN x   1.0s',
      ' => => # three',
      ' => [b] RUN x   1.0s',
      ' => => # three',
    ]);
  });

  describe('in few rows', () => {
    const state = stateOf(
      vertex('old', { from: 0, to: 1 }),
      status('old', 'part', { from: 0, to: 1 }),
      vertex('new', { from: 0, to: 1 }),
      vertex('r1', { from: 0 }),
      log('r1', 0, 'one\ntwo\n'),
      vertex('r2', { from: 0 }),
    );
    const short = (rows: number) =>
      frame(state, { rows }).map((line) => line.replace(/ => \[(.*)\] RUN x.*/, '$1').replace(/ => => (\S+).*/, '$1'));
    const header = '[+] Building 1.0s (2/4)';

    test.each([
      [8, [header, 'old', 'part', 'new', 'r1', '#', '#', 'r2']],
      [7, [header, 'old', 'new', 'r1', '#', '#', 'r2']],
      [6, [header, 'new', 'r1', '#', '#', 'r2']],
      [5, [header, 'r1', '#', '#', 'r2']],
      [4, [header, 'r1', 'r2']],
      [2, [header, 'r1']],
      [1, [header]],
      [0, [header]],
    ])('%d: what matters least goes first', (rows, lines) => {
      expect(short(rows)).toEqual(lines);
    });
  });
});
