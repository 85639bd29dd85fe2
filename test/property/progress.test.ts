import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../src/base/errors.ts';
import { PlainProgress } from '../../src/client/progress/plainProgress.ts';
import type { ProgressEvent } from '../../src/client/progress/progressEvent.ts';
import { FancyRenderer } from '../../src/cli/progress/fancyRenderer.ts';
import { rawJsonLine } from '../../src/cli/progress/rawJsonRenderer.ts';
import { log, vertex } from '../support/buildEvents.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { FakeTerminal } from '../support/fakeTerminal.ts';

const full = process.env['PRESYNC_FULL'] === '1';
const parameters = { seed: Number(process.env['PRESYNC_SEED']), numRuns: full ? 10_000 : 500 };

/** What a hostile build could send to a terminal, mixed with ordinary text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('\x1b', '\x1b[', '\x1b[2J', '\x1b[31m', '\x1b]0;x\x07', '\x1bP', '\x1b\\', '\x9b', '\u009b5n'),
      fc.constantFrom('\r', '\n', '\t', '\x07', '\x7f', '\u202e', '\u200b', '\u2028', '日', '👩‍👧', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

const ids = fc.constantFrom('a', 'b', 'c');
const times = fc.option(fc.nat(100_000), { nil: undefined });
const counts = fc.nat(10_000_000);

const events: fc.Arbitrary<ProgressEvent> = fc.oneof(
  fc.record({
    type: fc.constant('vertex' as const),
    digest: ids,
    name: hostile,
    cached: fc.boolean(),
    started: times,
    completed: times,
    error: fc.oneof(fc.constant(''), hostile),
  }),
  fc.record({
    type: fc.constant('status' as const),
    vertex: ids,
    id: hostile,
    current: counts,
    total: counts,
    started: times,
    completed: times,
  }),
  fc.record({
    type: fc.constant('log' as const),
    vertex: ids,
    stream: fc.constantFrom(1, 2),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      hostile.map((text) => new TextEncoder().encode(text)),
    ),
    timestamp: fc.nat(100_000),
  }),
  fc.record({
    type: fc.constant('warning' as const),
    vertex: ids,
    message: hostile,
    detail: hostile,
    url: hostile,
    line: fc.nat(9),
  }),
  fc.record({
    type: fc.constant('sync' as const),
    phase: fc.constantFrom('scan' as const, 'push' as const, 'prime' as const, 'verify' as const),
    state: fc.constantFrom('started' as const, 'running' as const, 'done' as const),
    message: hostile,
    timestamp: fc.nat(100_000),
  }),
);

const failures = fc.record({ name: hostile, content: hostile, line: fc.integer({ min: -1, max: 5 }) }).map((file) => ({
  ok: false as const,
  error: new PresyncError('BUILD_FAILED', 'x', { data: { line: file.line } }),
  dockerfile: { name: file.name, content: new TextEncoder().encode(file.content) },
}));

/** Everything but printable characters and the tab. */
const controls = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
const colours = /\x1b\[[0-9;:]*m/g;

describe('a hostile build', () => {
  test('reaches a terminal with colours at most, in plain lines', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 20 }), failures, fc.boolean(), (all, outcome, keepColours) => {
        const plain = new PlainProgress({ colours: keepColours });
        const lines: string[] = [];
        for (const [now, event] of all.entries()) {
          plain.push(event, now * 1000);
          lines.push(...plain.drain(now * 1000));
        }
        for (const line of [...lines, ...plain.finish(outcome, 1e6)]) {
          expect(keepColours ? line.replace(colours, '') : line).not.toMatch(controls);
        }
      }),
      parameters,
    );
  });

  test('keeps within the terminal, and moves nothing but what is redrawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(events, { maxLength: 20 }),
        failures,
        fc.integer({ min: 2, max: 100 }),
        fc.integer({ min: 2, max: 30 }),
        async (all, outcome, columns, rows) => {
          // It refuses every sequence but those that redrawing needs.
          const terminal = new FakeTerminal(columns, rows);
          const clock = new FakeClock();
          const renderer = new FancyRenderer(terminal, clock, { colours: true });
          for (const event of all) {
            renderer.update(event);
            await clock.advance(100);
            expect(terminal.text.split('\n').length).toBeLessThanOrEqual(rows);
          }
          await renderer.finish(outcome);
        },
      ),
      { ...parameters, numRuns: Math.ceil(parameters.numRuns / 5) },
    );
  });

  test('writes ASCII without controls in raw JSON', () => {
    fc.assert(
      fc.property(events, (event) => {
        const line = rawJsonLine(event);
        expect(line).not.toMatch(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/);
        expect(() => JSON.parse(line) as unknown).not.toThrow();
      }),
      parameters,
    );
  });
});

describe('output of a step', () => {
  /** The plain lines of these pieces, one event each, with a look at the lines after each piece or only at the end. */
  function plainLines(pieces: readonly Uint8Array[], eager: boolean): string[] {
    const plain = new PlainProgress({ colours: true });
    plain.push(vertex('a', { from: 0 }), 0);
    const lines: string[] = [];
    for (const piece of pieces) {
      plain.push(log('a', 0, piece), 0);
      if (eager) lines.push(...plain.drain(0));
    }
    plain.push(vertex('a', { from: 0, to: 1 }), 0);
    return [...lines, ...plain.drain(0), ...plain.finish({ ok: true }, 0)];
  }

  test('is the same lines however it was split', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('\n', '\r', 'x', '日', '\x1b[1m'), maxLength: 30 }).map((t) => Buffer.from(t)),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(80), { maxLength: 10 }), fc.boolean(), (output, at, eager) => {
        const cuts = [0, ...at.filter((cut) => cut < output.length).sort((a, b) => a - b), output.length];
        const pieces = cuts.slice(1).map((cut, index) => output.slice(cuts[index], cut));
        expect(plainLines(pieces, eager)).toEqual(plainLines([output], false));
      }),
      parameters,
    );
  });
});
