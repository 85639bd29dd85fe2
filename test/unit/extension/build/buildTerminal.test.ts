import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import { BuildTerminal } from '../../../../src/extension/build/buildTerminal.ts';
import { buildLimits } from '../../../../src/extension/build/limits.ts';
import type { BuildSummary } from '../../../../src/extension/link/workerApi.ts';
import { log, vertex } from '../../../support/buildEvents.ts';
import { FakeClock, settle } from '../../../support/fakeClock.ts';
import { expectGolden } from '../../../support/golden.ts';
import { play, recordedBuild, recordedFailure } from '../../../support/recordedBuild.ts';

const summary: BuildSummary = {
  imageId: `sha256:${'ab'.repeat(32)}`,
  snapshot: 'sha256:1',
  imageBytes: 12_300_000,
  tags: ['app:latest', 'app:1'],
  written: [],
  sent: { files: 0, bytes: 0 },
  builder: { diffCopies: 0, files: 0, bytes: 0 },
  verified: true,
  differing: '',
  readyMs: 41,
  solveMs: 2345,
  verifyMs: 12,
  totalMs: 2400,
};

/** A terminal and its build, which goes on until the test ends it. */
function start({ task = false, content = 'FROM x\nRUN y\n', title = 'app:latest' } = {}) {
  const clock = new FakeClock();
  const end = { resolve: (_: BuildSummary) => {}, reject: (_: unknown) => {} };
  const ended = new Promise<BuildSummary>((resolve, reject) => Object.assign(end, { resolve, reject }));
  const build = { emit: (_event: ProgressEvent) => {}, signal: undefined as AbortSignal | undefined, runs: 0 };
  const terminal = new BuildTerminal({
    title,
    dockerfile: 'docker/Dockerfile',
    readDockerfile: () => Promise.resolve(Buffer.from(content)),
    run: (listener, signal) => {
      build.runs++;
      build.emit = (event) => listener.onEvent(event);
      build.signal = signal;
      return ended;
    },
    clock,
    task,
  });
  const shown = { text: '', closed: [] as unknown[] };
  terminal.onDidWrite((text) => (shown.text += text));
  terminal.onDidClose((code) => shown.closed.push(code));
  return { terminal, build, shown, clock, end };
}

const plain = (text: string) => text.replace(/\x1b\[\d*m/g, '');

describe('the terminal of a build', () => {
  test('shows what is built, how it goes on, and what came of it', async () => {
    const { terminal, build, shown, clock, end } = start();
    terminal.open();
    build.emit(vertex('a', { from: 0, to: 1200 }));
    await clock.advance(100);
    expect(plain(shown.text)).toBe(
      'Building app:latest from docker/Dockerfile\r\n\r\n#1 [a] RUN x\r\n#1 DONE 1.2s\r\n',
    );
    shown.text = '';
    end.resolve(summary);
    await settle();
    expect(plain(shown.text).split('\r\n')).toEqual([
      '',
      'Built app:latest, app:1 (abababababab, 12.30MB)',
      '  nothing sent',
      '  ready in 41 ms, solved in 2.35 s, checked in 12 ms; 2.40 s in all',
      '',
      'Press any key to close the terminal.',
      '',
    ]);
  });

  test('says what moved, and claims no check that there was not', async () => {
    const { terminal, shown, end } = start();
    terminal.open();
    const builder = { diffCopies: 1, files: 3, bytes: 4000 };
    end.resolve({ ...summary, tags: [], imageBytes: 0, sent: { files: 1, bytes: 1500 }, builder, verified: false });
    await settle();
    expect(plain(shown.text)).toContain(
      '\r\nBuilt abababababab\r\n  1 file sent, 1.50kB; the builder took 3 files\r\n',
    );
    expect(shown.text).not.toContain('checked');
  });

  test('names what had changed meanwhile', async () => {
    const { terminal, shown, end } = start();
    terminal.open();
    end.resolve({ ...summary, verified: false, differing: '"busy.log" and 2 more' });
    await settle();
    expect(plain(shown.text)).toContain('not verified: "busy.log" and 2 more changed while it was built');
  });

  test('shows a failed build with the lines that failed, in colour', async () => {
    const outcome = recordedFailure('failedBuild');
    if (outcome.ok || outcome.dockerfile === undefined) throw new Error('no failure');
    const { terminal, build, shown, clock, end } = start({
      content: Buffer.from(outcome.dockerfile.content).toString(),
    });
    terminal.open();
    const renderer = { update: (event: ProgressEvent) => build.emit(event), finish: () => Promise.resolve() };
    await play(recordedBuild('failedBuild'), renderer, clock);
    end.reject(
      new PresyncError('BUILD_FAILED', 'Dockerfile:11: "RUN false" failed with exit code 1.', {
        hint: 'See what "RUN false" printed.',
        data: { line: 11, endLine: 11 },
      }),
    );
    await settle();
    expectGolden(join(import.meta.dirname, 'golden'), 'failedBuild.terminal.txt', shown.text.replaceAll('\r\n', '\n'));
    expect(shown.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('lets no build steer it', async () => {
    const { terminal, build, shown, clock, end } = start({ title: 'folder \x1b[2J' });
    terminal.open();
    build.emit(vertex('a', { from: 0, name: 'RUN \x1b]0;title\x07\u009b2J' }));
    build.emit(log('a', 1, '\x1b[2J\x1b]52;c;AAAA\x07\x1b[6n\x1b[31mred\x1b[0m\n'));
    await clock.advance(100);
    end.reject(new PresyncError('BUILD_FAILED', '\x1b[2J\x9b6n', { hint: '\x1b]0;x\x07' }));
    await settle();
    expect(shown.text).toContain('\x1b[31mred\x1b[0m');
    expect(plain(shown.text).replaceAll('\r\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  });

  test('keeps what comes before it is open, and begins once', async () => {
    const { terminal, build, shown, clock } = start();
    terminal.begin();
    build.emit(vertex('a', { from: 0 }));
    await clock.advance(100);
    expect(shown.text).toBe('');
    terminal.open();
    expect(plain(shown.text)).toContain('Building app:latest from docker/Dockerfile\r\n\r\n#1 [a] RUN x\r\n');
    expect(build.runs).toBe(1);
  });

  test('keeps no more than it has to', async () => {
    const { terminal, build, shown, clock } = start();
    terminal.begin();
    build.emit(vertex('a', { from: 0 }));
    const line = `${'x'.repeat(10_000)}\n`;
    for (let i = 0; i < 300; i++) {
      build.emit(log('a', i, i === 299 ? 'last\n' : line));
      await clock.advance(100);
    }
    terminal.open();
    expect(shown.text.length).toBeLessThanOrEqual(buildLimits.heldOutput);
    expect(shown.text.length).toBeGreaterThan(buildLimits.heldOutput / 2);
    expect(shown.text).toContain('last\r\n');
  });
});

describe('the user', () => {
  test('cancels with Ctrl-C, and sees it at once', async () => {
    const { terminal, build, shown, end } = start();
    terminal.open();
    terminal.handleInput('x');
    expect(build.signal?.aborted).toBe(false);
    terminal.handleInput('\x03');
    terminal.handleInput('\x03');
    expect(build.signal?.aborted).toBe(true);
    expect(shown.text.match(/Cancelling/g)).toHaveLength(1);
    end.reject(new PresyncError('CANCELLED', 'Cancelled.'));
    await settle();
    expect(plain(shown.text)).toContain('\r\nCancelled.\r\n');
    expect(shown.text).not.toContain('ERROR');
    expect(shown.closed).toEqual([]);
  });

  test('cancels before it is open', () => {
    const { terminal, build } = start();
    terminal.handleInput('\x03');
    terminal.open();
    expect(build.signal?.aborted).toBe(true);
  });

  test('cancels by closing it, after which nothing is written', async () => {
    const { terminal, build, shown, end } = start();
    terminal.open();
    const { text } = shown;
    terminal.close();
    expect(build.signal?.aborted).toBe(true);
    end.reject(new PresyncError('CANCELLED', 'Cancelled.'));
    await settle();
    expect(shown.text).toBe(text);
  });

  test('closes it with any key once the build has ended, whatever its exit code', async () => {
    const { terminal, shown, end } = start();
    terminal.open();
    terminal.handleInput('q');
    end.reject(new PresyncError('BUILD_FAILED', 'no'));
    await settle();
    expect(shown.closed).toEqual([]);
    terminal.handleInput('q');
    // With an exit code VS Code would complain of a terminal that ended badly.
    expect(shown.closed).toEqual([undefined]);
  });
});

describe('a task', () => {
  test.each([
    ['BUILD_FAILED', 3],
    ['CANCELLED', 130],
    ['DOCKERFILE_NOT_FOUND', 1],
  ] as const)('that ends with %s has exit code %i', async (code, exit) => {
    const { terminal, shown, clock, end } = start({ task: true });
    terminal.open();
    end.reject(new PresyncError(code, 'x'));
    await settle();
    await clock.advance(buildLimits.launch - 1);
    // Sooner, VS Code would say that it failed to launch.
    expect(shown.closed).toEqual([]);
    await clock.advance(1);
    expect(shown.closed).toEqual([exit]);
    expect(shown.text).not.toContain('Press any key');
    terminal.handleInput('q');
    expect(shown.closed).toEqual([exit]);
  });

  test('that ends well has exit code 0, even if it ends before its terminal is open', async () => {
    const { terminal, shown, end } = start({ task: true });
    terminal.begin();
    end.resolve(summary);
    await settle();
    expect(shown.closed).toEqual([]);
    terminal.open();
    expect(shown.closed).toEqual([0]);
    expect(shown.text).toContain('Built app:latest');
  });
});
