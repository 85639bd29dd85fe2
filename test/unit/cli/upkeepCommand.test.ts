import { describe, expect, test } from 'vitest';
import { describeUpkeep } from '../../../src/cli/upkeepCommand.ts';

const context = { path: '/app', files: 1, bytes: 1500, usedAt: '2026-11-01T12:00:00.000Z' };
const collected = {
  ok: true,
  objects: 3,
  bytes: 2000,
  freed: 1500,
  contexts: [context],
  builder: { freed: 1200, left: 1 },
};

describe('gc', () => {
  test('tells what was freed and forgotten, and what the builder keeps', () => {
    expect(describeUpkeep('gc', collected, false)).toBe(
      [
        'Freed 1.50kB; the store has 2.00kB.',
        'Forgot 1 context:',
        '  /app: 1 file, 1.50kB, last used 2026-11-01',
        'The builder freed 1.20kB.',
        'The builder was not reached: it keeps 1 copy.',
      ].join('\n'),
    );
  });

  test('is one line when there was nothing to do', () => {
    const nothing = { ...collected, freed: 0, contexts: [], builder: { freed: 0, left: 0 } };
    expect(describeUpkeep('gc', nothing, false)).toBe('Freed 0B; the store has 2.00kB.');
  });

  test('with --dry-run only says what would go', () => {
    const planned = { ok: true, dryRun: true, bytes: 2000, contexts: [context, { ...context, path: '/b', files: 2 }] };
    expect(describeUpkeep('gc', planned, false)).toBe(
      [
        'Nothing is freed yet; the store has 2.00kB.',
        'Would forget 2 contexts:',
        '  /app: 1 file, 1.50kB, last used 2026-11-01',
        '  /b: 2 files, 1.50kB, last used 2026-11-01',
      ].join('\n'),
    );
    expect(describeUpkeep('gc', { ...planned, contexts: [] }, false)).toMatch(/\nWould forget no context\.$/);
  });
});

describe('verify', () => {
  test('says that all is well', () => {
    const report = { ok: true, objects: 1, corrupt: [], contexts: [] };
    expect(describeUpkeep('verify', report, false)).toBe('1 object checked: none is damaged.');
  });

  test('names the contexts that lack something', () => {
    const report = { ok: false, objects: 12, corrupt: ['sha256:ab'], contexts: ['/app'] };
    expect(describeUpkeep('verify', report, false)).toBe(
      [
        '12 objects checked: 1 damaged.',
        'What these contexts lack is sent again, at once where one is watched:',
        '  /app',
      ].join('\n'),
    );
  });
});

test('for scripts it is the report, on one line', () => {
  const json = describeUpkeep('gc', collected, true);
  expect(json).not.toContain('\n');
  expect(JSON.parse(json)).toEqual(collected);
});
