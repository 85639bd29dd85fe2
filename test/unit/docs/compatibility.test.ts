/** docs/compatibility.md says what is true. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { HelpShown, parseArguments } from '../../../src/cli/arguments.ts';

const root = join(import.meta.dirname, '../../..');

interface Row {
  readonly flag: string;
  readonly here: string;
  readonly test: string;
}

const document = readFileSync(join(root, 'docs/compatibility.md'), 'utf8');
const rows: readonly Row[] = document.split('\n').flatMap((line) => {
  const [, flag, here = '', named = ''] = /^\| `(--[a-z-]+)` +\| (.*?) +\| (.*?) *\|$/.exec(line) ?? [];
  return flag === undefined ? [] : [{ flag, here, test: named }];
});

/** The flags of `docker buildx build --help`, of buildx 0.13 and of 0.29. */
const buildxFlags = `add-host allow annotation attest build-arg build-context builder cache-from cache-to call
  cgroup-parent check debug file iidfile label load metadata-file network no-cache no-cache-filter output platform
  progress provenance pull push quiet sbom secret shm-size ssh tag target ulimit`
  .split(/\s+/)
  .map((name) => `--${name}`);

function buildHelp(): string {
  let text = '';
  expect(() =>
    parseArguments(['build', '--help'], { version: '', out: (part) => (text += part), err: () => {} }),
  ).toThrow(HelpShown);
  return text;
}

const options = [...buildHelp().matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => name!);
const isNo = ({ here }: Row) => here.startsWith('no:');

describe('the table of flags', () => {
  it('has every flag of docker buildx build once, and no other', () => {
    expect(rows.map(({ flag }) => flag)).toEqual(buildxFlags);
  });

  it('calls at most five of them missing, each with a reason', () => {
    expect(rows.filter(isNo).length).toBeLessThanOrEqual(5);
    for (const { here } of rows) expect(here).toMatch(/^(yes\b|engine-dependent: |no: \w)/);
  });

  test.each(rows.filter((row) => !isNo(row)))('$flag is an option of presync build, and names its test', (row) => {
    expect(options).toContain(row.flag);
    expect(row.test).toMatch(/^\w+: `.+`$/);
  });

  test.each(rows.filter(isNo))('$flag is none', ({ flag }) => {
    expect(options).not.toContain(flag);
  });
});

test.each([...document.matchAll(/\| (\w+): `([^`]+)` +\|$/gm)].map(([, file, title]) => [title!, file!] as const))(
  'the test "%s" exists, in %s',
  (title, file) => {
    const text = readFileSync(join(root, `test/integration/${file}.test.ts`), 'utf8');
    expect(text).toMatch(new RegExp(`\\b(it|test)(\\.\\w+\\(.*\\))?\\(\\s*'${literal(title)}'`));
  },
);

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
