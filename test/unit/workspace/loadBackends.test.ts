import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBackends } from '../../../src/workspace/loadBackends.ts';
import { parcelVersion } from '../../../src/workspace/parcelBackend.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** The backends of a program that is installed beside this version of the native library. */
function backendsBeside(version: string | undefined, choice: string | undefined = '@parcel/watcher'): string[] {
  const folder = temporaryFolder();
  const script = join(folder, 'watcher.js');
  writeFileSync(script, '');
  const library = join(folder, 'node_modules/@parcel/watcher');
  mkdirSync(library, { recursive: true });
  if (version !== undefined) writeFileSync(join(library, 'package.json'), JSON.stringify({ version }));
  return loadBackends(script, choice).map(({ name }) => name);
}

test('the native library is taken where it is wanted and installed, in the version that is known', () => {
  expect(backendsBeside(parcelVersion)).toEqual(['@parcel/watcher', 'chokidar']);
  expect(backendsBeside('2.5.0')).toEqual(['chokidar']);
  expect(backendsBeside(undefined)).toEqual(['chokidar']);
});

test('it is left out where it is not wanted, and by a program that brings nothing native', () => {
  expect(backendsBeside(parcelVersion, 'chokidar')).toEqual(['chokidar']);
  expect(backendsBeside(parcelVersion, '')).toEqual(['chokidar']);
  expect(loadBackends(undefined, '@parcel/watcher').map(({ name }) => name)).toEqual(['chokidar']);
  expect(loadBackends('/nowhere/watcher.js', '@parcel/watcher').map(({ name }) => name)).toEqual(['chokidar']);
});

test('the version that is known is the one that is installed', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  expect(manifest.optionalDependencies['@parcel/watcher']).toBe(parcelVersion);
});
