/** What Presync is made of: few packages, of exact versions, that run nothing when they are installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  /** Native, and never bundled. */
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
}

const manifest = read<Manifest>('package.json');
const locked = Object.entries(
  read<{ readonly packages: Readonly<Record<string, Package>> }>('package-lock.json').packages,
).filter(([path]) => path !== '');

/** The first version without a hole that is known. */
const least: Readonly<Record<string, string>> = {
  // Fragments without content are counted: before, any number of them was kept.
  ws: '8.23.0',
  // CVE-2026-44291: code in a descriptor.
  protobufjs: '8.0.2',
};

const numbers = (version: string) => version.split('.').map(Number);

function isAtLeast(version: string, other: string): boolean {
  const [a, b] = [numbers(version), numbers(other)];
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 || a[at]! > b[at]!;
}

test('every dependency has an exact version, and those with known holes are past them', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  for (const [name, version] of Object.entries(all)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  for (const [name, version] of Object.entries(least)) expect(isAtLeast(all[name]!, version), name).toBe(true);
});

test('what is installed is known by its digest', () => {
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
});

test('nothing runs when Presync is installed, neither of ours nor of what is bundled', () => {
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
  const bundled = locked.filter(([, { dev, optional }]) => dev !== true && optional !== true);
  expect(bundled.length).toBeGreaterThan(5);
  expect(bundled.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
});
