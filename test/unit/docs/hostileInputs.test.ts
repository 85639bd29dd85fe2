/** docs/hostile-inputs.md: every input of the list once, and every test that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** The list, apart from the table, so that no row can be lost. */
const ids = [
  ...numbered('N', 1, 16),
  ...numbered('A', 1, 16),
  ...numbered('B', 1, 9),
  'B12',
  ...numbered('C', 1, 11),
  'C13',
  ...numbered('D', 1, 13),
  'D17',
  ...numbered('E', 1, 19),
  'E25',
  ...numbered('F', 1, 8),
  ...numbered('G', 1, 11),
  ...numbered('H', 1, 15),
  'H18',
];

function numbered(letter: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `${letter}${from + i}`);
}

interface Row {
  readonly id: string;
  readonly cells: readonly string[];
}

const rows: Row[] = readFileSync(join(root, 'docs/hostile-inputs.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ /.test(line))
  .map((line) => line.slice(1, -1).split(/(?<!\\)\|/))
  .map(([id, ...cells]) => ({ id: id!.trim(), cells: cells.map((cell) => cell.trim().replaceAll('\\|', '|')) }));

/** The source of a test file, with escapes of quotes resolved. */
function sourceOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\\(['"`])/g, '$1');
}

describe('the table of hostile inputs', () => {
  test('has each input of the list exactly once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  test.each(rows.map((row) => [row.id, row] as const))(
    '%s says what comes of it, and names tests or a reason',
    (_, row) => {
      const [input, outcome, proof, ...more] = row.cells;
      expect(more).toEqual([]);
      expect(input).toMatch(/\w/);
      expect(outcome).toMatch(/\w/);
      for (const entry of proof!.split('<br>')) {
        const named = /^`(test\/[\w/.]+\.test\.ts)` “(.+)”$/.exec(entry);
        if (named === null) {
          expect(entry).toMatch(/^None: .{20,}\.$/);
          continue;
        }
        const [, file, title] = named;
        expect(existsSync(join(root, file!)), `${file} is there`).toBe(true);
        const source = sourceOf(file!);
        const isTitle = ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
        expect(isTitle, `${file} has a test "${title}"`).toBe(true);
      }
    },
  );
});
