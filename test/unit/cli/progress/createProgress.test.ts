import { expect, test } from 'vitest';
import type { ProgressMode } from '../../../../src/cli/options.ts';
import { createProgress } from '../../../../src/cli/progress/createProgress.ts';
import { log, vertex } from '../../../support/buildEvents.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { FakePipe } from '../../../support/fakePipe.ts';
import { FakeTerminal } from '../../../support/fakeTerminal.ts';

const purple = '\x1b[35mpurple\x1b[0m';

/** What a small build looks like in this mode: 'fancy', 'plain' or 'json', and whether its output keeps colours. */
async function look(mode: ProgressMode, stream: FakePipe | FakeTerminal, env: Record<string, string>): Promise<string> {
  const renderer = createProgress(mode, stream, { clock: new FakeClock(), env });
  renderer.update(vertex('a', { from: 0 }));
  renderer.update(log('a', 0, `${purple}\n`));
  renderer.update(vertex('a', { from: 0, to: 1, error: 'no' }));
  await renderer.finish({ ok: true });
  const output = stream instanceof FakePipe ? stream.text : stream.output;
  const kind = output.startsWith('{') ? 'json' : output.startsWith('#1 ') ? 'plain' : 'fancy';
  return `${kind}${output.includes(purple) ? ', colours' : ''}`;
}

const tty = () => new FakeTerminal();
const pipe = () => new FakePipe();

test.each<[ProgressMode, string, () => FakePipe | FakeTerminal, Record<string, string>, string]>([
  ['auto', 'a terminal', tty, {}, 'fancy, colours'],
  ['auto', 'a terminal', tty, { TERM: 'xterm-256color', NO_COLOR: '' }, 'fancy, colours'],
  ['auto', 'a terminal', tty, { NO_COLOR: '1' }, 'fancy'],
  ['auto', 'a terminal', tty, { TERM: 'dumb' }, 'plain, colours'],
  ['auto', 'a pipe', pipe, {}, 'plain, colours'],
  ['auto', 'a pipe', pipe, { NO_COLOR: '1' }, 'plain'],
  ['tty', 'a terminal', tty, {}, 'fancy, colours'],
  ['tty', 'a pipe', pipe, {}, 'plain, colours'],
  ['plain', 'a terminal', tty, {}, 'plain, colours'],
  ['rawjson', 'a terminal', tty, {}, 'json'],
  ['rawjson', 'a pipe', pipe, {}, 'json'],
])('%s on %s (%#)', async (mode, _, stream, env, expected) => {
  expect(await look(mode, stream(), env)).toBe(expected);
});
