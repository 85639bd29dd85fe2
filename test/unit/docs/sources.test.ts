/** What the sources must not contain, because no other test could prove its absence. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** The sources that are ours, by path. */
const sources = new Map(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
    .map((path) => [path, readFileSync(join(root, 'src', path), 'utf8')]),
);

function filesWith(pattern: RegExp): string[] {
  return [...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path);
}

test('no name reaches a shell: programs are started by spawn, with a list of arguments', () => {
  expect(sources.size).toBeGreaterThan(200);
  const starters = filesWith(/node:child_process/);
  expect(starters.length).toBeGreaterThan(0);
  for (const path of starters) {
    expect(sources.get(path), path).toMatch(
      /import (type )?\{[^}]*\b(spawn|ChildProcess)\b[^}]*\} from 'node:child_process'/,
    );
    expect(sources.get(path), path).not.toMatch(
      /\b(exec|execSync|execFile|execFileSync|spawnSync)\b.* from 'node:child_process'/,
    );
  }
  expect(filesWith(/\bshell:/)).toEqual([]);
});

test('no code is made at run time, and no schema is read from a peer', () => {
  expect(filesWith(/\beval\(|new Function\(|from 'node:vm'/)).toEqual([]);
  expect(filesWith(/from 'protobufjs(?!\/minimal)/)).toEqual([]);
  for (const generated of ['protocol/generated/presync.js', 'builder/generated/buildkit.js']) {
    const text = readFileSync(join(root, 'src', generated), 'utf8');
    expect(text).toMatch(/protobufjs\/minimal/);
    expect(text).not.toMatch(/protobufjs(?!\/minimal)|new Function|eval\(/);
  }
});
