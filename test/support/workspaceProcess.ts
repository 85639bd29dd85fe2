import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const exports = `
  export { ContextScanner } from './src/workspace/scanner.ts';
  export { ContextWatcher } from './src/workspace/contextWatcher.ts';
  export { loadBackends } from './src/workspace/loadBackends.ts';
  export { ProofWorker } from './src/workspace/proofWorker.ts';
  export { CutterThreads } from './src/workspace/cutterThreads.ts';
  export { treeBytes } from './src/workspace/treeBytes.ts';
  export { readIgnoreFile } from './src/workspace/contextFiles.ts';
  export { includeAll } from './src/workspace/contextFilter.ts';`;

/** How a process is started: a command that runs the rest of its arguments. */
export const launchers = {
  plain: [],
  /** Nobody's rights. Root may read everything, so nothing about permissions shows as root. */
  unprivileged: process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [],
} as const;

/**
 * Runs `code` in a process of its own, with what src/workspace has as `workspace` and `args` at hand, and returns what
 * it returned. Rejects when it fails, or does not end within 30 s: a handle that is left over keeps a process alive.
 */
export async function runWorkspace(launcher: readonly string[], code: string, ...args: string[]): Promise<unknown> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'presync-process-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const resolveDir = fileURLToPath(new URL('../..', import.meta.url));
  await build({
    stdin: { contents: exports, resolveDir, loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: join(folder, 'workspace.js'),
  });
  const main = join(folder, 'main.js');
  writeFileSync(
    main,
    `const workspace = require('./workspace.js'), fs = require('node:fs'), args = process.argv.slice(2);
     const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
     (async () => { ${code} })().then((result) => console.log(JSON.stringify(result ?? null)));`,
  );
  const [command, ...rest] = [...launcher, process.execPath, main, ...args];
  const { stdout } = await promisify(execFile)(command!, rest, { timeout: 30_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
