import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const repository = join(import.meta.dirname, '../..');

/** A folder of bundles that are made with these flags of esbuild.js, before the tests of the calling `describe`. */
export function useBundles(...flags: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'presync-bundles-'));
  beforeAll(() => makeBundles(folder, ...flags));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

export async function makeBundles(folder: string, ...flags: readonly string[]): Promise<void> {
  const args = [join(repository, 'esbuild.js'), '--outdir', folder, ...flags];
  await promisify(execFile)(process.execPath, args, { cwd: repository });
}
