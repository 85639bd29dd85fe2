import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromText, toDisplay } from '../../src/base/bytes.ts';
import { IgnoreRules } from '../../src/context/ignore/ignoreRules.ts';
import type { Path } from '../../src/context/path.ts';
import { isWithin } from '../../src/context/path.ts';
import { ignoreLine } from '../../src/extension/editor/ignoreLines.ts';

const seed = Number(process.env['PRESYNC_SEED']);
const numRuns = process.env['PRESYNC_FULL'] === '1' ? 50_000 : 2000;

const letter = fc.constantFrom(...'ab*?[]\\^|{}!#$.+()- \u00a0\u3000é\u{1f600}~,');
const name = fc.string({ unit: letter, minLength: 1, maxLength: 6 }).filter((text) => text !== '.' && text !== '..');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => fromText(names.join('/')) as Path);

test('the rule for a path excludes it, what is below it, and nothing else', () => {
  fc.assert(
    fc.property(path, path, (excluded, other) => {
      const line = ignoreLine(toDisplay(excluded));
      if (line === undefined) return;
      const rules = IgnoreRules.parse(Buffer.from(`${line}\n`));
      expect(rules.excludes(excluded)).toBe(true);
      expect(rules.excludes(`${excluded}/x` as Path)).toBe(true);
      expect(rules.excludes(other)).toBe(isWithin(other, excluded));
    }),
    { seed, numRuns },
  );
});
