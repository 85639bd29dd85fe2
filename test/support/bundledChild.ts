import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** Bundles a program of test/support, with crash points, before the tests of the calling file. Returns where it will be. */
export function bundleBeforeAll(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'presync-bundle-'));
  const outfile = join(folder, `${program}.cjs`);
  beforeAll(() =>
    build({
      entryPoints: [join(import.meta.dirname, `${program}.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      define: { PRESYNC_CRASH_POINTS: 'true' },
      logLevel: 'error',
    }).then(() => {}),
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return outfile;
}

/** A running child: its output line by line, and how it ended. */
export interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
  /** Resolves with the first line that is printed, or undefined when there is none. */
  readonly firstLine: Promise<string | undefined>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs a bundled program; it does not outlive the calling test. */
export function startChild(bundle: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, [bundle, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  const firstLine = new Promise<string | undefined>((resolve) => {
    reader.once('line', resolve);
    reader.once('close', () => resolve(undefined));
  });
  reader.on('line', (line) => lines.push(line));
  const closed = new Promise<void>((resolve) => reader.once('close', resolve));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => void closed.then(() => resolve({ code, signal })));
  });
  return { process: child, lines, firstLine, ended };
}
