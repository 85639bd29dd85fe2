import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Editor } from '../workbench/support/editor.ts';
import type { ProbeFigures } from './editorProbeFigures.ts';

const repository = join(import.meta.dirname, '../..');
const giveUpMs = 600_000;

/** What the bench needs of the machine. */
export interface BenchSetup {
  readonly home: string;
  readonly installation: string;
  readonly host: string;
  readonly presync: string;
  readonly probe: string;
}

/** A VS Code with the probe, and with Presync unless it is the control. */
export class BenchEditor {
  readonly editor: Editor;
  readonly kind: 'presync' | 'control';
  readonly #figures: string;
  #read = 0;

  /** `waitMs`: how long `Bench: Wait` measures. */
  constructor(setup: BenchSetup, kind: 'presync' | 'control', waitMs = 0) {
    const { home, installation, host, presync, probe } = setup;
    this.kind = kind;
    this.#figures = join(home, `figures-${kind}-${Date.now()}`);
    writeFileSync(this.#figures, '');
    this.editor = new Editor({
      installation,
      host,
      vsix: kind === 'control' ? [probe] : [presync, probe],
      settings: { 'security.workspace.trust.enabled': false },
      env: { PRESYNC_BENCH_FIGURES: this.#figures, PRESYNC_BENCH_WAIT: String(waitMs) },
    });
  }

  /** The next figures that the probe tells. */
  async figures<K extends ProbeFigures['kind']>(kind: K): Promise<Extract<ProbeFigures, { kind: K }>> {
    for (const end = performance.now() + giveUpMs; performance.now() < end; await sleep(50)) {
      const lines = readFileSync(this.#figures, 'utf8').split('\n').slice(this.#read, -1);
      this.#read += lines.length;
      const told = lines.map((line) => JSON.parse(line) as ProbeFigures).find((figures) => figures.kind === kind);
      if (told !== undefined) return told as Extract<ProbeFigures, { kind: K }>;
    }
    throw new Error(`the probe told nothing of its ${kind} for ${giveUpMs} ms`);
  }
}

/** Packages the probe; returns its path. */
export async function packageProbe(home: string): Promise<string> {
  const folder = join(home, 'probe');
  const vsix = join(home, 'probe.vsix');
  mkdirSync(folder);
  await build({
    entryPoints: [join(repository, 'test/bench/editorProbe.ts')],
    outfile: join(folder, 'probe.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const command = (name: string, title: string) => ({ command: `presyncBench.${name}`, title, category: 'Bench' });
  const manifest = {
    name: 'probe',
    publisher: 'presync-bench',
    version: '0.0.0',
    engines: { vscode: '^1.99.0' },
    extensionKind: ['workspace'],
    main: './probe.js',
    // Before any other, so that it is the one who has Presync activated.
    activationEvents: ['*'],
    contributes: { commands: [command('scan', 'Scan'), command('wait', 'Wait')] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'README.md'), 'Measures.\n');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  const vsce = join(repository, 'node_modules/.bin/vsce');
  await promisify(execFile)(vsce, [...args, '--allow-star-activation'], { cwd: folder });
  return vsix;
}
