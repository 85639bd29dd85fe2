import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { progressLimits } from '../../../../src/client/progress/limits.ts';
import { noPaint } from '../../../../src/client/progress/paint.ts';
import { PlainProgress } from '../../../../src/client/progress/plainProgress.ts';
import type { ProgressEvent } from '../../../../src/client/progress/progressEvent.ts';
import { log, status, vertex, warning } from '../../../support/buildEvents.ts';

/** A display whose events can be pushed and drained at a given local time. */
class Display {
  readonly #plain = new PlainProgress({ colours: true });

  /** The lines after these events, all at `now`. */
  at(now: number, ...events: ProgressEvent[]): string[] {
    for (const event of events) this.#plain.push(event, now);
    return this.#plain.drain(now);
  }

  end(now = 0): string[] {
    return this.#plain.finish({ ok: true }, now);
  }

  get waiting(): boolean {
    return this.#plain.waiting;
  }
}

describe('plain progress', () => {
  test('numbers steps as they are printed, and shows none that waits', () => {
    const display = new Display();
    expect(display.at(0, vertex('c'), vertex('b'), vertex('a', { from: 0 }))).toEqual(['#1 [a] RUN x']);
    expect(display.at(1, vertex('a', { from: 0, to: 300 }), vertex('c', { from: 300 }))).toEqual([
      '#1 DONE 0.3s',
      '',
      '#2 [c] RUN x',
    ]);
  });

  test('prints output before the end of its step, whatever came first', () => {
    const events = [vertex('a', { from: 0, to: 500 }), log('a', 100, 'one\ntw'), log('a', 200, 'o')];
    expect(new Display().at(0, ...events)).toEqual(['#1 [a] RUN x', '#1 0.100 one', '#1 0.100 two', '#1 DONE 0.5s']);
  });

  test.each([
    [{ to: 100, cached: true }, '#1 CACHED'],
    [{ to: 1200 }, '#1 DONE 1.2s'],
    [{ to: 100, error: 'exit code: 1' }, '#1 ERROR: exit code: 1'],
    [{ to: 100, error: 'x: context canceled' }, '#1 CANCELED'],
  ])('ends a step of %j with %s', (how, text) => {
    expect(new Display().at(0, vertex('a', { from: 0, ...how })).at(-1)).toBe(text);
  });

  describe('with steps that run at once', () => {
    /** Step a has the turn; b has begun as well. */
    function two(): Display {
      const display = new Display();
      expect(display.at(0, vertex('a', { from: 0 }))).toEqual(['#1 [a] RUN x']);
      expect(display.at(1, vertex('b', { from: 0 }), log('b', 1, 'b1\n'))).toEqual([]);
      return display;
    }

    test('keeps the output of the others until the turn is over', () => {
      const display = two();
      expect(display.waiting).toBe(true);
      expect(display.at(2, log('a', 2, 'a1\n'))).toEqual(['#1 0.002 a1']);
      expect(display.at(progressLimits.turnMs)).toEqual(['#1 ...', '', '#2 [b] RUN x', '#2 0.001 b1']);
      expect(display.waiting).toBe(false);
      expect(display.at(progressLimits.turnMs + 1, log('a', 3, 'a2\n'))).toEqual([]);
      expect(display.at(2 * progressLimits.turnMs)).toEqual(['#2 ...', '', '#1 [a] RUN x', '#1 0.003 a2']);
    });

    test('passes the turn on when a step ends', () => {
      const ended = two().at(2, vertex('a', { from: 0, to: 2 }));
      expect(ended).toEqual(['#1 DONE 0.0s', '', '#2 [b] RUN x', '#2 0.001 b1']);
    });

    test('prints a step that ends out of turn', () => {
      const ended = two().at(2, vertex('b', { from: 0, to: 2 }));
      expect(ended).toEqual(['#1 ...', '', '#2 [b] RUN x', '#2 0.001 b1', '#2 DONE 0.0s']);
    });

    test('gives the turn to the one that waits for longest', () => {
      const display = two();
      display.at(2, vertex('c', { from: 0 }), log('c', 1, 'c1\n'));
      const { turnMs } = progressLimits;
      expect(display.at(turnMs, log('a', 3, 'a1\n'))).toContain('#2 0.001 b1');
      // Step a has news again, but later ones than c.
      expect(display.at(2 * turnMs, log('b', 4, 'b2\n'), log('a', 4, 'a2\n'))).toContain('#3 0.001 c1');
    });

    test('does not hold more than a bounded number of lines', () => {
      const display = two();
      const lines = Array.from({ length: progressLimits.heldLines }, (_, i) => log('b', 2, `${i}\n`));
      expect(display.at(3, ...lines)).toHaveLength(progressLimits.heldLines + 4);
    });

    test('prints everything at the end', () => {
      expect(two().end()).toEqual(['#1 ...', '', '#2 [b] RUN x', '#2 0.001 b1']);
    });
  });

  test('tells of parts when they begin, now and then, and when they end', () => {
    const display = new Display();
    const part = (current: number, to?: number) =>
      status('a', 'sha256:12', { from: 0, current, total: 2_000_000, ...(to === undefined ? {} : { to }) });
    expect(display.at(0, vertex('a', { from: 0 }), part(0))).toEqual(['#1 [a] RUN x', '#1 sha256:12 0B / 2.00MB']);
    expect(display.at(100, part(100), part(200_000))).toEqual([]);
    expect(display.at(5000, part(400_000))).toEqual(['#1 sha256:12 400.00kB / 2.00MB 5.0s']);
    expect(display.at(5100, part(1_000_000), part(2_000_000, 6000))).toEqual([
      '#1 sha256:12 2.00MB / 2.00MB 6.0s done',
    ]);
    expect(display.at(20_000, part(2_000_000, 6000))).toEqual([]);
  });

  test('tells of a sync phase that is repeated, with its new counts', () => {
    const display = new Display();
    const push = (state: 'started' | 'running' | 'done', timestamp: number, files?: number): ProgressEvent =>
      ({ type: 'sync', phase: 'push', state, timestamp, ...(files === undefined ? {} : { files }) }) as const;
    const first = display.at(0, push('started', 0), push('running', 5, 1), push('done', 10, 2));
    expect(first).toEqual(['#1 [presync] send changes', '#1 sent 2 files done', '#1 DONE 0.0s']);
    const again = display.at(100, push('started', 100), push('running', 150, 1), push('done', 400, 3));
    expect(again).toEqual(['', '#1 [presync] send changes', '#1 sent 3 files 0.3s done', '#1 DONE 0.3s']);
  });

  test('tells of a step again only when it did something again', () => {
    const display = new Display();
    display.at(0, vertex('a', { from: 0, to: 5 }));
    expect(display.at(100, vertex('a', { from: 50 }))).toEqual([]);
    expect(display.at(200, vertex('a', { from: 50, to: 60, cached: true }))).toEqual([]);
    const again = display.at(300, vertex('a', { from: 70 }), log('a', 80, 'x\n'), vertex('a', { from: 70, to: 90 }));
    expect(again).toEqual(['', '#1 [a] RUN x', '#1 0.010 x', '#1 DONE 0.0s']);
    const failed = display.at(400, vertex('a', { from: 100, to: 110, error: 'no' }));
    expect(failed).toEqual(['', '#1 [a] RUN x', '#1 ERROR: no']);
  });

  test('warns where it happens and once more at the end', () => {
    const display = new Display();
    const event = warning('a', 'JSONArgsRecommended', { line: 3, url: 'https://x.example', detail: 'why\nso' });
    expect(display.at(0, vertex('a', { from: 0 }), event)).toContain('#1 WARN: JSONArgsRecommended');
    const end = ['', '1 warning:', ' - JSONArgsRecommended (line 3)', '   why', '   so', '   https://x.example'];
    expect(display.end()).toEqual(end);
  });

  test('a warning about no step in particular is told at the end only', () => {
    const display = new Display();
    expect(display.at(0, warning('', 'x'))).toEqual([]);
    expect(display.end()).toEqual(['', '1 warning:', ' - x']);
  });

  test.each([
    [true, '#1 0.000 \x1b[31mred\x1b[0m'],
    [false, '#1 0.000 red'],
  ])('with colours %s prints %j', (colours, text) => {
    const plain = new PlainProgress({ colours });
    plain.push(vertex('a', { from: 0 }), 0);
    plain.push(log('a', 0, '\x1b[31mred\n'), 0);
    expect(plain.drain(0)).toContain(text);
  });
});

describe('the end of a failed build', () => {
  const recipe = ['FROM scratch', '', 'RUN one && \\', '\ttwo \\', '  three', 'CMD x'].join('\r\n');

  function end(data: Record<string, number>, ...events: ProgressEvent[]): string[] {
    const plain = new PlainProgress({ colours: true });
    for (const event of events) plain.push(event, 0);
    plain.drain(0);
    const error = new PresyncError('BUILD_FAILED', 'It failed.', { data });
    return plain.finish({ ok: false, error, dockerfile: { name: 'D', content: Buffer.from(recipe) } }, 0);
  }

  test('repeats the last output of the failed step, not that of cancelled ones', () => {
    const output = Array.from({ length: progressLimits.tailLines + 1 }, (_, i) => log('a', 1000, `${i}\n`));
    const events = [
      vertex('a', { from: 0 }),
      ...output,
      vertex('a', { from: 0, to: 1, error: 'exit code: 1' }),
      vertex('b', { from: 0, to: 1, error: 'context canceled' }),
    ];
    const shown = end({}, ...events);
    expect(shown.slice(0, 3)).toEqual(['------', ' > [a] RUN x:', '1.000 1']);
    expect(shown.slice(-2)).toEqual([`1.000 ${progressLimits.tailLines}`, '------']);
  });

  test('shows the place in the Dockerfile', () => {
    expect(end({ line: 3, endLine: 5 })).toEqual([
      'D:3',
      '--------------------',
      '   1 |     FROM scratch',
      '   2 |',
      '   3 | >>> RUN one && \\',
      '   4 | >>>     two \\',
      '   5 | >>>   three',
      '   6 |     CMD x',
      '--------------------',
    ]);
  });

  test.each([
    ['a line', { line: 6 }, ['   4 |         two \\', '   5 |       three', '   6 | >>> CMD x']],
    [
      'an end before the beginning',
      { line: 1, endLine: 0 },
      ['   1 | >>> FROM scratch', '   2 |', '   3 |     RUN one && \\'],
    ],
    [
      'an end behind the file',
      { line: 6, endLine: 99 },
      ['   4 |         two \\', '   5 |       three', '   6 | >>> CMD x'],
    ],
  ])('takes %s', (_, data, lines) => {
    expect(end(data).slice(2, -1)).toEqual(lines);
  });

  test.each([{}, { line: 0 }, { line: 7 }, { line: -1 }, { line: 1.5e9 }])('has no excerpt for %j', (data) => {
    expect(end(data)).toEqual([]);
  });

  test('has no excerpt for a line of another file', () => {
    const plain = new PlainProgress({ colours: true });
    const error = new PresyncError('IGNORE_PATTERN', 'x', { data: { line: 1 } });
    expect(plain.finish({ ok: false, error, dockerfile: { name: 'D', content: Buffer.from('FROM x') } }, 0)).toEqual(
      [],
    );
  });

  test('escapes what the Dockerfile holds', () => {
    const plain = new PlainProgress({ colours: true });
    const error = new PresyncError('BUILD_FAILED', 'x', { data: { line: 1 } });
    const dockerfile = { name: 'D\x1b[2J', content: Buffer.from('FROM \x1b]0;x\x07') };
    const text = plain.finish({ ok: false, error, dockerfile }, 0).join('\n');
    expect(text).toContain('D\\u{1b}[2J:1');
    expect(text).toContain('FROM \\u{1b}]0;x\\u{7}');
  });
});

test('paints names, ends of steps and the failed lines, where that is wanted', () => {
  const paint = { ...noPaint, name: (text: string) => `<b>${text}`, failed: (text: string) => `<red>${text}` };
  const plain = new PlainProgress({ colours: true, paint });
  plain.push(vertex('a', { from: 0, to: 1, error: 'no' }), 0);
  expect(plain.drain(0)).toEqual(['#1 <b>[a] RUN x', '#1 <red>ERROR: no']);
  const error = new PresyncError('BUILD_FAILED', 'x', { data: { line: 2 } });
  const dockerfile = { name: 'D', content: Buffer.from('FROM x\nRUN y\n') };
  expect(plain.finish({ ok: false, error, dockerfile }, 0)).toEqual(
    expect.arrayContaining([' > <b>[a] RUN x:', '   1 |     FROM x', '   2 | <red>>>> RUN y']),
  );
});
