import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const repository = join(import.meta.dirname, '../..');

/** A folder of bundles that speak another version of the protocol, made before the tests of the calling `describe`. */
export function useBundles(protocol: number): string {
  const folder = join(tmpdir(), `presync-protocol-${protocol}-${randomBytes(4).toString('hex')}`);
  const args = [join(repository, 'esbuild.js'), '--protocol', String(protocol), '--outdir', folder];
  beforeAll(() => promisify(execFile)(process.execPath, args, { cwd: repository }));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}
