/** What a release is built of, and under which terms. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBundles } from '../../support/otherVersions.ts';

/** Packages whose code is in the bundles. */
const chosen = [
  '@pinojs/redact',
  'ansi-escapes',
  'ansi-regex',
  'ansi-styles',
  'atomic-sleep',
  'chokidar',
  'cli-cursor',
  'commander',
  'dockerfile-ast',
  'environment',
  'get-east-asian-width',
  'is-fullwidth-code-point',
  'log-update',
  'long',
  'lru-cache',
  'mimic-function',
  'on-exit-leak-free',
  'onetime',
  'p-limit',
  'pino',
  'pino-std-serializers',
  'protobufjs',
  'quick-format-unescaped',
  'readdirp',
  'restore-cursor',
  'safe-stable-stringify',
  'signal-exit',
  'slice-ansi',
  'sonic-boom',
  'string-width',
  'strip-ansi',
  'thread-stream',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
  'wrap-ansi',
  'ws',
  'yocto-queue',
];

const folder = mkdtempSync(join(tmpdir(), 'presync-bundles-'));
const [release, faulty] = [join(folder, 'release'), join(folder, 'faulty')];

beforeAll(
  () => Promise.all([makeBundles(release, '--release'), makeBundles(faulty, '--release', '--crash-points')]),
  120_000,
);
afterAll(() => rmSync(folder, { recursive: true }));

/** The bundles that hold a text. */
function holding(bundles: string, text: string): string[] {
  return readdirSync(bundles).filter((name) => readFileSync(join(bundles, name), 'utf8').includes(text));
}

test('no release can be told to crash', () => {
  expect(holding(faulty, 'PRESYNC_CRASH_AT')).toEqual(['daemon.js']);
  expect(holding(release, 'PRESYNC_CRASH_AT')).toEqual([]);
});

describe('the packages of others in a release', () => {
  /** As the release lists them: name, version, licence and its text. */
  let listed: { name: string; version: string; licence: string; text: string }[];

  beforeAll(() => {
    const [, ...parts] = readFileSync(join(release, 'licences.txt'), 'utf8').split(/^-{80}$/m);
    listed = parts.map((part) => {
      const [, name, version, licence, text] = /^\s*(\S+) (\S+) \((.+)\)\s*([^]*)$/.exec(part)!;
      return { name: name!, version: version!, licence: licence!, text: text! };
    });
  });

  test('are these, and no others: each was chosen', () => {
    expect(listed.map(({ name }) => name).sort()).toEqual(chosen);
  });

  test('may be given on, and are with their licences', () => {
    for (const { name, licence, text } of listed) {
      expect(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'], name).toContain(licence);
      expect(text.length, name).toBeGreaterThan(300);
    }
  });

  test('are of the versions that are locked, and none is for development only', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8');
    const { packages } = JSON.parse(text) as { packages: Record<string, { version: string; dev?: boolean }> };
    for (const { name, version } of listed) {
      const places = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
      const same = places.filter(([, locked]) => locked.version === version && locked.dev !== true);
      expect(same.length, `${name} ${version}`).toBeGreaterThan(0);
    }
  });
});
