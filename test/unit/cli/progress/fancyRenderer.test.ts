import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { FancyRenderer } from '../../../../src/cli/progress/fancyRenderer.ts';
import { log, vertex, warning } from '../../../support/buildEvents.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { FakeTerminal } from '../../../support/fakeTerminal.ts';
import { expectGolden } from '../../../support/golden.ts';
import { play, recordedBuild, recordedFailure } from '../../../support/recordedBuild.ts';

const golden = join(import.meta.dirname, '../golden');

function start(columns = 80, rows = 24, colours = true) {
  const [terminal, clock] = [new FakeTerminal(columns, rows), new FakeClock()];
  return { terminal, clock, renderer: new FancyRenderer(terminal, clock, { colours }) };
}

/** The screen at each picture that differs from the one before, then the last one. */
async function record(columns: number, rows: number): Promise<string> {
  const { terminal, clock, renderer } = start(columns, rows);
  const screens: string[] = [];
  await play(recordedBuild('failedBuild'), renderer, clock, () => {
    if (screens.at(-1) !== terminal.text) screens.push(terminal.text);
  });
  await renderer.finish(recordedFailure('failedBuild'));
  return [...screens, terminal.text].join(`${'='.repeat(columns)}\n`);
}

test('redraws a failed build with parallel steps', async () => {
  expectGolden(golden, 'failedBuild.fancy.txt', await record(80, 24));
});

test('keeps within a small terminal', async () => {
  expectGolden(golden, 'failedBuild.small.txt', await record(40, 8));
});

test('colours what is done, what failed and what is said', async () => {
  const { terminal, clock, renderer } = start(50);
  renderer.update(vertex('done', { from: 0, to: 300 }));
  renderer.update(vertex('cached', { from: 0, to: 0, cached: true }));
  renderer.update(vertex('failed', { from: 0, to: 300, error: 'no' }));
  renderer.update(vertex('stopped', { from: 0, to: 300, error: 'context canceled' }));
  renderer.update(vertex('running', { from: 0 }));
  renderer.update(log('running', 0, '\x1b[35mpurple\x1b[0m\n'));
  await clock.advance(100);
  expectGolden(golden, 'colours.txt', `${terminal.output}\n`);
});

test('writes no colours when they are not wanted', async () => {
  const { terminal, clock, renderer } = start(80, 24, false);
  await play(recordedBuild('failedBuild'), renderer, clock);
  await renderer.finish(recordedFailure('failedBuild'));
  expect(terminal.output).not.toMatch(/\x1b\[[0-9;]*m/);
});

test('draws at most ten times a second, and goes on counting while nothing happens', async () => {
  const { terminal, clock, renderer } = start();
  for (let i = 0; i < 1000; i++) {
    renderer.update(i === 0 ? vertex('a', { from: 0 }) : log('a', i, `${i}\n`));
    await clock.advance(1);
  }
  expect(terminal.writes).toBe(10);
  await clock.advance(4000);
  expect(terminal.text).toMatch(/^\[\+\] Building 5\.0s \(0\/1\)\n => \[a\] RUN x +5\.0s\n/);
});

test('follows the size of the terminal', async () => {
  const { terminal, clock, renderer } = start(80);
  renderer.update(vertex('a', { from: 0, name: 'x'.repeat(200) }));
  await clock.advance(100);
  expect(terminal.widest).toBe(79);
  terminal.columns = 120;
  await clock.advance(100);
  expect(terminal.widest).toBe(119);
});

test('the last picture is whole, however many rows it needs', async () => {
  const { terminal, clock, renderer } = start(80, 6);
  const names = Array.from({ length: 20 }, (_, i) => `step ${i}`);
  for (const name of names) renderer.update(vertex(name, { name, from: 0, to: 10 }));
  await clock.advance(100);
  expect(terminal.text.split('\n').length).toBeLessThanOrEqual(6);
  await renderer.finish({ ok: true });
  expect(terminal.text).toMatch(/^\[\+\] Building 0\.1s \(20\/20\) FINISHED\n/);
  for (const name of names) expect(terminal.text).toMatch(new RegExp(`^ => ${name} `, 'm'));
});

test.each([
  [{ ok: true }, 'FINISHED'],
  [{ ok: false, error: new PresyncError('BUILD_FAILED', 'x') }, 'FAILED'],
  [{ ok: false, error: new PresyncError('CANCELLED', 'x') }, 'CANCELED'],
] as const)('ends %j as %s', async (outcome, word) => {
  const { terminal, renderer } = start();
  renderer.update(vertex('a', { from: 0 }));
  await renderer.finish(outcome);
  expect(terminal.text.split('\n')[0]).toBe(`[+] Building 0.0s (0/1) ${word}`);
});

test('shows nothing when nothing happened', async () => {
  const { terminal, renderer } = start();
  await renderer.finish({ ok: false, error: new PresyncError('ENGINE_UNREACHABLE', 'x') });
  expect(terminal.text).toBe('');
});

test('leaves no timer behind and ignores what comes after the end', async () => {
  const { terminal, clock, renderer } = start();
  renderer.update(vertex('a', { from: 0 }));
  await clock.advance(100);
  await renderer.finish({ ok: true });
  const { output } = terminal;
  renderer.update(vertex('b', { from: 0 }));
  await renderer.finish({ ok: true });
  await clock.advance(10_000);
  expect(terminal.output).toBe(output);
});

test('lists the warnings at the end', async () => {
  const { terminal, renderer } = start();
  renderer.update(vertex('a', { from: 0, to: 1 }));
  renderer.update(warning('a', 'JSONArgsRecommended', { line: 3 }));
  await renderer.finish({ ok: true });
  expect(terminal.text).toContain('\n\n1 warning:\n - JSONArgsRecommended (line 3)\n');
});

test('moves down what stands below a new line', async () => {
  const { terminal, clock, renderer } = start(4);
  // So narrow that the header is always the same.
  for (const step of ['a', 'b']) renderer.update(vertex(step, { from: 0, name: step.repeat(9) }));
  await clock.advance(100);
  const [header, a, b] = terminal.text.split('\n');
  renderer.update(log('a', 0, 'x\n'));
  await clock.advance(100);
  expect(terminal.text.split('\n')).toEqual([header, a, expect.any(String), b, '']);
});
