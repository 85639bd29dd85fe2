import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Clock } from '../../../../src/base/time.ts';
import { PlainRenderer } from '../../../../src/cli/progress/plainRenderer.ts';
import { log, vertex } from '../../../support/buildEvents.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { FakePipe } from '../../../support/fakePipe.ts';
import { expectGolden } from '../../../support/golden.ts';
import { play, recordedBuild, recordedFailure } from '../../../support/recordedBuild.ts';

const golden = join(import.meta.dirname, '../golden');

function start() {
  const [pipe, clock, ran] = [new FakePipe(), new FakeClock(), vi.fn()];
  const schedule: Clock['schedule'] = (ms, run) => clock.schedule(ms, () => (ran(), run()));
  const renderer = new PlainRenderer(pipe, { now: () => clock.now(), schedule }, { colours: true });
  return { pipe, clock, ran, renderer };
}

test('shows a failed build with parallel steps', async () => {
  const { pipe, clock, renderer } = start();
  await play(recordedBuild('failedBuild'), renderer, clock);
  await renderer.finish(recordedFailure('failedBuild'));
  expectGolden(golden, 'failedBuild.plain.txt', pipe.text);
});

test('writes within a tenth of a second, without waiting for the end', async () => {
  const { pipe, clock, renderer } = start();
  renderer.update(vertex('a', { from: 0 }));
  renderer.update(log('a', 5, 'hello\n'));
  expect(pipe.text).toBe('');
  await clock.advance(100);
  expect(pipe.text).toBe('#1 [a] RUN x\n#1 0.005 hello\n');
});

test('prints what a silent step said once its turn comes, even if no event comes any more', async () => {
  const { pipe, clock, renderer } = start();
  renderer.update(vertex('a', { from: 0 }));
  await clock.advance(100);
  renderer.update(vertex('b', { from: 0 }));
  await clock.advance(4000);
  expect(pipe.text).not.toContain('[b]');
  await clock.advance(2000);
  expect(pipe.text).toContain('#2 [b] RUN x\n');
});

test('leaves no timer behind and ignores what comes after the end', async () => {
  const { pipe, clock, ran, renderer } = start();
  renderer.update(vertex('a', { from: 0 }));
  await renderer.finish({ ok: true });
  const { text } = pipe;
  renderer.update(vertex('b', { from: 0 }));
  await renderer.finish({ ok: true });
  await clock.advance(10_000);
  expect(ran).not.toHaveBeenCalled();
  expect(pipe.text).toBe(text);
});
