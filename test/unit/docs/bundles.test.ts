/** What a release is built of. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBundles } from '../../support/otherVersions.ts';

const folder = mkdtempSync(join(tmpdir(), 'presync-bundles-'));
const [release, faulty] = [join(folder, 'release'), join(folder, 'faulty')];

beforeAll(() => Promise.all([makeBundles(release, '--release'), makeBundles(faulty, '--release', '--crash-points')]));
afterAll(() => rmSync(folder, { recursive: true }));

/** The bundles that hold a text. */
function holding(bundles: string, text: string): string[] {
  return readdirSync(bundles).filter((name) => readFileSync(join(bundles, name), 'utf8').includes(text));
}

test('no release can be told to crash', () => {
  expect(holding(faulty, 'PRESYNC_CRASH_AT')).toEqual(['daemon.js']);
  expect(holding(release, 'PRESYNC_CRASH_AT')).toEqual([]);
});
